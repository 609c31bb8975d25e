"""Readings of press events against the gold."""

from pathlib import Path

from nlp.evaluation.press_events import in_words, label_in_words, matched, told
from nlp.evaluation.score import Miss, Score, chosen_score


def score(gold: Path, replay: Path) -> Score:
    """The share of right readings among the events whose draft matched. Raises UsageError as `press_events.score`."""
    right = n = 0
    misses: list[Miss] = []
    for release, events in told(gold, replay):
        for event, label in matched(events, release.label["events"]):
            n += 1
            if list(event.readings) == label["readings"]:
                right += 1
            else:
                misses.append(Miss(where=release.url, wanted=label_in_words(label), found=in_words(event)))
    return chosen_score(right=right, n=n, misses=misses)
