"""`baikoo link`: which record speaks of which bill; the desk has the same at /desk/links."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from cli.deciding import WhoOption, decider
from cli.home import Format, FormatOption, opened, print_json, print_rows
from db.accounts import names
from db.engine import reader
from tracker import link_review, linking
from tracker.linking import Decision

NONE = "none"

Record = Annotated[
    str, typer.Argument(metavar="RECORD", help="a record as `baikoo link review` names it: press_record:kenesh:press:1")
]
Bill = Annotated[str, typer.Argument(metavar="BILL", help="the id of a bill")]
Place = Annotated[str | None, typer.Option("--place", help="which draft of a press release: event:0")]
Reason = Annotated[str, typer.Option("--reason", help="why; kept with the decision")]


def build() -> typer.Typer:
    """Say which records speak of one bill: what to look at, five decisions, and the log."""
    app = typer.Typer(help="Say which records speak of which bill. A decision always wins.", no_args_is_help=True)
    app.command("review")(review)
    app.command("decide")(decide)
    app.command("merge")(merge)
    app.command("split")(split)
    app.command("apart")(apart)
    app.command("log")(log)
    return app


def review(form: FormatOption = Format.TABLE) -> None:
    """List links that are not certain, bills that may be one, and bills that may be several.

    Example: `baikoo link review --format json`
    """
    with opened() as engine, reader(engine) as conn:
        unsure, proposals = link_review.unsure_links(conn), link_review.proposals(conn)
    if form is Format.JSON:
        print_json({"links": [asdict(one) for one in unsure], "proposals": [asdict(one) for one in proposals]})
        return
    links, bills = [_unsure(one) for one in unsure], [_proposal(one) for one in proposals]
    print_rows(links, ("record", "method", "what"), title="Unsure links", empty="No link is unsure.")
    empty = "Nothing proposes to merge or to split a bill."
    print_rows(bills, ("what", "method", "bills"), title="Proposals", empty=empty)


def _unsure(one: link_review.Unsure) -> dict[str, Any]:
    linked = f" → {one.bill.id}" if one.bill else ""
    possible = f" [{', '.join(bill.id for bill in one.candidates)}]" if one.candidates else ""
    record = f"{one.record} {one.place}".strip()
    return {"record": record, "method": f"{one.method} {one.score:.2f}", "what": f"«{one.written}»{linked}{possible}"}


def _proposal(one: link_review.Proposal) -> dict[str, Any]:
    bills = " + ".join(f"{bill.id} «{bill.title}»" for bill in one.bills)
    words = f" ({', '.join(one.words)})" if one.words else ""
    return {"what": one.what, "method": f"{one.method} {one.score:.2f}", "bills": f"{bills}{words}"}


def decide(record: Record, bill: Bill, reason: Reason, place: Place = None, who: WhoOption = None) -> None:
    """Say which bill a record speaks of, or «none».

    Example: `baikoo link decide press_record:kenesh:press:83331 n-6-502-17 --place event:0 --reason "read both pages"`
    """
    wanted = None if bill == NONE else bill
    with opened() as engine:
        found = linking.decide(engine, record, wanted, _decision(engine, reason, who), place=place)
    typer.echo(f"{record}: {found or 'speaks of no bill'}.")


def merge(bill: Bill, other: Bill, reason: Reason, who: WhoOption = None) -> None:
    """Two bills are one: the older id stays, the other leads to it.

    Example: `baikoo link merge n-6-502-17 t-o-veterinarii-1a2b3c4d --reason "one draft, the register has its number"`
    """
    with opened() as engine:
        kept = linking.merge(engine, bill, other, _decision(engine, reason, who))
    typer.echo(f"{kept} stays. Undo: baikoo link split {other if kept == bill else bill} --reason …")


def split(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="a record, or the former id of a merged bill")],
    reason: Reason,
    place: Place = None,
    who: WhoOption = None,
) -> None:
    """A record speaks of another bill than the one it is linked to; or undo a merge, by the id that went.

    Example: `baikoo link split press_record:kenesh:press:83331 --place event:0 --reason "another draft of that title"`
    """
    with opened() as engine:
        new = linking.split(engine, record, _decision(engine, reason, who), place=place)
    typer.echo(f"{record}: {new}.")


def apart(bill: Bill, other: Bill, reason: Reason, who: WhoOption = None) -> None:
    """Two bills are two: nothing joins them and `baikoo link review` does not propose it any more.

    Example: `baikoo link apart n-6-502-17 n-6-503-17 --reason "two authors, two drafts"`
    """
    with opened() as engine:
        linking.apart(engine, bill, other, _decision(engine, reason, who))
    typer.echo(f"{bill} and {other} stay two bills.")


def log(
    bill: Annotated[str | None, typer.Argument(metavar="[BILL]", help="only this bill, under all its ids")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show which records and bills were moved, merged and split: by what, by whom, why.

    Example: `baikoo link log n-6-502-17`
    """
    with opened() as engine, reader(engine) as conn:
        rows, known = [asdict(one) for one in link_review.changes(conn, bill)], names(conn)
    if form is Format.JSON:
        print_json(rows)
        return
    empty = f"No link of {bill} was ever changed." if bill else "No link was ever changed."
    shown = [_line(row | {"who": known.get(row["who"], row["who"])}) for row in rows]
    print_rows(shown, ("at", "change", "what"), title="Changes", empty=empty)


def _line(row: dict[str, Any]) -> dict[str, Any]:
    by = " ".join(filter(None, [row["method"], row["who"], f"«{row['reason']}»" if row["reason"] else ""]))
    what = f"{row['record']} {row['place']}".strip()
    said = f"{what}: {row['before'] or '–'} → {row['after'] or '–'} ({by})"
    return {"at": f"{row['at']:%Y-%m-%d %H:%M}", "change": row["change"], "what": said}


def _decision(engine: Engine, reason: str, who: str | None) -> Decision:
    return Decision(who=decider(engine, who), reason=reason, now=datetime.now(UTC))
