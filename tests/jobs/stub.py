"""A command for tests: `stub.py NAME SECONDS [CODE]` writes into BAIKOO_HOME/log when it begins and ends."""

import os
import sys
import time
from pathlib import Path


def main() -> int:
    """Begin, wait, end."""
    name, seconds, *code = sys.argv[1:]
    log = Path(os.environ["BAIKOO_HOME"]) / "log"
    _say(log, f"begin {name} {os.getpid()}")
    print(f"{name} says something", flush=True)  # noqa: T201 - what a job says is kept
    time.sleep(float(seconds))
    _say(log, f"end {name} {os.getpid()}")
    return int(code[0]) if code else 0


def _say(log: Path, line: str) -> None:
    with log.open("a") as stream:
        stream.write(f"{line}\n")


sys.exit(main())
