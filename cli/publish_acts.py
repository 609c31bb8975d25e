"""`baikoo publish approve`, `reject`, `retry` and `settle`: what people decide about deliveries."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Connection

from cli.deciding import WhoOption, decider
from cli.home import opened
from db.audit import Act
from publish.outbox import acts
from publish.outbox.answers import Answer, Changed, Fault, Impossible
from vocab.dates import BISHKEK
from vocab.errors import UsageError

Numbers = Annotated[list[int], typer.Argument(metavar="ID…", help="numbers in `baikoo publish list`")]
Number = Annotated[int, typer.Argument(metavar="ID", help="the number in `baikoo publish list`")]
Reason = Annotated[str, typer.Option("--reason", help="why; kept with the decision")]

_Do = Callable[[Connection, int, Act], Answer]


def approve(
    numbers: Numbers,
    at: Annotated[
        datetime | None,
        typer.Option("--at", formats=["%Y-%m-%dT%H:%M"], help="when it goes out, Bishkek time; default: at once"),
    ] = None,
    who: WhoOption = None,
) -> None:
    """Let drafts go out. All of them, or none where one cannot be approved.

    Examples: `baikoo publish approve 12 13` · `baikoo publish approve 12 --at 2026-12-01T09:00`
    """
    due = at.replace(tzinfo=BISHKEK).astimezone(UTC) if at else None
    if due and due < datetime.now(UTC):
        raise UsageError(f"{at:%Y-%m-%d %H:%M} is over in Bishkek; without --at it goes out at once")
    _decide(numbers, who, lambda conn, number, act: acts.approve(conn, number, "", act, due))
    typer.echo(f"{_named(numbers)} approved{f' for {at:%Y-%m-%d %H:%M} (Bishkek)' if at else ''}.")


def reject(numbers: Numbers, reason: Reason, who: WhoOption = None) -> None:
    """Do not send deliveries; `baikoo publish show` keeps who, when and why.

    Example: `baikoo publish reject 12 --reason "the protocol says otherwise"`
    """
    _decide(numbers, who, lambda conn, number, act: acts.reject(conn, number, "", act, reason))
    typer.echo(f"{_named(numbers)} rejected.")


def retry(number: Number, reason: Reason, who: WhoOption = None) -> None:
    """Send again what failed or is dead: the channel surely does not have it. Never what is unknown: see `settle`.

    Example: `baikoo publish retry 12 --reason "the text was shortened"`
    """
    _decide([number], who, lambda conn, one, act: acts.send_again(conn, one, "", act, reason))
    typer.echo(f"{number} is due now.")


def settle(
    number: Number,
    found: Annotated[str | None, typer.Option("--found", metavar="URL", help="it is there, at this address")] = None,
    absent: Annotated[bool, typer.Option("--not-there", help="you looked, and the channel does not have it")] = False,
    reason: Annotated[str, typer.Option("--reason", help="where you looked, with --not-there")] = "",
    who: WhoOption = None,
) -> None:
    """Say what you found at the channel about a delivery of which nobody knows whether it is there.

    What is not there is dead then; `baikoo publish retry` sends it again.

    Examples: `baikoo publish settle 12 --found https://t.me/baikoo/7` · `baikoo publish settle 12 --not-there --reason
    "looked through the channel at 10:40"`
    """
    if (found is None) is not absent:
        raise UsageError("say either --found URL or --not-there")
    if found is not None:
        url = found
        _decide([number], who, lambda conn, one, act: acts.say_there(conn, one, "", act, url))
        typer.echo(f"{number} is sent: {url}")
        return
    _decide([number], who, lambda conn, one, act: acts.say_absent(conn, one, "", act, reason))
    typer.echo(f"{number} is not there. `baikoo publish retry {number} --reason …` sends it again.")


def _decide(numbers: Sequence[int], login: str | None, do: _Do) -> None:
    """Raises UsageError, with nothing changed, for the first that cannot be done."""
    with opened() as engine:
        act = Act(who=decider(engine, login), at=datetime.now(UTC))
        with engine.begin() as conn:
            for number in numbers:
                check(do(conn, number, act), f"delivery {number}", f"show {number}")


def check(answer: Answer, about: str, look: str) -> None:
    """Raises UsageError for what was not done, in words with a way out: `baikoo publish` and `look`."""
    if isinstance(answer, Impossible):
        look = "list" if answer.fault is Fault.NO_SUCH else look
        raise UsageError(f"{about}: {answer.words}; `baikoo publish {look}` shows how things stand")
    if isinstance(answer, Changed):
        raise UsageError(f"{about} was changed meanwhile, it is {answer.row['state']} now")


def _named(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
