"""`baikoo show bill|sitting|person`."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select
from sqlmodel import col

from cli.home import Format, FormatOption, opened, print_json, print_rows
from db.engine import reader
from db.links import Link
from db.people import Membership, Person
from db.upsert import table_of
from tracker.identify.merging import current_ids
from tracker.timelines import bill_timelines, sitting_timelines
from vocab.errors import UsageError
from vocab.timeline import Event, Timeline

AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], help="as it could be known on this day: by what Baikoo had seen by then"
    ),
]

_EMPTY = "Nothing is known yet."


def build() -> typer.Typer:
    """Show a bill, a sitting or a person with all that is known."""
    app = typer.Typer(no_args_is_help=True)
    app.command("bill")(bill)
    app.command("sitting")(sitting)
    app.command("person")(person)
    return app


def bill(
    key: Annotated[str, typer.Argument(metavar="ID")], as_of: AsOf = None, form: FormatOption = Format.TABLE
) -> None:
    """Show a bill's timeline.

    Example: `baikoo show bill gov-494-2014-08-29 --as-of 2026-11-01`
    """
    with opened() as engine, reader(engine) as conn:
        key = current_ids(conn, [key]).get(key, key)
        timeline = bill_timelines(conn, [key], as_of=as_of.date() if as_of else None).get(key)
    _print(timeline, key, form)


def sitting(
    key: Annotated[str, typer.Argument(metavar="ID")], as_of: AsOf = None, form: FormatOption = Format.TABLE
) -> None:
    """Show a sitting's timeline.

    Example: `baikoo show sitting plenary-2017-05-17`
    """
    with opened() as engine, reader(engine) as conn:
        timeline = sitting_timelines(conn, [key], as_of=as_of.date() if as_of else None).get(key)
    _print(timeline, key, form)


def person(key: Annotated[str, typer.Argument(metavar="ID")], form: FormatOption = Format.TABLE) -> None:
    """Show a person's memberships and where they are named.

    Example: `baikoo show person tursunbekov-chynybai-akunovich`
    """
    with opened() as engine, reader(engine) as conn:
        shown = _person(conn, key)
    if shown is None:
        raise UsageError(f"no person {key!r}; `baikoo stats` tells how many are known")
    if form is Format.JSON:
        print_json(shown)
        return
    typer.echo(shown["name"])
    columns = ("convocation", "faction", "seen_first", "seen_last")
    print_rows(shown["memberships"], columns, title="Memberships", empty="No list of members shows this person.")
    named = ("record_key", "place", "written", "method", "score")
    print_rows(shown["named_in"], named, title="Named in", empty="No record names this person.")


def _person(conn: Connection, key: str) -> dict[str, Any] | None:
    row = conn.execute(select(table_of(Person)).where(col(Person.id) == key)).mappings().first()
    if row is None:
        return None
    stretches = (
        select(table_of(Membership)).where(col(Membership.person_id) == key).order_by(col(Membership.seen_first))
    )
    named = select(table_of(Link)).where(col(Link.dossier_type) == "person", col(Link.dossier_id) == key)
    return dict(row) | {
        "memberships": [dict(one) for one in conn.execute(stretches).mappings()],
        "named_in": [
            dict(one) for one in conn.execute(named.order_by(col(Link.record_key), col(Link.place))).mappings()
        ],
    }


def _print(timeline: Timeline | None, key: str, form: Format) -> None:
    if timeline is None:
        raise UsageError(
            f"nothing known by the id {key!r}; ids stand in the addresses of the site and in `baikoo findings`"
        )
    if form is Format.JSON:
        print_json(asdict(timeline))
        return
    typer.echo(timeline.subject.title)
    columns = ("day", "kind", "what", "source")
    print_rows(
        [_line(event) for event in timeline.events],
        columns,
        title="Timeline",
        empty=_EMPTY if timeline.as_of is None else f"By {timeline.as_of} Baikoo had seen nothing of this.",
    )


def _line(event: Event) -> dict[str, Any]:
    """One event in a line: only what it has."""
    parts = [
        f"{event.count}" if event.count is not None else "",
        f"{event.minutes} min" if event.minutes is not None else "",
        event.who.written if event.who else "",
        f"→ {event.to.written}" if event.to else "",
        f"reading {', '.join(map(str, sorted(event.readings)))}" if event.readings else "",
        event.committee or "",
        event.choice or "",
        event.about or "",
        f"({event.uncertain})" if event.uncertain else "",
    ]
    what = " ".join(part for part in parts if part)
    return {
        "day": event.day,
        "kind": event.kind.value,
        "what": what,
        "source": event.evidence.url or event.evidence.record,
    }
