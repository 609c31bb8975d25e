"""Press events against the gold: right when draft, action, body, readings and day all match."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from nlp.evaluation.gold import GoldRelease, beside, releases
from nlp.evaluation.people import known_persons
from nlp.evaluation.score import Miss, Score, found_score
from nlp.evaluation.titles import same_title
from nlp.mentions.finding import find_mentions
from nlp.persons.gazetteer import Gazetteer
from nlp.press.event import PressEvent
from nlp.press.finding import find_events

Pair = tuple[PressEvent, Mapping[str, Any]]
PARTS = ("kind", "committee", "presenter", "initiator")


def score(gold: Path, replay: Path) -> Score:
    """Precision, recall and F1 of the events; `parts` are accuracies among the events whose draft matched.

    Raises UsageError for folders that lack a file.
    """
    right = found = wanted = 0
    misses: list[Miss] = []
    parts: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for release, events in told(gold, replay):
        labels: list[Mapping[str, Any]] = release.label["events"]
        pairs = matched(events, labels)
        found += len(events)
        wanted += len(labels)
        right += sum(is_right(*pair) for pair in pairs)
        misses += _misses(release, events, pairs)
        for event, label in pairs:
            for part in PARTS:
                if part in label or _part(event, part):
                    counts[part] += 1
                    parts[part] += _same_part(_part(event, part), label.get(part))
    shares = {part: parts[part] / counts[part] if counts[part] else 1.0 for part in PARTS}
    return found_score(right=right, found=found, wanted=wanted, misses=misses, parts=shares)


def told(gold: Path, replay: Path) -> Iterator[tuple[GoldRelease, tuple[PressEvent, ...]]]:
    """Each labelled release with the events that are read in it, as `annotate` reads them: with its mentions.

    The lists of deputies beside the gold, where there are any, are the known persons.
    """
    gazetteer = Gazetteer(known_persons(beside(gold, replay, ".")))
    for release in releases(gold, replay):
        mentions = find_mentions(f"{release.title}\n{release.body}", gazetteer, release.published)
        yield release, find_events(release.title, release.body, release.published, mentions)


def matched(events: Sequence[PressEvent], labels: Sequence[Mapping[str, Any]]) -> list[Pair]:
    """Each label with the event of the same draft, each event once; of several the one that is right comes first."""
    left = list(events)
    pairs: list[Pair] = []
    for label in labels:
        same = [event for event in left if same_title(event.draft, str(label["draft"]))]
        if same:
            chosen = max(same, key=lambda event: is_right(event, label))
            left.remove(chosen)
            pairs.append((chosen, label))
    return pairs


def is_right(event: PressEvent, label: Mapping[str, Any]) -> bool:
    """True where action, body, readings and day are those of the label; the draft is not looked at."""
    told = (event.action, event.body, list(event.readings), event.day.isoformat())
    return told == (label["action"], label["body"], label["readings"], label["date"])


def in_words(event: PressEvent) -> str:
    """An event in one line, as misses show it."""
    return f"{event.draft} | {event.body} {event.action} {list(event.readings)} {event.day}"


def label_in_words(label: Mapping[str, Any]) -> str:
    """A label in one line, as misses show it."""
    return f"{label['draft']} | {label['body']} {label['action']} {label['readings']} {label['date']}"


def _misses(release: GoldRelease, events: Sequence[PressEvent], pairs: Sequence[Pair]) -> list[Miss]:
    misses = [
        Miss(where=release.url, wanted=label_in_words(label), found=in_words(event))
        for event, label in pairs
        if not is_right(event, label)
    ]
    met = [id(label) for _, label in pairs]
    used = [id(event) for event, _ in pairs]
    labels = release.label["events"]
    misses += [Miss(where=release.url, wanted=label_in_words(one), found=None) for one in labels if id(one) not in met]
    misses += [Miss(where=release.url, wanted=None, found=in_words(one)) for one in events if id(one) not in used]
    return misses


def _part(event: PressEvent, part: str) -> str | None:
    return None if (value := getattr(event, part)) is None else str(value)


def _same_part(found: str | None, wanted: str | None) -> bool:
    return found == wanted or (found is not None and wanted is not None and same_title(found, wanted))
