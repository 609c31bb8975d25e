"""Titles per second that get their normal forms: one core, cold for the first 2,000, then warm; best of five rounds.

Over the real titles of two parliaments beside the checkout (or in BAIKOO_TESTDATA): those of the votes of the Russian
State Duma and the agenda items of the Jogorku Kenesh. Prints figures, judges nothing.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from nlp.words.language import detect, sentences
from nlp.words.lemmas import normal_forms, query_forms, tokens
from nlp.words.pipeline import pipeline

ROUNDS = 5
WARMING = 2_000
ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BAIKOO_TESTDATA") or ROOT.parent / "shared" / "data")
SOURCES = (
    ("ru-duma-votes-2012/votings.jsonl", "title"),
    ("gold/agenda_items.jsonl", "text"),
    ("kenesh/press-excerpts.jsonl", "title"),
)


def titles() -> list[str]:
    """The titles in the order of their files, repeated until there are enough to warm up and to measure."""
    found = [json.loads(line)[key] for name, key in SOURCES for line in (DATA / name).read_text("utf-8").splitlines()]
    return found * (2 * WARMING // len(found) + 1)


def rate(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Texts a second."""
    began = time.perf_counter()
    for text in texts:
        work(text)
    return len(texts) / (time.perf_counter() - began)


def main() -> None:
    """Print a line a piece of work."""
    if not DATA.is_dir():
        sys.exit(f"no real data at {DATA}; set BAIKOO_TESTDATA")
    texts = titles()
    print(f"{'normal forms, cold':<28} {rate(normal_forms, texts[:WARMING]):9.0f} titles/s")
    spacy_words = pipeline("ru")
    work: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("normal forms", normal_forms),
        ("tokens with places", tokens),
        ("language", detect),
        ("sentences", sentences),
        ("spaCy document with lemmas", spacy_words),
        ("forms of a query of one title", query_forms),
    )
    for name, function in work:
        rate(function, texts[:WARMING])
        best = max(rate(function, texts[WARMING:]) for _ in range(ROUNDS))
        print(f"{name:<28} {best:9.0f} titles/s")
    print(f"{'memory':<28} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9.0f} MB")


if __name__ == "__main__":
    main()
