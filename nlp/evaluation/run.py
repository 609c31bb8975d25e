"""The tasks that are scored, by the names that they have in the answer."""

from collections.abc import Callable, Mapping
from pathlib import Path

from nlp.evaluation import acts, agenda_items, language, people, press_events, readings, topics
from nlp.evaluation.score import Score

TASKS: Mapping[str, Callable[[Path, Path], Score]] = {
    "press_events": press_events.score,
    "readings": readings.score,
    "people": people.score,
    "acts": acts.score,
    "agenda_items": agenda_items.score,
    "topics": topics.score,
    "language": language.score,
}


def evaluate_task(name: str, gold: Path, replay: Path) -> Score:
    """The score of one task on a gold folder and its recorded pages. Raises UsageError for a folder without them."""
    return TASKS[name](gold, replay)
