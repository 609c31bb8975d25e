"""The channels that posts go to. An outlet is one line here, its abilities one in `publish.channels.abilities`.

The module of a channel, with its library, is imported when its settings are there and an account is opened: no other
command waits for it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module

from publish.channels.protocol import Channel
from vocab.errors import ConfigError
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName

_MOST_PATIENCE = 300
X_KEYS = ("BAIKOO_X_CONSUMER_KEY", "BAIKOO_X_CONSUMER_SECRET", "BAIKOO_X_ACCESS_TOKEN", "BAIKOO_X_ACCESS_SECRET")
"""The app's two keys and the account's two."""

Environ = Mapping[str, str]
Account = tuple[ChannelName, str]
"""A channel and the language that it speaks there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Off:
    """A channel that is not used, and what is missing for it (names of settings, never their values)."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A channel by the module that has its `open_account(environ, lang)`, and the settings without which it is off.

    `account` is the setting that names the account and is no secret. Without the setting `readers` single subscribers
    are reached there, but no post for everybody goes out.
    """

    module: str
    needs: tuple[str, ...] = ()
    account: str = ""
    readers: str = ""

    def __call__(self, environ: Environ, lang: str) -> Channel | Off:
        """The account of one language; Off without credentials. Raises ConfigError for wrong ones."""
        missing = [name for name in self.needs if not setting(environ, name, lang)]
        if missing:
            return Off(reason=f"not set: {', '.join(missing)}")
        try:
            module = import_module(f"publish.channels.{self.module}")
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("publish"):
                raise
            return Off(reason=f"not installed: {error.name}, see requirements/site.txt")
        try:
            opened: Channel | Off = module.open_account(environ, lang)
        except UnicodeError as error:  # its words may hold a key
            raise ConfigError(f"{' or '.join(self.needs)} has letters that none can have") from error
        return opened


CHANNELS: Mapping[ChannelName, Outlet] = {
    ChannelName.TELEGRAM: Outlet(
        module="telegram",
        needs=("BAIKOO_TELEGRAM_TOKEN", "BAIKOO_TELEGRAM_CHAT"),
        account="BAIKOO_TELEGRAM_CHAT",
    ),
    ChannelName.FACEBOOK: Outlet(
        module="facebook",
        needs=("BAIKOO_FACEBOOK_PAGE", "BAIKOO_FACEBOOK_TOKEN"),
        account="BAIKOO_FACEBOOK_PAGE",
    ),
    ChannelName.X: Outlet(module="x", needs=X_KEYS),
    ChannelName.MASTODON: Outlet(
        module="mastodon",
        needs=("BAIKOO_MASTODON_URL", "BAIKOO_MASTODON_TOKEN"),
        account="BAIKOO_MASTODON_URL",
    ),
    ChannelName.BLUESKY: Outlet(
        module="bluesky",
        needs=("BAIKOO_BLUESKY_HANDLE", "BAIKOO_BLUESKY_PASSWORD"),
        account="BAIKOO_BLUESKY_HANDLE",
    ),
    ChannelName.EMAIL: Outlet(
        module="email",
        needs=("BAIKOO_SMTP_URL", "BAIKOO_MAIL_FROM"),
        account="BAIKOO_EMAIL_TO",
        readers="BAIKOO_EMAIL_TO",
    ),
    ChannelName.FEEDS: Outlet(module="feeds_channel"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """What is configured: the accounts that can be used, and why each of the others cannot.

    `everybody` are those of `on` to which posts for everybody go; the others reach single subscribers alone.
    """

    on: Mapping[Account, Channel] = field(default_factory=dict)
    off: Mapping[Account, str] = field(default_factory=dict)
    everybody: tuple[Account, ...] = ()


def open_accounts(environ: Environ | None = None) -> Accounts:
    """Every channel in every language. Nothing is asked over the network."""
    values = os.environ if environ is None else environ
    opened = {(name, lang): make(values, lang) for name, make in CHANNELS.items() for lang in LANGUAGES}
    on = {account: one for account, one in opened.items() if not isinstance(one, Off)}
    return Accounts(
        on=on,
        off={account: one.reason for account, one in opened.items() if isinstance(one, Off)},
        everybody=tuple(account for account in on if reaches_everybody(values, account)),
    )


def reaches_everybody(environ: Environ, account: Account) -> bool:
    """Whether posts for everybody go there, and not only what single subscribers asked for."""
    wanted = CHANNELS[account[0]].readers
    return not wanted or bool(setting(environ, wanted, account[1]))


def patience(environ: Environ) -> float:
    """BAIKOO_CHANNEL_PATIENCE: for how many seconds a channel may be silent. Raises ConfigError for no such number."""
    given = environ.get("BAIKOO_CHANNEL_PATIENCE") or "20"
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _MOST_PATIENCE:
        raise ConfigError(f"BAIKOO_CHANNEL_PATIENCE is a number of seconds up to {_MOST_PATIENCE}, not {given!r}")
    return seconds


def setting(environ: Environ, name: str, lang: str) -> str:
    """`…_CHAT_KY`, else `…_CHAT`: a setting of one language goes before that of all."""
    return (environ.get(f"{name}_{lang.upper()}") or environ.get(name) or "").strip()
