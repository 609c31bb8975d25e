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
from publish.outbox.queue import Wish, deliveries
from vocab.dates import BISHKEK
from vocab.errors import UsageError
from vocab.posts import DeliveryState

Chosen = Annotated[
    list[str],
    typer.Argument(metavar="ID|EVENT…", help="numbers in `baikoo publish list`, or the event of a whole post"),
]
Number = Annotated[int, typer.Argument(metavar="ID", help="the number in `baikoo publish list`")]
Reason = Annotated[str, typer.Option("--reason", help="why; kept with the decision")]

_MOST = 1_000  # deliveries of one post: channels times languages

_Do = Callable[[Connection, int, Act], Answer]


def approve(
    chosen: Chosen,
    at: Annotated[
        datetime | None,
        typer.Option("--at", formats=["%Y-%m-%dT%H:%M"], help="when it goes out, Bishkek time; default: at once"),
    ] = None,
    who: WhoOption = None,
) -> None:
    """Let drafts go out. All of them, or none where one cannot be approved; an EVENT is all drafts of its post.

    Examples: `baikoo publish approve 12 13 --at 2026-12-01T09:00` · `baikoo publish approve law_signed:bill:n-6-1-26`
    """
    due = at.replace(tzinfo=BISHKEK).astimezone(UTC) if at else None
    if due and due < datetime.now(UTC):
        raise UsageError(f"{at:%Y-%m-%d %H:%M} is over in Bishkek; without --at it goes out at once")
    numbers = _decide(chosen, who, lambda conn, number, act: acts.approve(conn, number, "", act, due))
    typer.echo(f"{_named(numbers)} approved{f' for {at:%Y-%m-%d %H:%M} (Bishkek)' if at else ''}.")


def reject(chosen: Chosen, reason: Reason, who: WhoOption = None) -> None:
    """Do not send deliveries, or any draft of the post of an EVENT; `baikoo publish show` keeps who, when and why.

    Example: `baikoo publish reject 12 --reason "the protocol says otherwise"`
    """
    numbers = _decide(chosen, who, lambda conn, number, act: acts.reject(conn, number, "", act, reason))
    typer.echo(f"{_named(numbers)} rejected.")


def retry(number: Number, reason: Reason, who: WhoOption = None) -> None:
    """Send again what failed or is dead: the channel surely does not have it. Never what is unknown: see `settle`.

    Example: `baikoo publish retry 12 --reason "the text was shortened"`
    """
    _decide([str(number)], who, lambda conn, one, act: acts.send_again(conn, one, "", act, reason))
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
        _decide([str(number)], who, lambda conn, one, act: acts.say_there(conn, one, "", act, url))
        typer.echo(f"{number} is sent: {url}")
        return
    _decide([str(number)], who, lambda conn, one, act: acts.say_absent(conn, one, "", act, reason))
    typer.echo(f"{number} is not there. `baikoo publish retry {number} --reason …` sends it again.")


def _decide(chosen: Sequence[str], login: str | None, do: _Do) -> list[int]:
    """Gives the numbers. Raises UsageError, with nothing changed, for the first that cannot be done."""
    with opened() as engine:
        act = Act(who=decider(engine, login), at=datetime.now(UTC))
        with engine.begin() as conn:
            numbers = [number for one in chosen for number in _numbers(conn, one)]
            for number in numbers:
                check(do(conn, number, act), f"delivery {number}", f"show {number}")
    return numbers


def _numbers(conn: Connection, chosen: str) -> list[int]:
    """The number itself, or those of the drafts of a post. Raises UsageError for an event without a draft."""
    if chosen.isascii() and chosen.isdigit():
        return [int(chosen)]
    drafts = deliveries(conn, Wish(states=[DeliveryState.DRAFT], event=chosen, most=_MOST))
    if not drafts:
        raise UsageError(f"{chosen}: no number, and no post of this event has drafts; see `baikoo publish list`")
    return sorted(row["id"] for row in drafts)


def check(answer: Answer, about: str, look: str) -> None:
    """Raises UsageError for what was not done, in words with a way out: `baikoo publish` and `look`."""
    if isinstance(answer, Impossible):
        look = "list" if answer.fault is Fault.NO_SUCH else look
        raise UsageError(f"{about}: {answer.words}; `baikoo publish {look}` shows how things stand")
    if isinstance(answer, Changed):
        raise UsageError(f"{about} was changed meanwhile, it is {answer.row['state']} now")


def _named(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
