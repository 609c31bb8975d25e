"""`baikoo publish list`, `show` and `status`: what is in the outbox."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from cli.home import Format, FormatOption, in_bishkek, opened, print_json, print_rows
from db.engine import reader
from publish.channels.registry import Account, open_accounts
from publish.message import from_json, plain
from publish.outbox.queue import FOR_A_PERSON, Standing, Wish, deliveries, delivery, standing, steps_of
from publish.outbox.switching import account_key, states
from publish.settings import address_warning, load_public_settings
from vocab.errors import UsageError
from vocab.posts import ChannelName, DeliveryState

_COLUMNS = ("id", "state", "channel", "lang", "due_at", "tries", "title", "cause")
_TITLE = 60  # letters of a title in the list; `show` has all of it
_STEPS = ("at", "who", "before", "after", "cause")


def list_deliveries(
    state: Annotated[list[DeliveryState] | None, typer.Option(help="only these; repeat it for several")] = None,
    channel: Annotated[ChannelName | None, typer.Option(help="only this channel")] = None,
    most: Annotated[int, typer.Option(help="at most so many", min=1, max=10_000)] = 50,
    form: FormatOption = Format.TABLE,
) -> None:
    """List deliveries (a post on one channel in one language): unknown and dead ones first, then the newest.

    Times are those of Bishkek; JSON has them in UTC, and the event of each post.

    Examples: `baikoo publish list --state draft` · `baikoo publish list --state unknown --channel x`
    """
    with opened() as engine, reader(engine) as conn:
        rows = deliveries(conn, Wish(states=state or (), channel=channel, most=most + 1))
    more, rows = len(rows) > most, rows[:most]
    if form is Format.JSON:
        print_json(rows)
        return
    print_rows([_shown(row) for row in rows], _COLUMNS, title="Deliveries", empty="Nothing like that is in the outbox.")
    if more:
        typer.echo(f"There are more than these {most}: --most shows more, --state and --channel choose.")


def show(
    number: Annotated[int, typer.Argument(metavar="ID", help="the number in `baikoo publish list`")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Show a delivery: its text part by part, where it stands at the channel, and what happened to it.

    Times are those of Bishkek.

    Example: `baikoo publish show 12`
    """
    with opened() as engine, reader(engine) as conn:
        row, steps = delivery(conn, number), steps_of(conn, number)
    if row is None:
        raise UsageError(f"no delivery {number}; `baikoo publish list` names them")
    if form is Format.JSON:
        print_json(row | {"steps": steps})
        return
    for line in _lines(row):
        typer.echo(line)
    print_rows([step | {"at": in_bishkek(step["at"])} for step in steps], _STEPS, title="History", empty="")


def status(form: FormatOption = Format.TABLE) -> None:
    """Say how many deliveries are in which state, what is stopped or waits, and what waits for a person.

    Exit code 1 where something is unknown or dead: see `baikoo publish list --state unknown --state dead`.

    Example: `baikoo publish status --format json`
    """
    with opened() as engine, reader(engine) as conn:
        found, held = standing(conn, datetime.now(UTC)), [row for row in states(conn) if _holds(row)]
    off = open_accounts().off
    if form is Format.JSON:
        counts = [{"channel": name, "state": state, "number": number} for (name, state), number in _sorted(found)]
        print_json(
            {
                "counts": counts,
                "oldest_due": found.oldest_due,
                "held": held,
                "off": {account_key(account): reason for account, reason in off.items()},
            }
        )
    else:
        _print_status(found, held, off)
    if found.number(*FOR_A_PERSON):
        raise typer.Exit(1)


def _print_status(found: Standing, held: list[dict[str, Any]], off: Mapping[Account, str]) -> None:
    rows = [{"state": state, "channel": name, "number": number} for (name, state), number in _sorted(found)]
    print_rows(rows, ("state", "channel", "number"), title="Outbox", empty="The outbox is empty.")
    if found.oldest_due:
        typer.echo(f"The oldest that is due waits since {in_bishkek(found.oldest_due)} (Bishkek).")
    for row in held:
        typer.echo(_held(row))
    for (name, reason), languages in _together(off).items():
        typer.echo(f"{name} ({', '.join(languages)}) is off: {reason}")
    if warning := address_warning(load_public_settings().public_url):
        typer.echo(warning)
    if drafts := found.number(DeliveryState.DRAFT):
        typer.echo(f"{drafts} wait for a person: /desk/posts, or `baikoo publish approve ID` and `reject`.")
    if refused := found.number(DeliveryState.REFUSED):
        typer.echo(f"{refused} could not be composed: `baikoo publish list --state refused` says why.")
    if unknown := found.number(DeliveryState.UNKNOWN):
        typer.echo(
            f"{unknown} unknown: look at the channel, then `baikoo publish settle ID --found URL` or --not-there."
        )
    if dead := found.number(DeliveryState.DEAD):
        typer.echo(f"{dead} dead: `baikoo publish show ID` says why; `baikoo publish retry ID --reason …` sends again.")


def _together(off: Mapping[Account, str]) -> Mapping[tuple[str, str], list[str]]:
    """The languages of a channel that is off in each for the same reason."""
    languages: dict[tuple[str, str], list[str]] = {}
    for (name, lang), reason in off.items():
        languages.setdefault((name.value, reason), []).append(lang)
    return languages


def _sorted(found: Standing) -> list[tuple[tuple[str, str], int]]:
    """What waits for a person first, then along the way of a delivery."""
    order = [*FOR_A_PERSON, *(state for state in DeliveryState if state not in FOR_A_PERSON)]
    return sorted(found.counts.items(), key=lambda one: (order.index(DeliveryState(one[0][1])), one[0][0]))


def _holds(row: Mapping[str, Any]) -> bool:
    return bool(row["stopped_at"] or (row["not_before"] and row["not_before"] > datetime.now(UTC)))


def _held(row: Mapping[str, Any]) -> str:
    name = row["channel"] or "everything"
    if row["stopped_at"]:
        return (
            f"{name} is stopped since {in_bishkek(row['stopped_at'])} (Bishkek) by {row['stopped_by']}: {row['reason']}"
        )
    return f"{name} waits until {in_bishkek(row['not_before'])} (Bishkek): {row['cause']}"


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    title = (row["message"] or {}).get("title", "")
    title = title if len(title) <= _TITLE else f"{title[:_TITLE].rstrip()}…"
    due = in_bishkek(row["due_at"]) if row["due_at"] else ""
    return {**row, "due_at": due, "tries": row["attempts"], "title": title}


def _lines(row: Mapping[str, Any]) -> list[str]:
    head = [f"{row['id']}: {row['state']} · {row['channel']} {row['lang']} · {row['kind']} · {row['event']}"]
    for name in ("due_at", "started_at", "sent_at", "expires_at"):
        head += [f"{name.replace('_', ' ')} {in_bishkek(row[name])} (Bishkek)"] if row[name] else []
    head += [f"why: {row['cause']}"] if row["cause"] else []
    parts = from_json(row["message"]).parts if row["message"] else ()
    sent = row["sent"]
    for place, part in enumerate(parts):
        there = f" → {sent[place]['url'] or sent[place]['id']}" if place < len(sent) else ""
        head += ["", f"part {place + 1} of {len(parts)}{there}", plain(part)]
    return [*head, ""]
