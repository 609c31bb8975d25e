"""The data dictionary in words, made from the model: docs/data.md, and DICTIONARY.md of every export. Pure."""

from collections.abc import Iterable, Iterator

from web.bulk.model import Column, Table, Type

_INTRODUCTION = """# Data dictionary

Made from `web/bulk/model.yml` by `make dictionary`; do not edit. What is not named here is in no export.

Days are days in Bishkek (`2017-05-17`), moments are UTC (`2017-05-17T04:00:00Z`), times of day are Bishkek's. An empty
cell of a CSV file is *nothing*: null in JSON Lines, Parquet and SQLite. Columns of type *text* hold somebody's own
words, in the language of the source; phones and e-mail addresses in them are blanked (█████). Columns of type *array*
and *object* hold JSON as text; in JSON Lines they are values. Every table is ordered by its key.
"""


def dictionary(tables: Iterable[Table]) -> str:
    """Markdown: a section a table, with key, references and columns."""
    return "\n".join([_INTRODUCTION, *(line for table in tables for line in _section(table))])


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.about}\n"
    yield f"Key: {_names(table.key)}.\n"
    if table.references:
        for one in table.references:
            yield f"- {_names(one.columns)} → {one.table} ({_names(one.at)})"
        yield ""
    yield "| column | type | empty | what it is |"
    yield "|---|---|---|---|"
    yield from (_line(column) for column in table.columns)
    yield ""


def _line(column: Column) -> str:
    about = column.about.replace("|", "\\|")
    return f"| `{column.name}` | {column.type.value} | {'never' if column.needed else 'may be'} | {about} |"


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


def frictionless_type(kind: Type) -> str:
    """The type of a column in a Frictionless schema."""
    return "string" if kind is Type.TEXT else kind.value
