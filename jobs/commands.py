"""Commands of `baikoo` as processes of their own: one that dies takes nothing else with it."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO

from db.settings import HomeSettings

PROGRAM = (sys.executable, "-m", "cli")
_PATIENCE = 10.0  # seconds that a command has to end itself


def environment(settings: HomeSettings) -> Mapping[str, str]:
    """This process's environment with the home of `settings`."""
    return os.environ | {"BAIKOO_HOME": str(settings.home.absolute()), "BAIKOO_DATABASE_URL": settings.database_url}


def run(command: Sequence[str], settings: HomeSettings) -> int:
    """Run a command in the foreground; gives its exit code, 0 where a person ended it by Ctrl-C."""
    try:
        return subprocess.run(  # noqa: S603 - our own command
            [*PROGRAM, *command], env=environment(settings), check=False
        ).returncode
    except KeyboardInterrupt:
        return 0


def start(
    command: Sequence[str],
    settings: HomeSettings,
    *,
    output: IO[bytes] | None,
    lock: int,
    program: Sequence[str] = PROGRAM,
) -> subprocess.Popen[bytes]:
    """Start a command behind the scenes, its output in a file (None: ours). It holds `lock` for as long as it lives."""
    return subprocess.Popen(  # noqa: S603 - our own command
        [*program, *command],
        env=environment(settings),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        pass_fds=(lock,),
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a command and what it started to end; after some seconds make it."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
            return
