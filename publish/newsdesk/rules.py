"""The rules of the newsdesk, read strictly from `desk.yml` and from an editor's own file beside the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from vocab.errors import ConfigError
from vocab.posts import ACCUSING, ChannelName, PostKind

FILE = "newsdesk.yml"
"""An editor's own rules in the home: any part of `desk.yml`, which then goes before it."""

_BUNDLES = ("sitting", "subject", "day", "one")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """How one kind of post is made; the words are explained in `desk.yml`. `lasts` None: as long as it takes."""

    kind: PostKind
    takes: tuple[str, ...]
    joins: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    subject: str = ""
    bundle: str = "one"
    settle: timedelta = timedelta()
    embargo: timedelta = timedelta()
    quiet: bool = False
    fresh: timedelta | None = None
    lasts: timedelta | None = None
    lasts_the_day: bool = False
    once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRules:
    """All of it. `quiet_from` and `quiet_to` are hours of the day in Bishkek; equal means no quiet hours.

    `approved` are the kinds that go out without a person's word; `channels` where a kind goes, if not everywhere.
    """

    kinds: tuple[KindRule, ...]
    corrections: KindRule
    quiet_from: time
    quiet_to: time
    stale_after: timedelta
    digest_weekday: int
    digest_at: time
    digest_patience: timedelta
    digest_items: int
    sitting_lead: timedelta
    sitting_late: timedelta
    sitting_bodies: frozenset[str]
    approved: frozenset[PostKind]
    channels: Mapping[PostKind, frozenset[ChannelName]]


def load_rules(home: Path | None = None) -> DeskRules:
    """The rules, with those of the editors' own file in the home. Raises ConfigError naming the file and the word."""
    known = _packaged()
    own = home / FILE if home else None
    if own is None or not own.is_file():
        return _read(known, "publish/newsdesk/desk.yml")
    try:
        said = yaml.safe_load(own.read_text("utf-8")) or {}
    except (yaml.YAMLError, ValueError) as error:  # e.g. of a day that no calendar has
        raise ConfigError(f"{own}: not readable as YAML ({error})") from error
    return _read(_over(known, said, str(own)), str(own))


@lru_cache(maxsize=1)
def _packaged() -> Mapping[str, Any]:
    kept: Mapping[str, Any] = yaml.safe_load(files("publish.newsdesk").joinpath("desk.yml").read_text("utf-8"))
    return kept


def _over(known: Mapping[str, Any], said: Any, place: str) -> dict[str, Any]:
    """The known values, with those that are said otherwise in their place; what is not known is a mistake."""
    if not isinstance(said, Mapping):
        raise ConfigError(f"{place}: expected names with values, found «{said}»")
    strange = sorted(set(said) - set(known))
    if strange:
        raise ConfigError(f"{place}: unknown {', '.join(map(str, strange))}; known are {', '.join(known)}")
    merged = dict(known)
    for name, value in said.items():
        if name == "kinds":
            merged[name] = _kinds_over(known[name], value, place)
        else:
            nested = isinstance(known[name], Mapping) and name != "channels"
            merged[name] = _over(known[name], value, f"{place}: {name}") if nested else value
    return merged


def _kinds_over(known: Mapping[str, Any], said: Any, place: str) -> dict[str, Any]:
    """A kind may say anything that some kind says; the kinds themselves are given."""
    if not isinstance(said, Mapping) or set(said) - set(known):
        raise ConfigError(f"{place}: kinds: known are {', '.join(known)}")
    for name, rule in said.items():
        if not isinstance(rule, Mapping):
            raise ConfigError(f"{place}: {name}: words with values are expected, e.g. {{settle: 10}}, not «{rule}»")
    return {name: {**rule, **said.get(name, {})} for name, rule in known.items()}


def _read(said: Mapping[str, Any], place: str) -> DeskRules:
    quiet, digest, sitting = said["quiet_hours"], said["digest"], said["sitting"]
    try:
        return DeskRules(
            kinds=tuple(_kind(PostKind(name), rule, f"{place}: {name}") for name, rule in said["kinds"].items()),
            corrections=_kind(PostKind.CORRECTION, said["corrections"], f"{place}: corrections"),
            quiet_from=_hour(quiet["from"], "quiet_hours: from"),
            quiet_to=_hour(quiet["to"], "quiet_hours: to"),
            stale_after=timedelta(days=_number("stale_after_days", said["stale_after_days"])),
            digest_weekday=int(_number("weekday", digest["weekday"], 6)),
            digest_at=_hour(digest["at"], "digest: at"),
            digest_patience=timedelta(days=_number("patience_days", digest["patience_days"], 7)),
            digest_items=int(_number("most_items", digest["most_items"], 100)),
            sitting_lead=timedelta(minutes=_number("lead_minutes", sitting["lead_minutes"], 1440)),
            sitting_late=timedelta(minutes=_number("late_minutes", sitting["late_minutes"], 1440)),
            sitting_bodies=frozenset(sitting["bodies"]),
            approved=_approved(said["approved"]),
            channels=_channels(said["channels"]),
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise ConfigError(f"{place}: {error}") from error


def _hour(said: Any, name: str) -> time:
    """Without quotes YAML reads 22:00 as the number 1320."""
    try:
        return time.fromisoformat(said)
    except (TypeError, ValueError):
        raise ValueError(f'{name}: an hour in quotes, like "22:00", not {said}') from None


def _post_kind(name: Any, place: str) -> PostKind:
    if name not in tuple(PostKind):
        raise ValueError(f"{place}: «{name}» is no kind of post; kinds are {', '.join(PostKind)}")
    return PostKind(name)


def _channels(said: Any) -> dict[PostKind, frozenset[ChannelName]]:
    for name in (name for names in said.values() for name in names if name not in tuple(ChannelName)):
        raise ValueError(f"channels: there is no channel «{name}»; channels are {', '.join(ChannelName)}")
    return {_post_kind(kind, "channels"): frozenset(map(ChannelName, names)) for kind, names in said.items()}


def _approved(said: Any) -> frozenset[PostKind]:
    if not isinstance(said, list):
        raise TypeError("approved: a list, like [agenda_published]")
    kinds = frozenset(_post_kind(name, "approved") for name in said)
    for kind in sorted(kinds & ACCUSING):
        raise ValueError(f"{kind.value} accuses: only a person approves it")
    return kinds


_NAMES = {"from": "takes", "with": "joins"}
_KNOWN = {"from", "with", "needs", "subject", "bundle", "settle", "embargo", "quiet", "fresh", "lasts", "once"}


def _kind(kind: PostKind, said: Mapping[str, Any], place: str) -> KindRule:
    strange = sorted(set(said) - _KNOWN)
    if strange:
        raise ConfigError(f"{place}: unknown {', '.join(strange)}; known are {', '.join(sorted(_KNOWN))}")
    values: dict[str, Any] = {_NAMES.get(name, name): _value(name, value, place) for name, value in said.items()}
    if values.get("bundle", "one") not in _BUNDLES:
        raise ConfigError(f"{place}: bundle is one of {', '.join(_BUNDLES)}")
    if said.get("lasts") == "day":
        values |= {"lasts": None, "lasts_the_day": True}
    return KindRule(kind=kind, **values)


def _value(name: str, value: Any, place: str) -> Any:
    if name in ("from", "with", "needs"):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise ConfigError(f"{place}: {name} is a list of words")
        return tuple(value)
    if name in ("quiet", "once") and not isinstance(value, bool):
        raise ConfigError(f"{place}: {name} is true or false, not «{value}»")
    if name in ("settle", "embargo"):
        return timedelta(minutes=_number(name, value))
    if name == "fresh":
        return timedelta(days=_number(name, value))
    if name == "lasts" and value != "day":
        return timedelta(hours=_number(name, value, least=1))
    return value


_MOST = 100_000


def _number(name: str, value: Any, most: int = _MOST, least: int = 0) -> float:
    """A number that a clock can be moved by. Raises ValueError for any other value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError(f"{name} is a number from {least} to {most}, not «{value}»")
    return value
