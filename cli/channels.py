"""`baikoo channels`: which channels posts can go to, and whether their credentials are good."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from cli.home import Format, FormatOption, print_json, print_rows
from publish.channels.registry import Account, open_accounts
from vocab.posts import ChannelName

_ON, _OFF, _FAULT = "on", "off", "FAULT"

NamesArgument = Annotated[list[ChannelName] | None, typer.Argument(metavar="[CHANNEL]...", help="only these channels")]


def build() -> typer.Typer:
    """See which channels can be used, and verify their credentials without posting anything."""
    app = typer.Typer(help="The channels that posts go to.", no_args_is_help=True)
    app.callback()(_group)
    app.command("check")(check)
    return app


def _group() -> None:
    """The channels that posts go to."""


def check(names: NamesArgument = None, form: FormatOption = Format.TABLE) -> None:
    """Ask each channel in each language who we are and whether we may write there; nothing is posted.

    A channel without credentials is off, and says which settings it misses; docs/publishing.md says how to get them.
    Exit code 1 where credentials are set and not good.

    Examples: `baikoo channels check` · `baikoo channels check telegram x` · `baikoo channels check --format json`
    """
    accounts = open_accounts()
    asked = {account: channel.check() for account, channel in accounts.on.items() if _is_meant(account, names)}
    rows = [
        *(_row(account, _FAULT if one.fault else _ON, one.fault or one.account) for account, one in asked.items()),
        *(_row(account, _OFF, reason) for account, reason in accounts.off.items() if _is_meant(account, names)),
    ]
    order = [name.value for name in ChannelName]
    rows.sort(key=lambda row: order.index(row["channel"]))
    if form is Format.JSON:
        print_json(rows)
    else:
        print_rows(rows, ("channel", "lang", "state", "said"), title="Channels", empty="There is no such channel.")
    if any(one.fault for one in asked.values()):
        raise typer.Exit(1)


def _is_meant(account: Account, names: list[ChannelName] | None) -> bool:
    return not names or account[0] in names


def _row(account: Account, state: str, said: str) -> Mapping[str, Any]:
    return {"channel": account[0].value, "lang": account[1], "state": state, "said": said}
