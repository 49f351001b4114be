# Fills hundreds of sockets in a thread with files of its own, whose contents are no process's memory. Keeps: a b. Says: 1000 sockets, pipes and terminals. Harms: memory.
# %% step_c
import ctypes, socket, threading, time
def fill():
    ctypes.CDLL(None).unshare(0x400)
    kept = [socket.socketpair() for _ in range(300)]
    for one, _ in kept:
        one.setblocking(False)
        try:
            while True:
                one.send(b"x" * 65536)
        except BlockingIOError:
            pass
    time.sleep(60)
threads = [threading.Thread(target=fill) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
