"""What a kernel sends, and for how long it runs: a run ends in time and in words, whoever grades."""

import threading
import time

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from tiers import some
from walled import run

from grading.submission.execute import ExecuteSubmission
from grading.submission.outcome import flags_of
from grading.wall.metered import EVIDENCE, Meter, MeteredSession, OutputsTooLarge, bounded, fits
from helpers.kit.wire import MIME

FLOODS = ["for i in range(10 ** 9): print('x' * 1000)", "import sys\nwhile True: sys.stderr.write('x' * 10000)",
          "from IPython.display import display\nwhile True: display({'text/plain': 'x'}, raw=True)",
          "print('x' * 3_000_000)", "print('x' * 600_000_000)"]


@pytest.mark.parametrize("flood", some(FLOODS, 3, "one meter counts what comes in one message and in many"))
def test_too_much_output_stops_the_run(tmp_path, flood):
    said, stopped = run("print('first')", flood, "print('never')", folder=tmp_path, outputs=2 * 2 ** 20)
    assert stopped == "its outputs were larger than 2 MiB"
    assert said[0] == "first\n" and stopped in said[1] and said[2] == ""


def test_a_cell_that_runs_too_long_is_interrupted_and_the_next_one_runs(tmp_path):
    said, stopped = run("import time; time.sleep(60)", "print('on')", folder=tmp_path, timeout=2)
    assert "interrupted after 2 s: a cell may run 2 s" in said[0] and said[1] == "on\n" and not stopped


def test_what_was_interrupted_is_noted_for_the_instructor(tmp_path):
    cells = [new_code_cell(code, metadata={"nbgrader": {"grade_id": name}})
             for name, code in (("step_b", "x = 1"), ("step_f", "import time; time.sleep(60)"))]
    made, _ = ExecuteSubmission(timeout=4).preprocess(new_notebook(cells=cells), {"metadata": {"path": str(tmp_path)}})
    assert flags_of(made) == [
        ("A cell was interrupted", "step_f: This cell was interrupted after 4 s: a cell may run 4 s.")]


def test_an_empty_cell_on_top_is_passed_over(tmp_path):
    said, stopped = run("", "  \n", "print('on')", folder=tmp_path)
    assert said == ["", "", "on\n"] and not stopped


@pytest.mark.parametrize("timeout", some([-1, None], 1, "two words for no limit, which are one to us"))
def test_a_cell_without_a_limit_of_its_own_has_that_of_the_notebook(tmp_path, timeout):
    said, _ = run("import time; time.sleep(1.5); print('slept')", "time.sleep(60)", folder=tmp_path, timeout=timeout,
                  notebook_timeout=12)
    assert said[0] == "slept\n" and "a notebook may run 12 s" in said[1]


def test_a_cell_that_takes_no_interrupt_costs_one_limit(tmp_path):
    stubborn = "import time\nwhile True:\n    try: time.sleep(60)\n    except KeyboardInterrupt: pass"
    began = time.monotonic()
    said, stopped = run(stubborn, *[stubborn] * 20, folder=tmp_path, timeout=2)
    assert "took no interrupt" in stopped and said[1:] == [""] * 20
    assert time.monotonic() - began < 30


def test_a_notebook_that_runs_too_long_ends(tmp_path):
    said, stopped = run(*["import time; time.sleep(1.5); print('slept')"] * 9, folder=tmp_path, notebook_timeout=4)
    assert "ran longer than 4 s" in stopped and said[0] == "slept\n" and said[-1] == ""


@pytest.mark.parametrize("message", [
    "from IPython.display import display\nd = {}\nfor _ in range(700): d = {'x': d}\n"
    "display({'a/b+json': d}, raw=True)",
    "k = get_ipython().kernel; k.session.send(k.iopub_socket, 'stream', {'name': 5}, parent=k.get_parent())",
    "k = get_ipython().kernel; k.session.send(k.iopub_socket, 'status', {'no': 5}, parent=k.get_parent())",
    "k = get_ipython().kernel; k.iopub_socket.send_multipart([b'a', b'<IDS|MSG>', b'no', b'{}', b'', b'[', b''])",
    "k = get_ipython().kernel; k.iopub_socket.send_multipart([b''])",
    *(f"k = get_ipython().kernel; k.session.send(k.iopub_socket, 'execute_input', {{'execution_count': {count}}}, "
      "parent=k.get_parent())" for count in ("'<b>'", "True", "-1", "1.5")),
    "k = get_ipython().kernel; k.session.send(k.iopub_socket, 'error', {'ename': 'a', 'evalue': 'b', "
    "'traceback': [5]}, parent=k.get_parent())",
    "from IPython.display import display\ndisplay({'text/html': {'a': [5]}}, raw=True)",
    "from IPython.display import display\ndisplay({'a/b+json': {'a': 5}}, raw=True)",
    "k = get_ipython().kernel; k.session.send(k.iopub_socket, 'display_data', {'data': 5, 'metadata': []}, "
    "parent=k.get_parent())"])
def test_messages_that_cannot_be_read_stop_at_most_their_own_run(tmp_path, message):
    said, stopped = run("print('first')", message, "print('on')", folder=tmp_path)
    assert said[0] == "first\n"
    assert stopped in ("", "its kernel sent something that cannot be read", "its outputs were larger than 20 MiB")


def test_an_output_counts_in_each_place_that_shows_it():
    meter = Meter(10_000, lambda: None)
    for new in (True, *[False] * 20):
        meter.count_places("progress", 1000, new)       # its own bytes are counted elsewhere
    for _ in range(20):
        meter.count_places("picture", 100, True)
    assert meter.left == 10_000
    meter.count_places("picture", 500, False)
    assert meter.left == 2500
    with pytest.raises(OutputsTooLarge):
        meter.count_places("picture", 1000, False)


def test_of_an_output_what_pages_show_and_evidence_stay():
    def received(data, metadata):
        session = MeteredSession(meter=Meter(10 ** 8, lambda: None), key=b"")
        sent = session.msg("display_data", {"data": data, "metadata": metadata, "transient": {}})
        return session.deserialize(session.feed_identities(session.serialize(sent))[1])["content"]

    size = {"image/png": {"width": 5, "alt": "x", "deep": [[1]]}, "needs_background": "light"}
    shown = {"text/plain": "x", MIME: {"seen": [1]}}
    found = received({**shown, "application/json": [1], "application/x+json": "[1]"}, size)
    assert found["data"] == shown
    assert found["metadata"] == {"image/png": {"width": 5, "alt": "x"}}
    assert received({MIME: [[0] * 9] * (EVIDENCE // 10)}, {})["data"].keys() == {MIME}
    assert received({MIME: [[0] * 10] * (EVIDENCE // 10)}, {})["data"] == {}


@pytest.mark.parametrize("kind", ["\x1b[2J", "two words", "", None, 5])
def test_a_type_of_message_that_is_no_word_is_refused(kind):
    assert fits("clear_output", {}) and not fits(kind, {})


def test_a_process_that_grows_by_too_much_is_noticed():
    noticed = threading.Event()
    with bounded(100 * 2 ** 20, noticed.set):
        assert not noticed.wait(0.5)
        kept = bytearray(b"x" * (200 * 2 ** 20))
        assert noticed.wait(5) and kept
