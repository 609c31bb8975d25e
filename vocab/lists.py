"""The lists of the site and the filters that each knows: what stands behind the `?` of a list, and what people follow.

A filter's value is a text, as in an address. How a filter becomes a condition on rows: `db.list_conditions`.
"""

from collections.abc import Mapping
from enum import StrEnum

from vocab.ids import digest
from vocab.text import fold_space

Filters = Mapping[str, str]


class ListKind(StrEnum):
    """A list, by its place on the site."""

    BILLS = "bills"
    SITTINGS = "sittings"
    PERSONS = "persons"
    FINDINGS = "findings"
    SEARCH = "search"


FILTERS: Mapping[ListKind, tuple[str, ...]] = {
    ListKind.BILLS: (
        *("kind", "initiator", "convocation", "stage", "reading", "topic", "committee", "year", "verdict"),
        "text",
    ),
    ListKind.SITTINGS: ("year", "month", "body", "committee"),
    ListKind.PERSONS: ("text", "convocation", "faction"),
    ListKind.FINDINGS: ("check", "verdict", "year", "month", "committee", "subject"),
    ListKind.SEARCH: ("q", "kind", "topic", "body", "person", "verdict", "since", "until"),
}
"""In the order in which they are told. Each narrows the list: a row is in it that fits all of them."""

_ONLY_WITH = {"month": "year"}
"""A filter that says nothing without another one."""


def canonical(kind: ListKind, said: Mapping[str, object]) -> dict[str, str]:
    """The filters that narrow the list, in their order: known names with a value, as text without idle blanks."""
    known = {name: fold_space(str(said[name])) for name in FILTERS[kind] if said.get(name) is not None}
    return {name: value for name, value in known.items() if value and known.get(_ONLY_WITH.get(name, name))}


def search_id(kind: ListKind, filters: Filters) -> str:
    """The id of a list with these canonical filters: the same question has the same id, whoever asks it and when."""
    return digest("saved search", kind, *(f"{name}={filters[name]}" for name in FILTERS[kind] if name in filters))
