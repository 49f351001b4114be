# Leaves a process of its own session that outlives its kernel and writes again and again. Keeps: a b.
# %% first
import subprocess, sys

code = "import time\nwhile True:\n    time.sleep(0.1); open('/tmp/still-here', 'a').write('x')"
subprocess.Popen([sys.executable, "-c", f"import os\nif os.fork() == 0:\n    os.setsid()\n    exec({code!r})"])
