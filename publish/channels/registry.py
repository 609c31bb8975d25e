"""The channels that posts go to. An outlet is one line here, its abilities one in `publish.channels.abilities`."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from publish.channels.protocol import Channel
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName

Environ = Mapping[str, str]
Account = tuple[ChannelName, str]
"""A channel and the language that it speaks there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Off:
    """A channel that is not used, and what is missing for it (names of settings, never their values)."""

    reason: str


Open = Callable[[Environ, str], Channel | Off]
"""From the environment, the account of one language; Off without credentials. Raises ConfigError for wrong ones."""

CHANNELS: Mapping[ChannelName, Open] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """What is configured: the accounts that can be used, and why each of the others cannot."""

    on: Mapping[Account, Channel] = field(default_factory=dict)
    off: Mapping[Account, str] = field(default_factory=dict)


def open_accounts(environ: Environ | None = None) -> Accounts:
    """Every channel in every language. Nothing is asked over the network."""
    values = os.environ if environ is None else environ
    opened = {(name, lang): make(values, lang) for name, make in CHANNELS.items() for lang in LANGUAGES}
    return Accounts(
        on={account: one for account, one in opened.items() if not isinstance(one, Off)},
        off={account: one.reason for account, one in opened.items() if isinstance(one, Off)},
    )


def setting(environ: Environ, name: str, lang: str) -> str:
    """`…_CHAT_KY`, else `…_CHAT`: a setting of one language goes before that of all."""
    return (environ.get(f"{name}_{lang.upper()}") or environ.get(name) or "").strip()
