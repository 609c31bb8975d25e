"""What begins to fit a list that people follow, what fits no more, and from where on its news are told. Pure.

Time is when we knew, never the day of what happened: a protocol that is published late, a sitting that is announced for
next month and a second happening of the same day are all told once, in the order in which we learnt of them.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """Why a dossier fits a list that is followed."""

    FIRST = "first"
    """It fitted when the list was followed first: nothing to tell."""
    NEW = "new"
    """It is new: its own happenings tell of it."""
    BEGAN = "began"
    """We knew it before, and now it fits: told once, with the filters as the reason."""
    AGAIN = "again"
    """It fitted, fitted no more, and fits again: told once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A row of `db.following.SavedMatch`."""

    search_id: str
    dossier_id: str
    first_matched: datetime
    why: Why
    times: int = 1
    from_seq: int = 0
    gone_at: datetime | None = None
    until_seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at what changed: when, the last happening that the look before knew, the last there is, and what is new.

    `new`: the dossiers that the look before did not know.
    """

    now: datetime
    told_seq: int
    last_seq: int
    new: Set[str] = frozenset()


def changes(
    search_id: str, known: Mapping[str, Match], looked_at: Set[str], fitting: Set[str], look: Look
) -> list[Match]:
    """The matches of one list that are other than before; `known` are its matches among what was looked at.

    Happenings that we learnt of since the last look are told with it: often they are why it fits now.
    """
    live = {dossier for dossier, match in known.items() if match.gone_at is None}
    began = [_begun(search_id, dossier, known.get(dossier), look) for dossier in sorted(fitting - live)]
    gone = sorted((live & looked_at) - fitting)
    return began + [replace(known[one], gone_at=look.now, until_seq=look.last_seq) for one in gone]


def _begun(search_id: str, dossier: str, before: Match | None, look: Look) -> Match:
    if before is None:
        why = Why.NEW if dossier in look.new else Why.BEGAN
        times = 1
    else:
        why, times = Why.AGAIN, before.times + 1
    return Match(
        search_id=search_id,
        dossier_id=dossier,
        first_matched=look.now,
        why=why,
        times=times,
        from_seq=look.told_seq,
    )


def under_present_ids(known: Iterable[Match], present: Mapping[str, str]) -> tuple[list[Match], list[Match]]:
    """Matches of dossiers that turned out to be others: what has to be written, and what has to go. Nothing is told.

    `present` is today's id of each former one. Where both fitted, the older match stays.
    """
    by_key = {(match.search_id, match.dossier_id): match for match in known}
    written: dict[tuple[str, str], Match] = {}
    former = [match for match in by_key.values() if match.dossier_id in present]
    for match in sorted(former, key=lambda one: (one.first_matched, one.dossier_id)):
        key = (match.search_id, present[match.dossier_id])
        moved, other = replace(match, dossier_id=key[1]), written.get(key) or by_key.get(key)
        written[key] = _older(moved, other) if other else moved
    return list(written.values()), former


def _older(left: Match, right: Match) -> Match:
    """Of two matches that are one: what still fits before what fitted, then the older."""
    return min(left, right, key=lambda one: (one.gone_at is not None, one.first_matched, one.why))
