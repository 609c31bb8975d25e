"""The process that works: one thread that looks at the clock, and workers that take jobs from the queue."""

import signal
from types import FrameType

from huey.consumer import Consumer, Scheduler

from jobs.workshop import LOG, Workshop

_LOOKS = 1  # seconds between two looks at the clock
_SLOWEST_LOOK = 0.5  # seconds between two looks into an empty queue


def consume(workshop: Workshop, workers: int) -> None:
    """Work until the process is asked to end; what runs then gets `workshop.patience` seconds, or is handed back.

    huey's clock is monotonic: setting the system's clock neither stops nor hurries the looks.
    """

    class Clock(Scheduler):  # type: ignore[misc]
        """Asks the workshop what is due in place of huey's own periodic tasks."""

        periodic_task_seconds = _LOOKS

        def enqueue_periodic_tasks(self, _now: object) -> None:
            """Look at the clock."""
            workshop.tick()

    class Workers(Consumer):  # type: ignore[misc]
        """Ends in the same way however it is asked to."""

        scheduler_class = Clock

        def _handle_signal(self, signum: int, frame: FrameType | None) -> None:
            workshop.stopping.set()
            super()._handle_signal(signum, frame)

    consumer = Workers(
        workshop.queue.huey,
        workers=workers,
        scheduler_interval=_LOOKS,
        max_delay=_SLOWEST_LOOK,
        graceful_signal="TERM",
    )
    consumer._signal_actions = dict.fromkeys((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), (False, True))
    LOG.info("%s workers, %s jobs", workers, len(workshop.schedule))
    consumer.run()
    LOG.info("ended")
