"""Titles and press releases annotated per second, whole and part by part: one core, warm after 2,000 texts.

Over the real titles and releases beside the checkout (or in BAIKOO_TESTDATA), with the real lists of deputies. Seconds
are of the processor, best of five rounds. Prints figures, judges nothing. Targets: 2,000 titles/s, 150 releases/s,
500 MB.
"""

import html
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from nlp.acts.finding import find_acts
from nlp.evaluation.gold import lines_of, releases
from nlp.evaluation.people import known_persons
from nlp.mentions.bodies import find_bodies
from nlp.mentions.finding import find_mentions
from nlp.persons.finding import find_persons
from nlp.persons.gazetteer import Gazetteer
from nlp.press.finding import find_events
from nlp.reader import read_text
from nlp.record_text import RecordText
from nlp.topics.classifying import classify
from nlp.words.language import detect
from nlp.words.lemmas import normal_forms

ROUNDS = 5
WARMING = 2_000
DAY = date(2023, 4, 27)
ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BAIKOO_TESTDATA") or ROOT.parent / "shared" / "data")

Text = tuple[str, str]


def titles() -> list[Text]:
    """The titles of the Duma's votes and the items of the Jogorku Kenesh's vote lists."""
    lines = (DATA / "ru-duma-votes-2012" / "votings.jsonl").read_text("utf-8").splitlines()
    duma = [html.unescape(json.loads(line)["title"]) for line in lines]
    return [(title, "") for title in (*duma, *(row["text"] for row in lines_of(DATA / "gold" / "agenda_items.jsonl")))]


def press() -> list[Text]:
    """The labelled press releases."""
    found = releases(DATA / "gold", DATA / "kenesh-reconstructed")
    return [(one.title, one.body) for one in found]


def rate(work: Callable[[str, str], object], texts: list[Text]) -> float:
    """Texts a second of the processor, best round."""
    for title, body in (texts * (WARMING // len(texts) + 1))[:WARMING]:
        work(title, body)
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for title, body in texts:
            work(title, body)
        best = min(best, time.process_time() - began)
    return len(texts) / best


def whole(record_type: str, names: Gazetteer) -> Callable[[str, str], object]:
    """The whole reading of a text, as `baikoo annotate` does it."""

    def work(title: str, body: str) -> object:
        text = RecordText(record_type=record_type, key="", version=1, title=title, body=body, day=DAY, content_hash="")
        return read_text(text, names)

    return work


def main() -> None:
    """Print a line a piece of work."""
    if not DATA.is_dir():
        sys.exit(f"no real data at {DATA}; set BAIKOO_TESTDATA")
    names = Gazetteer(known_persons(DATA / "kenesh"))
    parts: tuple[tuple[str, Callable[[str, str], object]], ...] = (
        ("  language", lambda title, body: detect(f"{title}\n{body}")),
        ("  normal forms", lambda title, body: normal_forms(f"{title}\n{body}")),
        ("  mentions", lambda title, body: find_mentions(f"{title}\n{body}", names, DAY)),
        ("    persons", lambda title, body: find_persons(f"{title}\n{body}", names, DAY)),
        ("    bodies", lambda title, body: find_bodies(f"{title}\n{body}", DAY)),
        ("  acts", lambda title, body: find_acts(f"{title}\n{body}")),
        ("  topics", classify),
        ("  press events", lambda title, body: find_events(title, body, DAY)),
    )
    for what, record_type, texts in (("titles", "agenda_entry", titles()), ("releases", "press_record", press())):
        print(f"{'annotated':<20} {rate(whole(record_type, names), texts):9.0f} {what}/s")
        for name, work in parts:
            print(f"{name:<20} {rate(work, texts):9.0f} {what}/s")
    print(f"{'memory':<20} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9.0f} MB")


if __name__ == "__main__":
    main()
