"""Sittings that became other sittings: an agenda that changed its day, two that turned out to be one. Pure."""

from collections.abc import Collection, Mapping


def follow(moves: Mapping[str, str], sitting: str) -> str:
    """Where a sitting is now, over any number of moves; a circle ends where it began."""
    seen = {sitting}
    while (after := moves.get(sitting)) is not None and after not in seen:
        seen.add(after)
        sitting = after
    return sitting


def former(moves: Mapping[str, str], sittings: Collection[str]) -> dict[str, str]:
    """Every id whose notes and duties belong to one of these sittings now, with that sitting; their own ids too."""
    wanted = set(sittings)
    every = {one: follow(moves, one) for one in wanted | moves.keys()}
    return {one: now for one, now in every.items() if now in wanted}
