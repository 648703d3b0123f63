"""A filter in the Linux kernel after which no thread of this process can open an internet socket.

It needs no privilege and cannot be taken off again: threads and child processes have it, too. What
it looks at is the call `socket()`: local ones (D-Bus, the display, sound) and those to the kernel
itself are let through, all other families fail with "permission denied". Three ways around are
closed: io_uring, which opens sockets without that call; taking a socket out of another process; and
the calls of other machine types (32 bit, x32), which have other numbers.

Numbers: linux/seccomp.h, linux/filter.h, linux/audit.h and the kernel's tables of system calls.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from dataclasses import dataclass

_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_TSYNC = 1
_REFUSE = 0x0005_0000 | errno.EACCES
_ALLOW = 0x7FFF_0000

# Where `struct seccomp_data` holds what a filter may look at; the first argument's low half.
_CALL, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16

_LOAD_WORD = 0x20
_JUMP_IF_EQUAL = 0x15
_JUMP_IF_AT_LEAST = 0x35
_RETURN = 0x06

_X32_CALLS = 0x4000_0000
_IO_URING_SETUP = 425
_PIDFD_GETFD = 438
_AF_UNIX = 1
_AF_NETLINK = 16


@dataclass(frozen=True, slots=True)
class _Machine:
    """What differs from processor to processor.

    Attributes:
        audit: Its name in `seccomp_data`.
        socket: Number of the call `socket`.
        seccomp: Number of the call `seccomp`.
    """

    audit: int
    socket: int
    seccomp: int


_MACHINES = {
    "x86_64": _Machine(audit=0xC000_003E, socket=41, seccomp=317),
    "aarch64": _Machine(audit=0xC000_00B7, socket=198, seccomp=277),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def refuse_internet_sockets() -> None:
    """Install the filter in every thread of this process, for good.

    Raises:
        OSError: This processor is not known here, or the kernel refuses.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        raise OSError(errno.ENOSYS, f"no filter for the processor {platform.machine()}")
    libc = ctypes.CDLL(None, use_errno=True)
    # Without a privilege the kernel takes a filter only from those who give up gaining any.
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise _kernels_error()
    code = _filter(machine)
    program = _Program(len(code) // 8, code)
    done: int = libc.syscall(
        machine.seccomp,
        _SECCOMP_SET_MODE_FILTER,
        _SECCOMP_FILTER_FLAG_TSYNC,
        ctypes.byref(program),
    )
    if done > 0:
        raise OSError(errno.EBUSY, f"thread {done} has a filter of its own")
    if done < 0:
        raise _kernels_error()


def _filter(machine: _Machine) -> bytes:
    """The program, one line an instruction: operation, value, lines to skip if so, if not."""
    lines = (
        (_LOAD_WORD, _MACHINE, 0, 0),
        (_JUMP_IF_EQUAL, machine.audit, 0, 9),
        (_LOAD_WORD, _CALL, 0, 0),
        (_JUMP_IF_AT_LEAST, _X32_CALLS, 7, 0),
        (_JUMP_IF_EQUAL, _IO_URING_SETUP, 6, 0),
        (_JUMP_IF_EQUAL, _PIDFD_GETFD, 5, 0),
        (_JUMP_IF_EQUAL, machine.socket, 0, 3),
        (_LOAD_WORD, _FIRST_ARGUMENT, 0, 0),
        (_JUMP_IF_EQUAL, _AF_UNIX, 1, 0),
        (_JUMP_IF_EQUAL, _AF_NETLINK, 0, 1),
        (_RETURN, _ALLOW, 0, 0),
        (_RETURN, _REFUSE, 0, 0),
    )
    return b"".join(
        struct.pack("=HBBI", operation, if_so, if_not, value)
        for operation, value, if_so, if_not in lines
    )


def _kernels_error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
