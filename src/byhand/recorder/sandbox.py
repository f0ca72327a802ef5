"""What the recorder's process gives up before it starts, so that a promise is a fact of the kernel.

    no network     a seccomp filter refuses every socket but AF_UNIX (ADR 0007): X11, D-Bus and the control socket are
    all
                   local. Ours, a library's or injected code: none of it can open a connection.
    no core dump   keys and raw events live in this memory
    no tracing     another program of the same person can't attach a debugger to read them
    no other eyes  files it makes are for the person alone

Source: seccomp(2), Linux's include/uapi/linux/{seccomp,filter,audit}.h.
"""

from __future__ import annotations

import ctypes
import os
import platform
import socket
import struct
import sys
from dataclasses import dataclass

_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_DENY_EACCES = 0x00050000 | 13

# machine -> (AUDIT_ARCH, number of socket(2), number of io_uring_setup(2), which could open sockets behind the filter's
# back)
_CALLS = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}


@dataclass(frozen=True, slots=True)
class Hardened:
    """What could be given up here. False is shown by `byhand doctor` and in the status."""

    no_network: bool
    no_dumps: bool


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def harden() -> Hardened:
    """Give up what the recorder must never need. Call before any thread starts."""
    os.umask(0o077)
    return Hardened(no_network=_deny_network(), no_dumps=_deny_dumps())


def _deny_dumps() -> bool:
    if sys.platform == "win32":
        return False
    import resource  # noqa: PLC0415  does not exist on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return True
    return ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0


def _deny_network() -> bool:
    known = _CALLS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    arch, socket_call, ring_call = known
    code = b"".join(
        (
            _load(4),  # seccomp_data.arch
            _unless(arch, 7),  # a 32-bit call has other numbers: refused whole
            _load(0),  # seccomp_data.nr
            _when_at_least(0x40000000, 5),  # x32 calls: refused whole
            _when(ring_call, 4),
            _unless(socket_call, 2),
            _load(16),  # seccomp_data.args[0]: the address family
            _unless(socket.AF_UNIX, 1),
            _answer(_ALLOW),
            _answer(_DENY_EACCES),
        )
    )
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0


# Classic BPF, one instruction each: u16 code, u8 jump if true, u8 jump if false, u32 constant.


def _load(offset: int) -> bytes:
    return struct.pack("=HBBI", 0x20, 0, 0, offset)


def _when(value: int, skip: int) -> bytes:
    return struct.pack("=HBBI", 0x15, skip, 0, value)


def _unless(value: int, skip: int) -> bytes:
    return struct.pack("=HBBI", 0x15, 0, skip, value)


def _when_at_least(value: int, skip: int) -> bytes:
    return struct.pack("=HBBI", 0x35, skip, 0, value)


def _answer(value: int) -> bytes:
    return struct.pack("=HBBI", 0x06, 0, 0, value)
