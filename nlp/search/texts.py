"""The texts that documents of the search take in, read when a document is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from db.batches import rows_in
from db.documents import DocumentText
from db.records import RECORD_TABLES
from db.upsert import table_of
from nlp.search.source import Source, TextPart
from vocab.payload import merged_fields
from vocab.text import title_key

LONGEST = 150_000
"""Letters of a document that are kept; the end of a longer one is not searched."""

_FILES = "document_text"


def texts_of(conn: Connection, sources: Iterable[Source]) -> dict[str, str]:
    """The text of each source by its key: its own lines, then what its parts say, a line each."""
    sources = list(sources)
    said = _said(conn, {part for source in sources for part in source.parts})
    return {source.key: _text(source, said) for source in sources}


def _text(source: Source, said: Mapping[TextPart, list[str]]) -> str:
    """Records before files; no line twice, and none that only repeats the title."""
    parts = sorted(source.parts, key=lambda part: (part.table == _FILES, part))
    lines = [*source.lines, *(line for part in parts for line in said.get(part, ()))]
    by_key = {title_key(line): line for line in reversed(lines) if line.strip()}
    by_key.pop(title_key(source.title), None)
    return "\n".join(reversed(by_key.values()))[:LONGEST]


def _said(conn: Connection, parts: Iterable[TextPart]) -> dict[TextPart, list[str]]:
    by_table: dict[str, dict[str, TextPart]] = defaultdict(dict)
    for part in parts:
        by_table[part.table][part.key] = part
    said: dict[TextPart, list[str]] = {}
    for name, wanted in by_table.items():
        if name == _FILES:
            said |= _files(conn, wanted)
            continue
        table = table_of(RECORD_TABLES[name]).c
        for key, payload in rows_in(conn, select(table.key, table.payload), table.key, wanted):
            said[wanted[key]] = _SAID[name](merged_fields(payload))
    return said


def _files(conn: Connection, wanted: Mapping[str, TextPart]) -> dict[TextPart, list[str]]:
    table = table_of(DocumentText).c
    found = {}
    for url, sha256, text in rows_in(conn, select(table.url, table.sha256, table.text), table.url, wanted):
        if wanted[url].version.startswith(f"{sha256}:"):
            found[wanted[url]] = text[:LONGEST].splitlines()
    return found


def _of_press(fields: Mapping[str, Any]) -> list[str]:
    return str(fields.get("body") or fields.get("summary") or "").splitlines()


def _of_protocol(fields: Mapping[str, Any]) -> list[str]:
    lines = []
    for absence in fields.get("absences") or ():
        names = [absence.get("name"), absence.get("transfer_to")]
        lines.append(" → ".join(str(name) for name in names if name))
    return lines


def _of_bill(fields: Mapping[str, Any]) -> list[str]:
    """Another wording of the title, in the other language too, and who brought the bill in."""
    item = fields.get("item") or fields
    return [str(item.get("title") or ""), ", ".join(str(one) for one in item.get("initiators") or ())]


_SAID = {
    "press_record": _of_press,
    "sitting_record": _of_protocol,
    "registry_entry": _of_bill,
    "agenda_entry": _of_bill,
}
