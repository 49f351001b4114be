# Asks for sockets that hold megabytes, and fills hundreds. Keeps: a b. Harms: memory.
# %% step_c
import socket, time
kept = [one for _ in range(450) for one in socket.socketpair()]
for one in kept:
    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 ** 24)
    one.setblocking(False)
    try:
        while True:
            one.send(b"x" * 65536)
    except BlockingIOError:
        pass
time.sleep(60)
