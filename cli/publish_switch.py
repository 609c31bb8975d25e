"""`baikoo publish stop` and `resume`: the kill switch."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.deciding import WhoOption, decider
from cli.home import opened
from cli.publish_acts import Reason, check
from db.audit import Act
from publish.outbox import switching
from vocab.posts import ChannelName

Channel = Annotated[ChannelName | None, typer.Argument(metavar="[CHANNEL]", help="default: every channel")]


def stop(reason: Reason, channel: Channel = None, who: WhoOption = None) -> None:
    """Send nothing more to a channel, or to any: at once, until `resume`. Nothing is lost, all stays due.

    Examples: `baikoo publish stop --reason "our account was taken over"` · `baikoo publish stop x --reason "wrong key"`
    """
    with opened() as engine:
        act = Act(who=decider(engine, who), at=datetime.now(UTC))
        with engine.begin() as conn:
            check(switching.stop(conn, channel, reason, act), channel or "everything", "status")
    typer.echo(f"{channel or 'Everything'} is stopped; what is under way this second may still arrive.")


def resume(channel: Channel = None, who: WhoOption = None) -> None:
    """Let a channel go on; without a name, what was stopped for every channel together.

    Also ends the waiting that the channel itself asked for (a rate limit, keys that were no longer good).

    Example: `baikoo publish resume x`
    """
    with opened() as engine:
        act = Act(who=decider(engine, who), at=datetime.now(UTC))
        with engine.begin() as conn:
            check(switching.resume(conn, channel, act), channel or "everything", "status")
    typer.echo(f"{channel or 'Everything'} goes on.")
