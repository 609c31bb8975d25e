"""Which rows of lists of deputies are one person. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, count, groupby

from tracker.identify.resolver import SLIP_SCORE, read_name
from vocab.ids import person_id
from vocab.name_slips import likely_slip
from vocab.names import PersonName
from vocab.text import fold_space


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A deputy on lists of one source, shown from `first` to `last` with the same content.

    `roll` names the list that the row stands on: two rows of one roll are two persons.
    """

    key: str
    roll: str
    name: str
    convocation: str
    faction: str | None
    first: date
    last: date
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A person as known so far: spellings of the name, and the convocations of their memberships."""

    names: tuple[str, ...]
    convocations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Assigned:
    """The person of a row, None where two fit or the text is no name."""

    person_id: str | None
    method: str
    score: float = 1.0
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spelling:
    """The rows of one convocation that write a name in one way; `rolls` are the lists they stand on."""

    text: str
    name: PersonName
    convocation: str
    rows: tuple[ListRow, ...]

    @property
    def rolls(self) -> frozenset[str]:
        return frozenset(row.roll for row in self.rows)


class Rosters:
    """Persons behind the rows of lists.

    `known` are the persons met before, `linked` the rows whose person is settled: by an earlier run or by a
    person's decision. New persons get their public id from the spelling that most rows have.
    """

    def __init__(self, known: Mapping[str, Known], linked: Mapping[str, Assigned]) -> None:
        self._linked = dict(linked)
        self._names: dict[str, list[PersonName]] = {}
        self._by_key: dict[str, set[str]] = {}
        self._convocations: dict[str, set[str]] = {}
        self._rolls: dict[str, set[str]] = {}
        for identity, person in known.items():
            self._convocations[identity] = set(person.convocations)
            for written in person.names:
                self._name(identity, written)

    def assign(self, rows: Sequence[ListRow]) -> dict[str, Assigned]:
        """The person of each row, by the row's key. All rows of a convocation must come together."""
        found: dict[str, Assigned] = {row.key: Assigned(None, "unknown", 0.0) for row in rows}
        for row in rows:
            if row.key in self._linked:
                self._note(self._linked[row.key].person_id, row)
        for spelling in _spellings(rows):
            assigned = self._settled(spelling) or self._match(spelling)
            for row in spelling.rows:
                found[row.key] = self._linked.setdefault(row.key, assigned)
                self._note(found[row.key].person_id, row)
        return found

    def _note(self, identity: str | None, row: ListRow) -> None:
        if identity is None:
            return
        self._name(identity, fold_space(row.name))
        self._convocations.setdefault(identity, set()).add(row.convocation)
        self._rolls.setdefault(identity, set()).add(row.roll)

    def _name(self, identity: str, written: str) -> None:
        names, name = self._names.setdefault(identity, []), read_name(written, "nominative")
        if name and name not in names:
            names.append(name)
            for key in name.match_keys():
                self._by_key.setdefault(key, set()).add(identity)

    def _settled(self, spelling: _Spelling) -> Assigned | None:
        """The person whom an earlier run gave the same spelling in the same convocation."""
        settled = {one.person_id: one for row in spelling.rows if (one := self._linked.get(row.key))}
        free = [one for identity, one in settled.items() if identity and self._is_free(identity, spelling)]
        return free[0] if len(free) == 1 else None

    def _is_free(self, identity: str, spelling: _Spelling) -> bool:
        """False when another row of the same list already is this person."""
        linked = ((row.roll, self._linked.get(row.key)) for row in spelling.rows)
        own = {roll for roll, assigned in linked if assigned and assigned.person_id == identity}
        return not (self._rolls.get(identity, set()) & (spelling.rolls - own))

    def _match(self, spelling: _Spelling) -> Assigned:
        alike = {one for key in spelling.name.match_keys() for one in self._by_key.get(key, ())}
        fitting = [one for one in sorted(alike) if self._fits(one, spelling) and self._is_free(one, spelling)]
        if len(fitting) == 1:
            return Assigned(fitting[0], "name")
        if fitting:
            return Assigned(None, "ambiguous", 0.0, tuple(fitting))
        near = [one for one in sorted(self._names) if self._is_near(one, spelling)]
        slips = [one for one in near if self._slipped(one, spelling) and self._is_free(one, spelling)]
        if len(slips) == 1:
            return Assigned(slips[0], "slip", SLIP_SCORE, tuple(slips))
        return Assigned(self._new_id(spelling), "name")

    def _fits(self, identity: str, spelling: _Spelling) -> bool:
        """Compatible names; across convocations only names whose every part agrees."""
        names = self._names[identity]
        if self._is_near(identity, spelling):
            return any(spelling.name.compatible(name) for name in names)
        whole = [name for name in names if _is_whole(name) and _is_whole(spelling.name)]
        return any(spelling.name.compatible(name) for name in whole)

    def _slipped(self, identity: str, spelling: _Spelling) -> bool:
        return any(likely_slip(spelling.name, name) for name in self._names[identity])

    def _is_near(self, identity: str, spelling: _Spelling) -> bool:
        return spelling.convocation in self._convocations[identity]

    def _new_id(self, spelling: _Spelling) -> str:
        second = person_id(spelling.name, spelling.convocation)
        ids = chain([person_id(spelling.name), second], (f"{second}-{number}" for number in count(2)))
        return next(one for one in ids if one not in self._names)


def _is_whole(name: PersonName) -> bool:
    """True when the name has all parts: «Исаев Канат» could be two men of two convocations."""
    return bool(name.given and (name.patronymic or " " in name.surname))


def _spellings(rows: Iterable[ListRow]) -> list[_Spelling]:
    """Rows by their wording of the name, the fullest and most frequent first; no two of one list together."""
    groups: dict[tuple[str, str, int], list[ListRow]] = {}
    for (_, text, _), same in groupby(sorted(rows, key=_place), key=_place):
        for number, row in enumerate(same):
            groups.setdefault((row.convocation, text, number), []).append(row)
    found = []
    for (convocation, text, _), members in groups.items():
        name = read_name(text, "nominative")
        if name:
            found.append(_Spelling(text, name, convocation, tuple(members)))
    return sorted(found, key=_rank)


def _place(row: ListRow) -> tuple[str, str, str]:
    return row.roll, fold_space(row.name), row.convocation


def _rank(spelling: _Spelling) -> tuple[int, int, date, str, str]:
    name = spelling.name
    parts = bool(name.given) + bool(name.patronymic or " " in name.surname)
    first = min(row.first for row in spelling.rows)
    return -parts, -len(spelling.rows), first, spelling.text, spelling.rows[0].key
