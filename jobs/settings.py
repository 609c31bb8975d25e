"""Where the queue is."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSettings:
    """`file` is the queue's own SQLite file; `url` another place in its stead, "" where there is none."""

    file: Path
    url: str = ""


def load_queue_settings(home: Path, environ: Mapping[str, str] | None = None) -> QueueSettings:
    """BAIKOO_QUEUE_URL, redis://… or postgresql+psycopg://…; without it a file in the home."""
    values = os.environ if environ is None else environ
    return QueueSettings(file=home / "jobs.sqlite", url=values.get("BAIKOO_QUEUE_URL", "").strip())
