"""Search on real titles: a phrase of a title finds its document by every other inflected form of its words."""

import json
import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]
from sqlalchemy import Engine

from db.engine import open_engine, reader
from db.migrate import upgrade
from db.search import SearchQuery, search
from db.search_documents import DocumentKind, NewDocument, Word
from db.search_store import store_documents
from nlp.search.query import read_query
from nlp.words.lemmas import tokens

PHRASES = 200
WANTED = 0.95
WORD = re.compile("[А-Яа-яёЁ]{4,}")


@cache
def analyzer() -> MorphAnalyzer:
    return MorphAnalyzer(lang="ru")


@pytest.fixture(scope="module")
def titles(shared_data: Path) -> list[str]:
    """Titles of vote lists of the parliament and of votes of the Russian State Duma, each once."""
    votes = (shared_data / "ru-duma-votes-2012" / "votings.jsonl").read_text("utf-8").splitlines()
    found = {str(json.loads(line)["title"]) for line in votes}
    lines = (shared_data / "gold" / "agenda_items.jsonl").read_text("utf-8").splitlines()
    return sorted(found | {str(json.loads(line)["title"]) for line in lines})


@pytest.fixture(scope="module")
def filled(titles: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('search') / 'baikoo.sqlite'}")
    upgrade(engine)
    with engine.begin() as conn:
        store_documents(conn, [document(title) for title in titles])
    yield engine
    engine.dispose()


def document(title: str) -> NewDocument:
    words = [Word(one.start, one.end, one.normal) for one in tokens(title)]
    return NewDocument(
        kind=DocumentKind.BILL, key=title, title=title, url="/", content_hash="", code_version="", title_words=words
    )


def phrases(titles: list[str]) -> Iterator[tuple[str, str]]:
    """Adjacent adjective and noun, or two nouns of which the second stands in the genitive, with their title."""
    for title in titles:
        found = list(WORD.finditer(title))
        for first, second in pairwise(found):
            if title[first.end() : second.start()] == " " and is_phrase(first.group(), second.group()):
                yield f"{first.group()} {second.group()}", title


def is_phrase(first: str, second: str) -> bool:
    one, other = (analyzer().parse(word.lower())[0] for word in (first, second))
    if not (analyzer().word_is_known(first.lower()) and analyzer().word_is_known(second.lower())):
        return False
    if other.tag.POS != "NOUN" or "Name" in other.tag or "Surn" in other.tag:
        return False
    return bool(one.tag.POS == "ADJF" or (one.tag.POS == "NOUN" and other.tag.case == "gent"))


def other_forms(word: str) -> list[str]:
    """Every other case and number of the word, as the same part of speech."""
    parse = analyzer().parse(word.lower())[0]
    same = (form for form in parse.lexeme if form.tag.POS == parse.tag.POS and "Supr" not in form.tag)
    return sorted({form.word for form in same} - {word.lower()})


def test_every_inflected_form_finds_the_document(filled: Engine, titles: list[str]) -> None:
    by_phrase = dict(phrases(titles))
    chosen = random.Random(3).sample(sorted(by_phrase), PHRASES)
    asked: list[bool] = []
    strictly: list[bool] = []
    missed = []
    with reader(filled) as conn:
        for phrase in chosen:
            title = by_phrase[phrase]
            first, second = phrase.split()
            queries = [f"{form} {second}" for form in other_forms(first)]
            queries += [f"{first} {form}" for form in other_forms(second)]
            for query in queries:
                page = search(conn, SearchQuery(words=read_query(query), limit=len(titles)))
                hit = any(one.key == title for one in page.hits)
                asked.append(hit)
                strictly += [] if any(word.common for word in page.words) else [hit]
                missed += [] if hit else [f"{query} ({phrase})"]
    assert len(asked) > PHRASES * 10
    assert sum(asked) / len(asked) >= WANTED, missed[:20]
    assert sum(strictly) / len(strictly) >= WANTED, missed[:20]
    assert len(strictly) > PHRASES * 5
