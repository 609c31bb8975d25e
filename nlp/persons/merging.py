"""The names of one text as persons: who is named twice, and in which form the name is fullest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nlp.persons.choice import Reading
from vocab.name_forms import spelling_key

_MOST_OF_ONE_KEY = 50  # persons of one surname in one text that are compared


@dataclass(slots=True)
class NamedPerson:
    """Somebody whom a text names: the readings of all the places, the fullest of them."""

    readings: list[Reading] = field(default_factory=list)

    @property
    def fullest(self) -> Reading:
        """The first of the readings that say most."""
        return max(self.readings, key=_fullness)

    @property
    def normal(self) -> str:
        """The name in the nominative: given name or initials, surname."""
        return display(self.fullest)

    @property
    def key(self) -> str | None:
        """The key of the known person, where all places that know one agree."""
        keys = {one.person.key for one in self.readings if one.person}
        return keys.pop() if len(keys) == 1 else None


def display(reading: Reading) -> str:
    """«Нурланбек Шакиев», «Д.Д. Бекешев», «З.Бакирова», «Иван Петрович Куцевляк»."""
    if reading.given:
        parts = [reading.given, reading.initials.strip(), reading.patronymic, reading.surname]
        return " ".join(filter(None, parts))
    return reading.initials + reading.surname


def merged(readings: Sequence[Reading]) -> list[NamedPerson]:
    """For each reading the person, one object for all places that name the same one."""
    by_name: dict[tuple[str, ...], NamedPerson] = {}
    by_key: dict[str, list[NamedPerson]] = {}
    for reading in sorted(readings, key=lambda one: _fullness(one)[0], reverse=True):
        name = _name(reading)
        person = by_name.get(name)
        if person is None:
            keys = _keys(reading)
            among = (one for key in keys for one in by_key.get(key, ())[:_MOST_OF_ONE_KEY])
            person = _same(reading, among) or NamedPerson()
            for key in keys:
                by_key.setdefault(key, []).append(person)
            by_name[name] = person
            person.readings.append(reading)
    return [by_name[_name(reading)] for reading in readings]


def _name(reading: Reading) -> tuple[str, ...]:
    known = reading.person.key if reading.person else ""
    return reading.surname, reading.given, reading.patronymic, reading.initials, known


def _same(reading: Reading, among: Iterable[NamedPerson]) -> NamedPerson | None:
    return next((person for person in among if all(_agree(reading, one) for one in person.readings)), None)


def _keys(reading: Reading) -> tuple[str, ...]:
    surname = spelling_key(reading.surname)
    return (surname,) if reading.person is None else (surname, f"known {reading.person.key}")


def _agree(one: Reading, other: Reading) -> bool:
    if one.given and other.given:
        same = spelling_key(one.given) == spelling_key(other.given)
        known = one.person is not None and other.person is not None and one.person.key == other.person.key
        return same or known
    first, second = _letters(one), _letters(other)
    return all(
        left.startswith(right) or right.startswith(left) or f"д{left}".startswith(right) or f"д{right}".startswith(left)
        for left, right in zip(first, second, strict=False)
    )


def _letters(reading: Reading) -> list[str]:
    """The initials that a name tells: of «Дастан» and «Д.Д.»."""
    if reading.given:
        return [spelling_key(part)[:2] for part in (reading.given, reading.patronymic) if part]
    return [spelling_key(one.strip()) for one in reading.initials.split(".") if one.strip()]


def _fullness(reading: Reading) -> tuple[int, float]:
    """How much of a name is told; where equal, how sure it is that it was read right."""
    if reading.given:
        return 4 + bool(reading.patronymic), reading.points
    return len(_letters(reading)), reading.points
