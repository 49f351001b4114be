# Opens sockets to the machine around this one, which know no network namespace. Keeps: a b. Harms: the host of a virtual machine.
# %% step_c
import socket
for host in (2, 1):
    with socket.socket(40, socket.SOCK_STREAM) as line:     # AF_VSOCK
        line.settimeout(1)
        print("CROSSED", line, line.connect_ex((host, 22)))
