"""Persons who are known by name: deputies and officials, found by any spelling of the surname."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from nlp.lexicon import lexicon
from vocab.errors import ReadError
from vocab.ids import person_id
from vocab.name_forms import patronymic_key, spelling_key
from vocab.names import PersonName

_SHORTEST = 5  # shorter given names differ in one letter too easily («Азат», «Азиз»)
_VARIANTS = (("ов", "ев"), ("ова", "ева"), ("ев", "ов"), ("ева", "ова"))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person as a list names them: `name` with the surname first or as in a record, a key, the days of office.

    `since` or `until` None: not known. One key may come several times, with other spellings or other days.
    """

    key: str
    name: str
    since: date | None = None
    until: date | None = None

    def in_office(self, day: date | None) -> bool:
        """True when nothing says that the person held no office on `day`; always without a day."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class _Entry:
    person: KnownPerson
    given: str
    patronymic: str
    surname: str


class Gazetteer:
    """Known persons by surname. `officials`: with the heads of state and parliament of the lexicon.

    Names that are none are left out. Building takes about 20 µs a name, looking up about 2 µs.
    """

    def __init__(self, persons: Iterable[KnownPerson] = (), *, officials: bool = True) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        for person in persons:
            self._add(person)
        for person in officials_known() if officials else ():
            self._add(person)

    def __len__(self) -> int:
        """How many persons it knows."""
        return len({entry.person.key for entries in self._entries.values() for entry in entries})

    def knows_surname(self, surname: str, day: date | None) -> bool:
        """True when somebody of this surname (nominative) was in office on `day`."""
        return any(entry.person.in_office(day) for entry in self._entries.get(spelling_key(surname), ()))

    def find(
        self, surname: str, given: str | None = None, initials: Sequence[str] = (), day: date | None = None
    ) -> KnownPerson | None:
        """The one person whom a name in the nominative can mean, those in office on `day` first; None for none or two.

        With a given name in full a slip of one letter is forgiven («Мурадыл», «Мурадил»), and -ов for -ев.
        """
        entries = self._entries.get(spelling_key(surname), [])
        if given is None:
            letters = [spelling_key(one) for one in initials]
            return _only([one for one in entries if _fits_initials(one, letters)], day, former=bool(letters))
        key = spelling_key(given)
        exact = [one for one in entries if one.given == key]
        near = [one for one in (*entries, *self._varied(surname)) if _near(one.given, key)]
        return _only(exact, day, former=True) or _only(near, day, former=True)

    def _varied(self, surname: str) -> Iterable[_Entry]:
        for ending, other in _VARIANTS:
            if surname.endswith(ending):
                yield from self._entries.get(spelling_key(surname.removesuffix(ending) + other), ())

    def _add(self, person: KnownPerson) -> None:
        try:
            name = PersonName.parse(person.name, "nominative")
        except ReadError:
            return
        entry = _Entry(
            person,
            spelling_key(name.given or "".join(name.initials[:1])),
            patronymic_key(name.patronymic or "".join(name.initials[1:])),
            name.surname,
        )
        self._entries.setdefault(name.match_key, []).append(entry)


@cache
def officials_known() -> tuple[KnownPerson, ...]:
    """Presidents, speakers and heads of the cabinet by their days of office: `lexicon/officials.yml`."""
    return tuple(
        KnownPerson(
            key=person_id(PersonName.parse(row["name"], "nominative")),
            name=row["name"],
            since=row.get("since"),
            until=row.get("until"),
        )
        for row in lexicon("officials")["officials"]
    )


def _only(entries: Sequence[_Entry], day: date | None, *, former: bool) -> KnownPerson | None:
    """The only person among the entries in office on `day`, else, where `former`, among all."""
    for among in (
        [one.person for one in entries if one.person.in_office(day)],
        [one.person for one in entries] if former else [],
    ):
        if len({one.key for one in among}) == 1:
            return among[0]
        if among:
            return None
    return None


def _fits_initials(entry: _Entry, letters: Sequence[str]) -> bool:
    parts = (entry.given, entry.patronymic)
    return all(
        not part or part.startswith(letter) or letter.startswith(part) or f"д{part}".startswith(letter)
        for part, letter in zip(parts, letters, strict=False)
    )


def _near(one: str, other: str) -> bool:
    """Equal, or one letter apart in a name that is long enough, or one the beginning of the other («Нурлан(бек)»)."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST:
        return False
    if long.startswith(short) and long.endswith("бек"):
        return True
    same = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = short[same + 1 :] if len(short) == len(long) else short[same:]
    return len(long) - len(short) <= 1 and rest == long[same + 1 :]
