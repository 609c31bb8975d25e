"""`baikoo read`."""

import sys
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.home import opened, print_json, print_rows
from db.engine import reader
from nlp.known import gazetteer, listed_deputies
from nlp.mentions.marked_doc import as_html, marked_doc
from nlp.reader import ReadText, read_text
from nlp.record_text import RecordText
from vocab.dates import BISHKEK
from vocab.errors import UsageError
from vocab.topics import TOPICS


class ReadFormat(StrEnum):
    """For people, for programs, or a page with the mentions marked."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def read(
    file: Annotated[
        Path | None, typer.Argument(help="a text file; its first line is the title. Default: typed text")
    ] = None,
    day: Annotated[
        datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help="published on; default: today")
    ] = None,
    form: Annotated[
        ReadFormat, typer.Option("--format", help="table, json, or html with the mentions marked")
    ] = ReadFormat.TABLE,
) -> None:
    """Try the text layer on any text: its language, whom and what it names, press events, topics. Nothing is stored.

    Examples: `baikoo read release.txt --day 2023-04-27` · `echo "Принят закон о связи" | baikoo read`
    """
    text = _text(file)
    title, _, body = text.partition("\n")
    published = day.date() if day else datetime.now(UTC).astimezone(BISHKEK).date()
    with opened() as engine, reader(engine) as conn:
        names = gazetteer(listed_deputies(conn))
    read = read_text(_record(title.strip(), body.strip(), published), names)
    if form is ReadFormat.HTML:
        typer.echo(as_html(marked_doc(f"{title.strip()}\n{body.strip()}", read.mentions)))
    elif form is ReadFormat.JSON:
        print_json(read.as_json())
    else:
        _show(read)


def _text(file: Path | None) -> str:
    if file is None:
        text = sys.stdin.read()
    else:
        try:
            text = file.read_text("utf-8")
        except OSError as error:
            raise UsageError(f"{file} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise UsageError(
                f"{file} is not text in UTF-8; `baikoo annotate` reads the files that bills offer"
            ) from error
    if not text.strip():
        raise UsageError("no text: name a file, or send a text to standard input")
    return text.strip()


def _record(title: str, body: str, day: date) -> RecordText:
    return RecordText(record_type="press_record", key="", version=1, title=title, body=body, day=day, content_hash="")


def _show(read: ReadText) -> None:
    note = read.annotation
    typer.echo(f"Language: {note['language']} ({note['language_score']:.2f}). Normal forms: {note['normal_title']}")
    mentions: list[dict[str, Any]] = [
        {"kind": one.kind.value, "score": f"{one.score:.2f}", "found": f"{one.normal} ← {one.written}"}
        for one in read.mentions
    ]
    print_rows(mentions, ("kind", "score", "found"), title="Mentions", empty="Nobody and nothing is named.")
    events = [
        {
            "action": one.action.value,
            "body": one.body,
            "readings": list(one.readings),
            "day": one.day,
            "draft": one.draft,
        }
        for one in read.events
    ]
    columns = ("action", "body", "readings", "day", "draft")
    print_rows(events, columns, title="Press events", empty="No press event: nothing is told of a draft.")
    topics = [
        {"topic": f"{one.topic} {TOPICS[one.topic].en}", "score": f"{one.score:.2f}", "words": ", ".join(one.words)}
        for one in read.topics
    ]
    print_rows(topics, ("topic", "score", "words"), title="Topics", empty="No topic can be told.")
