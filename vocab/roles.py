"""What a person who signs in may do."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """Observers write notes, coordinators plan the week, lawyers review findings, editors approve posts."""

    OBSERVER = "observer"
    COORDINATOR = "coordinator"
    LAWYER = "lawyer"
    EDITOR = "editor"
    RESEARCHER = "researcher"
    ADMIN = "admin"


NEED_SECOND_FACTOR = frozenset({Role.LAWYER, Role.EDITOR, Role.ADMIN})
"""Whoever makes an accusation public, sends a post or gives others their rights signs in with more than a password."""


def needs_second_factor(held: Collection[Role]) -> bool:
    """True where one of the roles asks for it."""
    return not NEED_SECOND_FACTOR.isdisjoint(held)


def may(held: Collection[Role], wanted: Collection[Role]) -> bool:
    """True for an admin, for one of the wanted roles, and where none is wanted."""
    return not wanted or Role.ADMIN in held or not set(wanted).isdisjoint(held)
