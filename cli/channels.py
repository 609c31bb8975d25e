"""`baikoo channels`: which channels posts can go to, what they take, and whether their credentials are good."""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from cli.home import Format, FormatOption, in_bishkek, opened, print_json, print_rows
from db.engine import reader
from db.settings import load_settings
from publish.channels.abilities import ABILITIES, UNCUT
from publish.channels.protocol import Abilities, Channel
from publish.channels.registry import CHANNELS, Account, Off, reaches_everybody, setting
from publish.outbox.switching import ALL, account_key, states
from publish.outlets import calendar_path
from publish.settings import address_warning, load_public_settings
from vocab.errors import ConfigError
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName

_ON, _OFF, _FAULT = "on", "off", "FAULT"
_STOPPED, _WAITS = "STOPPED", "waits"
_MEGABYTE = 1_000_000

NamesArgument = Annotated[list[ChannelName] | None, typer.Argument(metavar="[CHANNEL]...", help="only these channels")]


def build() -> typer.Typer:
    """See which channels can be used, and verify their credentials without posting anything."""
    app = typer.Typer(help="The channels that posts go to.", no_args_is_help=True)
    app.command("list")(list_channels)
    app.command("check")(check)
    return app


def list_channels(names: NamesArgument = None, form: FormatOption = Format.TABLE) -> None:
    """Show each channel in each language: on, off and why, stopped or waiting; which account, and what it takes.

    Nothing is asked over the network. The calendar is written beside the feeds, and needs no approval.

    Examples: `baikoo channels list` · `baikoo channels list mastodon --format json`
    """
    with opened() as engine, reader(engine) as conn:
        held = {row["channel"]: row for row in states(conn)}
    now = datetime.now(UTC)
    rows = [_listed(account, made, held, now) for account, made in _accounts(names)]
    if not names:
        rows += [_calendar(lang) for lang in LANGUAGES]
    _show(rows, ("channel", "lang", "state", "account", "takes", "said"), form)


def check(names: NamesArgument = None, form: FormatOption = Format.TABLE) -> None:
    """Ask each channel in each language who we are and whether we may write there; nothing is posted.

    A channel without credentials is off, and says which settings it misses; docs/publishing.md says how to get them.
    Exit code 1 where credentials are set and not good.

    Examples: `baikoo channels check` · `baikoo channels check telegram x` · `baikoo channels check --format json`
    """
    rows = [_row(account, *_checked(made)) for account, made in _accounts(names)]
    _show(rows, ("channel", "lang", "state", "said"), form)
    if any(row["state"] == _FAULT for row in rows):
        raise typer.Exit(1)


def _accounts(names: list[ChannelName] | None) -> Iterator[tuple[Account, Channel | Off | ConfigError]]:
    """The accounts in the order in which they are offered; of settings that are wrong, what is wrong with them."""
    for name in ChannelName:
        for lang in LANGUAGES if name in CHANNELS and name in (names or ChannelName) else ():
            try:
                yield (name, lang), CHANNELS[name](os.environ, lang)
            except ConfigError as error:
                yield (name, lang), error


def _checked(made: Channel | Off | ConfigError) -> tuple[str, str]:
    if isinstance(made, Off):
        return _OFF, made.reason
    if isinstance(made, ConfigError):
        return _FAULT, str(made)
    one = made.check()
    return _FAULT if one.fault else _ON, one.fault or one.account


def _listed(
    account: Account, made: Channel | Off | ConfigError, held: Mapping[str, Mapping[str, Any]], now: datetime
) -> Mapping[str, Any]:
    name, lang = account
    state, said = _FAULT if isinstance(made, ConfigError) else _ON, ""
    if isinstance(made, Off | ConfigError):
        state, said = (_OFF, made.reason) if isinstance(made, Off) else (_FAULT, str(made))
    elif holding := _held(account, held, now):
        state, said = holding
    elif not reaches_everybody(os.environ, account):
        said = f"letters to subscribers only: {CHANNELS[name].readers} is not set"
    shown = setting(os.environ, CHANNELS[name].account, lang) if CHANNELS[name].account else ""
    return _row(account, state, said) | {"account": shown, "takes": _takes(ABILITIES[name])}


def _held(account: Account, held: Mapping[str, Mapping[str, Any]], now: datetime) -> tuple[str, str] | None:
    """What holds an account back now: a person, or a time that the channel named."""
    rows = [held[key] for key in (ALL, account[0].value, account_key(account)) if key in held]
    for row in rows:
        if row["stopped_at"]:
            return _STOPPED, f"since {in_bishkek(row['stopped_at'])} (Bishkek) by {row['stopped_by']}: {row['reason']}"
    for row in rows:
        if row["not_before"] and row["not_before"] > now:
            return _WAITS, f"until {in_bishkek(row['not_before'])} (Bishkek): {row['cause']}"
    return None


def _takes(abilities: Abilities) -> str:
    """The limits in few words."""
    length = "any length" if abilities.limit >= UNCUT else f"{abilities.limit} letters"
    threads = f"threads of {abilities.most_parts}" if abilities.most_parts > 1 else ""
    picture = f"pictures to {abilities.picture_bytes // _MEGABYTE} MB" if abilities.picture_bytes else ""
    acts = (("edit", abilities.can_edit), ("delete", abilities.can_delete), ("find", abilities.can_ask))
    return ", ".join([*filter(None, (length, threads, picture)), *(act for act, can in acts if can)])


def _calendar(lang: str) -> Mapping[str, Any]:
    path = load_settings().public_dir / calendar_path(lang)
    said = "not written yet: `baikoo publish` writes it"
    if path.is_file():
        said = f"written {in_bishkek(datetime.fromtimestamp(path.stat().st_mtime, UTC))} (Bishkek)"
    row = {"channel": "calendar", "lang": lang, "state": _ON, "said": said}
    return row | {"account": f"/{calendar_path('…')}", "takes": "sittings"}


def _row(account: Account, state: str, said: str) -> dict[str, Any]:
    return {"channel": account[0].value, "lang": account[1], "state": state, "said": said}


def _show(rows: Sequence[Mapping[str, Any]], columns: tuple[str, ...], form: Format) -> None:
    if form is Format.JSON:
        print_json(rows)
    else:
        print_rows(_together(rows), columns, title="Channels", empty="There is no such channel.")
        if warning := address_warning(load_public_settings().public_url):
            typer.echo(warning)


def _together(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Languages of which the same is to be said stand in one row."""
    languages: dict[tuple[Any, ...], list[str]] = {}
    for row in rows:
        rest = tuple((name, value) for name, value in row.items() if name != "lang")
        languages.setdefault(rest, []).append(row["lang"])
    return [{**dict(rest), "lang": ", ".join(found)} for rest, found in languages.items()]
