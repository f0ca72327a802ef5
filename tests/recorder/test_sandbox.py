"""The recorder's process can't reach a network: not by our code, not by a library's, not by what it starts."""

from __future__ import annotations

import subprocess
import sys

TRY = """
import resource, socket, subprocess, sys
from byhand.recorder.sandbox import harden
assert harden().no_network
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET):
    try:
        socket.socket(family, socket.SOCK_RAW if family == socket.AF_PACKET else socket.SOCK_STREAM)
    except PermissionError:
        print("refused")
socket.socket(socket.AF_UNIX).close()
child = "import socket\\ntry:\\n socket.socket()\\nexcept PermissionError:\\n print('refused')"
print(subprocess.run([sys.executable, "-c", child], capture_output=True, text=True).stdout.strip())
print(resource.getrlimit(resource.RLIMIT_CORE)[0], open("/proc/self/status").read().split("Seccomp:")[1].split()[0])
"""


def test_every_socket_but_a_local_one_is_refused_by_the_kernel() -> None:
    """IPv4, IPv6, netlink and packet sockets are refused, in the process and in its children; core dumps are off."""
    done = subprocess.run([sys.executable, "-c", TRY], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 5 + ["0", "2"]
