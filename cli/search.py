"""`baikoo search`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from cli.home import Format, FormatOption, opened, print_json
from db.engine import reader
from db.search import Hit, SearchPage, SearchQuery
from db.search import search as find
from db.search_documents import DocumentKind
from db.search_marks import Piece
from nlp.search.query import read_query
from vocab.errors import UsageError
from vocab.topics import TOPICS
from vocab.verdicts import Verdict

MOST = 1000

_DAY = ["%Y-%m-%d"]
_NOTHING = """Nothing found for «{words}». What may help: fewer words; the beginning of a name; another spelling;
{filtered}`baikoo index`, if something was crawled since."""


def search(  # noqa: PLR0913 - every filter is an option
    words: Annotated[list[str], typer.Argument(help="words in any form, Russian or Kyrgyz, a name, a bill's number")],
    kind: Annotated[list[DocumentKind] | None, typer.Option("--kind", help="only this kind; may be repeated")] = None,
    since: Annotated[datetime | None, typer.Option("--since", formats=_DAY, help="of this day or later")] = None,
    until: Annotated[datetime | None, typer.Option("--until", formats=_DAY, help="of this day or earlier")] = None,
    body: Annotated[str | None, typer.Option("--body", help="plenary, or the id of a committee")] = None,
    topic: Annotated[int | None, typer.Option("--topic", help="the number of a major topic")] = None,
    person: Annotated[str | None, typer.Option("--person", help="the id of a person")] = None,
    verdict: Annotated[Verdict | None, typer.Option("--verdict", help="findings with this verdict")] = None,
    limit: Annotated[int, typer.Option("--limit", help="how many at most", min=1, max=MOST)] = 20,
    form: FormatOption = Format.TABLE,
) -> None:
    """Find bills, agenda items, press releases, protocols, confirmed findings and acts by words in any form.

    Examples: `baikoo search пенсия` · `baikoo search "бюджеттин аткарылышы" --kind bill --since 2023-01-01`
    """
    typed = " ".join(words)
    if topic is not None and topic not in TOPICS:
        raise UsageError(f"no topic {topic}; there are {', '.join(map(str, TOPICS))}")
    if since and until and since > until:
        raise UsageError(f"--since {since:%Y-%m-%d} is later than --until {until:%Y-%m-%d}")
    if not typed.strip():
        raise UsageError("no words to search for")
    query = SearchQuery(
        words=read_query(typed),
        kinds=kind or (),
        body=body,
        topic=topic,
        person=person,
        verdict=verdict,
        since=since.date() if since else None,
        until=until.date() if until else None,
        limit=limit,
    )
    with opened() as engine, reader(engine) as conn:
        page = find(conn, query)
    if form is Format.JSON:
        print_json(_as_json(page))
    else:
        _show(page, typed, filtered=query != SearchQuery(words=query.words, limit=limit))


def _as_json(page: SearchPage) -> dict[str, Any]:
    return {
        "total": page.total,
        "newest_first": page.newest_first,
        "words": [{"word": one.written, "documents": one.documents, "common": one.common} for one in page.words],
        "hits": [_hit(one) for one in page.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    plain = {name: getattr(hit, name) for name in ("kind", "key", "title", "day", "language", "verdict", "url")}
    marked = [piece.text for piece in (*hit.marked_title, *hit.snippet) if piece.marked]
    snippet = "".join(piece.text for piece in hit.snippet)
    return plain | {"score": round(hit.score, 4), "snippet": snippet, "marked": marked}


def _show(page: SearchPage, typed: str, *, filtered: bool) -> None:
    console = Console(highlight=False)
    if not page.total:
        help_ = _NOTHING.format(words=typed, filtered="no filter; " if filtered else "")
        console.print(help_, markup=False)
        for word in page.words:
            console.print(f"  {word.written}: in {word.documents} documents as a whole word", markup=False)
        return
    order = "newest first: words that stand everywhere put nothing in front" if page.newest_first else "best first"
    console.print(f"{page.total} found, {order}", markup=False)
    for hit in page.hits:
        day = f"  {hit.day}" if hit.day else ""
        console.print(Text(f"\n{hit.kind.value}{day}  {hit.url}", style="dim"))
        console.print(_text(hit.marked_title))
        if hit.snippet:
            console.print(_text(hit.snippet))


def _text(pieces: Sequence[Piece]) -> Text:
    """Marked words in bold; on one line whatever the text was broken into."""
    shown = Text()
    for piece in pieces:
        shown.append(" ".join(piece.text.split("\n")), style="bold yellow" if piece.marked else "")
    return shown
