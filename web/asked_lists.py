"""On which day somebody asked for the feed of a followed list last: a write a day, after the answer was sent."""

from datetime import date, datetime

from sqlalchemy import Engine
from starlette.background import BackgroundTask

from publish.lapsing import note_asked
from publish.saved_searches import MOST_SEARCHES
from vocab.dates import BISHKEK


class AskedLists:
    """The lists of which today is remembered already. Threads may share it; two may write the same at once."""

    def __init__(self) -> None:
        self._known: dict[str, date] = {}

    def note(self, engine: Engine, key: str) -> BackgroundTask | None:
        """What is left to do once the feed was sent; None where today is remembered already."""
        today = datetime.now(BISHKEK).date()
        return None if self._known.get(key) == today else BackgroundTask(self._write, engine, key, today)

    def _write(self, engine: Engine, key: str, today: date) -> None:
        """Where a write would have to wait, the next one who asks tries again."""
        if note_asked(engine, key, today):
            if len(self._known) > MOST_SEARCHES:
                self._known.clear()
            self._known[key] = today
