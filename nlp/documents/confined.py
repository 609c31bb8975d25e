"""What a program that reads hostile files is started by: it becomes that program, without network and with limits.

Run as a file of its own by the bare Python, so that nothing of Baikoo, no key and no open file reaches the program.
"""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_MEGABYTE = 1024 * 1024
_CANNOT_RUN = 126  # what a shell ends with
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_SET_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES = 1, 38


def command(program: Sequence[str], *, megabytes: int, file_megabytes: int, seconds: int) -> list[str]:
    """The command that runs `program` (a path and arguments) with so much address space, such files, such CPU time."""
    limits = (str(megabytes), str(file_megabytes), str(seconds))
    return [sys.executable, "-I", "-S", str(Path(__file__).resolve()), *limits, *program]


def main(arguments: Sequence[str]) -> int:
    """Become the program; the exit code is given only where it cannot be run."""
    megabytes, file_megabytes, seconds = map(int, arguments[:3])
    program = arguments[3:]
    _leave_network()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_FSIZE, file_megabytes * _MEGABYTE)
    _limit(resource.RLIMIT_AS, megabytes * _MEGABYTE)
    for one in (signal.SIGXFSZ, signal.SIGPIPE):  # Python ignores them, and so would the program
        signal.signal(one, signal.SIG_DFL)
    try:
        os.execv(program[0], list(program))  # noqa: S606 - a program found on PATH
    except OSError as error:
        sys.stderr.write(f"cannot be run: {error.strerror}")
    return _CANNOT_RUN


def _limit(kind: int, value: int) -> None:
    _, most = resource.getrlimit(kind)
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(kind, (value, value))


def _leave_network() -> None:
    """A network without any way out, where the system lets us (Linux, mostly); end with who started us."""
    system = ctypes.CDLL(None)
    with suppress(AttributeError):
        system.prctl(_SET_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)
        system.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        user, group = os.getuid(), os.getgid()
        if system.unshare(_NEW_NET) == 0 or system.unshare(_NEW_USER | _NEW_NET) != 0:
            return
        with suppress(OSError):  # the same user inside; without it files are still ours
            Path("/proc/self/setgroups").write_text("deny", "ascii")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1", "ascii")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1", "ascii")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
