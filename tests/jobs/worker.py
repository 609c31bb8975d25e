"""A consumer for tests: `worker.py HOME` keeps the schedule.yml of the home, its commands those of `stub.py`."""

import logging
import sys
from pathlib import Path

from db.settings import home_settings
from jobs.consumer import consume
from jobs.queue import open_queue
from jobs.schedule import load_schedule
from jobs.settings import load_queue_settings
from jobs.workshop import Workshop

STUB = Path(__file__).parent / "stub.py"


def main() -> None:
    """Work until asked to end."""
    logging.basicConfig(level=logging.INFO)
    home = Path(sys.argv[1])
    consume(
        Workshop(
            settings=home_settings(home),
            schedule=load_schedule(home),
            queue=open_queue(load_queue_settings(home)),
            program=(sys.executable, str(STUB)),
            patience=0.3,
            grace=0.5,
        ),
        2,
    )


main()
