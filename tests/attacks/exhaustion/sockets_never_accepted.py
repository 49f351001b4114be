# Connects to itself without end, fills each connection and closes it: what waits to be accepted nobody has open. Keeps: a b. Says: 1000 sockets. Harms: memory.
# %% step_c
import socket, time
servers = []
for number in range(60):
    servers.append(socket.socket(socket.AF_UNIX))
    servers[-1].bind(f"\0{number}")
    servers[-1].listen(4096)
    while True:
        client = socket.socket(socket.AF_UNIX)
        client.setblocking(False)
        try:
            client.connect(f"\0{number}")
        except BlockingIOError:
            break
        try:
            while True:
                client.send(b"x" * 65536)
        except BlockingIOError:
            client.close()
time.sleep(60)
