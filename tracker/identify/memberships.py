"""Memberships that lists of deputies show. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from tracker.identify.resolver import Stretch
from tracker.identify.rosters import Assigned, ListRow
from vocab.bodies import faction_key, faction_name, is_faction


def stretches(rows: Sequence[ListRow], persons: Mapping[str, Assigned]) -> list[tuple[str, Stretch]]:
    """The memberships that the lists show, each with its convocation.

    A stretch ends where a list of the convocation does not show the person, or shows another faction. Where
    two lists of one day disagree the one with the later key counts.
    """
    days: dict[str, list[date]] = {}
    shown: dict[tuple[str, str], dict[date, str | None]] = {}
    for convocation, group in groupby(sorted(rows, key=lambda row: (row.convocation, row.key)), _convocation):
        members = list(group)
        days[convocation] = sorted({day for row in members for day in (row.first, row.last)})
        for row in members:
            if identity := persons[row.key].person_id:
                seen = shown.setdefault((identity, convocation), {})
                for day in _between(days[convocation], row):
                    seen[day] = row.faction
    found = [
        (convocation, stretch)
        for (identity, convocation), seen in shown.items()
        for stretch in _runs(identity, days[convocation], seen)
    ]
    return sorted(found, key=lambda one: (one[1].person_id, one[0], one[1].first))


def _convocation(row: ListRow) -> str:
    return row.convocation


def _between(days: Sequence[date], row: ListRow) -> Sequence[date]:
    return days[bisect_left(days, row.first) : bisect_right(days, row.last)]


def _runs(identity: str, days: Sequence[date], seen: Mapping[date, str | None]) -> list[Stretch]:
    """Stretches of neighbouring list days that show the person in one faction."""
    found = []
    for (is_shown, key), run in groupby(days, lambda day: (day in seen, _key(seen.get(day)))):
        shown = list(run)
        if is_shown:
            written = seen[shown[0]]
            faction = faction_name(written) if key and written else None
            found.append(Stretch(identity, shown[0], shown[-1], faction))
    return found


def _key(written: str | None) -> str | None:
    return faction_key(written) if written and is_faction(written) else None
