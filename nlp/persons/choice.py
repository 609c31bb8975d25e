"""Is it a person, and in which case does the name stand? What is known and what stands around decide.

Every reading of a name gets points: for words that are names, for a known person, for a post before it, for a verb of
saying behind it, for agreeing in case with the post. The best reading wins; too few points are no person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from nlp.persons.cases import CASES, FORMED, STRONG, NameReading, surname_readings
from nlp.persons.gazetteer import Gazetteer, KnownPerson
from nlp.persons.spans import NameSpan
from nlp.persons.tokens import Role, Token
from vocab.name_forms import child_of
from vocab.text import fold_space

ENOUGH = 2.5
_ADJECTIVE = ("ский", "ского", "скому", "ским", "ском", "ская", "ской", "скую", "ских", "цкий", "цкого", "цкой")
_KNOWN, _KNOWN_FORMER, _KNOWN_SURNAME = 4.0, 3.0, 2.0
_AGREES, _AS_WRITTEN, _SLIP, _PLAIN, _DECLINED = 0.6, 0.3, 1.0, 0.4, 0.8


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a name: `cases` that the words before it ask for («депутатом» i; "" for any)."""

    post: bool = False
    post_near: bool = False
    post_beside: bool = False
    saying: bool = False
    listed: bool = False
    place: bool = False
    place_follows: bool = False
    opens_sentence: bool = False
    cases: str = ""

    @property
    def points(self) -> float:
        """How much it speaks for a person."""
        points = 1.0 if self.post else 0.0
        points += 0.5 * self.post_near + 0.5 * self.post_beside + 1.0 * self.saying + 1.0 * self.listed
        return points - 2.0 * self.place - 2.0 * self.place_follows


@dataclass(frozen=True, slots=True)
class Reading:
    """A name in the nominative in one reading, its points and the cases in which it stands."""

    surname: str
    given: str = ""
    patronymic: str = ""
    initials: str = ""
    cases: str = CASES
    points: float = 0.0
    person: KnownPerson | None = None
    evidence: float = 0.0
    """Points that do not come from the known persons."""


def readings_of(span: NameSpan, around: Around, gazetteer: Gazetteer, day: date | None) -> list[Reading]:
    """The readings of a name, the best first; below ENOUGH points it is hardly a person."""
    if span.style in ("full", "surname_first"):
        found = list(_full_readings(span, around, gazetteer, day))
    else:
        found = list(_surname_readings(span, around, gazetteer, day))
    return sorted(found, key=lambda one: -one.points)


def _full_readings(span: NameSpan, around: Around, gazetteer: Gazetteer, day: date | None) -> Iterator[Reading]:
    surnames = surname_readings(span.surname) if not _prefixed(span) else _prefixed_readings(span)
    patronymic = span.patronymic.word.patronymic if span.patronymic else None
    base = around.points + _form_points(span)
    for given in _given_combined(span.given):
        for surname in surnames:
            cases = _agreement(given, surname, patronymic)
            if cases:
                yield _full_reading(span, (given, surname, cases), base, around, (gazetteer, day))
    for given, surname in _slips(span, surnames):
        parts = (given, surname, surname.cases)
        yield _full_reading(span, parts, base - _SLIP, around, (gazetteer, day))


def _slips(span: NameSpan, surnames: Sequence[NameReading]) -> Iterator[tuple[NameReading, NameReading]]:
    """Readings where one half was left in the nominative: «с министром Данияр Амангельдиевым», «Чынгыза Айтматов»."""
    best = [max(one.word.given, key=lambda reading: reading.weight, default=None) for one in span.given]
    given = [one for one in best if one is not None]
    if len(given) != len(span.given):
        return
    cases = "".join(letter for letter in CASES if all(letter in one.cases for one in given))
    joined = NameReading(
        " ".join(one.nominative for one in given), cases, given[0].sex, max(one.weight for one in given)
    )
    for surname in surnames:
        plain = "n" in cases or ("n" in surname.cases and surname.weight >= STRONG)
        if plain and not surname.kyrgyz and set(joined.sex) & set(surname.sex):
            yield joined, surname


def _full_reading(
    span: NameSpan,
    parts: tuple[NameReading, NameReading, str],
    base: float,
    around: Around,
    known: tuple[Gazetteer, date | None],
) -> Reading:
    given, surname, cases = parts
    gazetteer, day = known
    first = given.nominative.partition(" ")[0]
    person = gazetteer.find(surname.nominative, given.nominative, day=day)
    evidence = base + given.weight + surname.weight + _case_points(cases, around, kyrgyz=surname.kyrgyz)
    evidence += _AS_WRITTEN * (surname.nominative == span.surname and first == span.given[0].text)
    if cases == surname.cases == "i" and "i" in around.cases:
        evidence += _DECLINED if given.cases == "i" else _DECLINED / 2  # «послом Йорге Паскалем»
    points = evidence + (0.0 if person is None else _KNOWN if person.in_office(day) else _KNOWN_FORMER)
    patronymic = (
        span.patronymic.word.patronymic.nominative if span.patronymic and span.patronymic.word.patronymic else ""
    )
    return Reading(
        surname.nominative,
        given.nominative,
        patronymic or _child(span.child_patronymic),
        span.initials,
        cases,
        points,
        person,
        evidence,
    )


def _form_points(span: NameSpan) -> float:
    """What the words themselves say, whichever their case."""
    points = 1.5 if span.patronymic or span.child_patronymic or span.initials else 0.0
    head = span.head.word
    points -= 2.0 * (head.geo and head.surname_weight < STRONG) + 1.0 * (span.given[0].word.geo)
    if head.role is Role.STOP or (head.known and head.surname_weight < STRONG):
        points -= 2.0
    if span.given[0].word.given_weight < FORMED and _adjective(span):
        points -= 2.0
    return points


def _adjective(span: NameSpan) -> bool:
    """«Чуйской», «Ноокенского»: an adjective of a place rather than a surname."""
    return span.surname.endswith(_ADJECTIVE)


def _given_combined(given: Sequence[Token]) -> Iterator[NameReading]:
    """The readings of one or more given names that agree with each other («Аруном Кумаром»)."""
    if len(given) == 1:
        yield from given[0].word.given
        return
    for parts in product(*(one.word.given for one in given)):
        cases = "".join(letter for letter in CASES if all(letter in one.cases for one in parts))
        if cases and not any(one.kyrgyz for one in parts):
            declined = sum(one.cases != CASES for one in parts) / len(parts)  # rather «Арун Кумар» than «Арун Кумаром»
            weight = sum(one.weight for one in parts) / len(parts) + declined
            yield NameReading(" ".join(one.nominative for one in parts), cases, "mf", weight)


def _agreement(given: NameReading, surname: NameReading, patronymic: NameReading | None) -> str:
    """The cases in which the parts agree; "" where they do not."""
    if surname.kyrgyz:  # only the last word of a name is declined
        written = given.cases if not given.kyrgyz else ""
        return surname.cases if "n" in written and surname.weight + given.weight >= STRONG else ""
    if given.kyrgyz:
        return ""
    if not set(given.sex) & set(surname.sex):
        return ""
    cases = [letter for letter in CASES if letter in given.cases and letter in surname.cases]
    if patronymic is not None:
        if not set(patronymic.sex) & set(surname.sex) & set(given.sex):
            return ""
        cases = [letter for letter in cases if letter in patronymic.cases]
    return "".join(cases)


def _case_points(cases: str, around: Around, *, kyrgyz: bool) -> float:
    if kyrgyz:  # its posts are not declined with the name
        return _PLAIN
    if not around.cases:
        return _PLAIN * ("n" in cases)
    agreed = set(cases) & set(around.cases)
    return (_AGREES if agreed else -_AGREES) + _PLAIN * ("n" in agreed)


def _prefixed(span: NameSpan) -> bool:
    """True for «фон дер Ляйен»."""
    return " " in span.surname and not child_of(span.surname.rpartition(" ")[2])


def _prefixed_readings(span: NameSpan) -> list[NameReading]:
    before = span.surname.removesuffix(span.head.text)
    return [
        NameReading(before + one.nominative, one.cases, one.sex, one.weight)
        for one in surname_readings(span.head.text)
        if not one.kyrgyz
    ]


def _surname_readings(span: NameSpan, around: Around, gazetteer: Gazetteer, day: date | None) -> Iterator[Reading]:
    """Readings of a surname with initials, or of one that stands alone."""
    letters = [one.strip() for one in span.initials.split(".") if one.strip()]
    head = span.head.word
    base = around.points + (2.5 if letters else 0.0) - (1.0 if head.geo else 0.0)
    if not letters and head.given_weight >= STRONG and head.surname_weight < STRONG and " " not in span.surname:
        base -= 2.0  # a given name alone tells nobody
    if not letters and head.surname_weight <= 0.0 and " " not in span.surname:
        base -= 1.0
    base -= 3.0 if head.known and not letters else 0.0
    base -= 1.5 if not letters and (_adjective(span) or "-" in span.surname) else 0.0
    for surname in surname_readings(span.surname):
        if surname.kyrgyz and surname.weight < STRONG and not gazetteer.knows_surname(surname.nominative, day):
            continue
        person = gazetteer.find(surname.nominative, None, letters, day)
        evidence = (
            base
            + surname.weight * (1.0 if letters else 0.6)
            + _case_points(surname.cases, around, kyrgyz=surname.kyrgyz)
        )
        evidence += _AS_WRITTEN * (surname.nominative == fold_space(span.surname))
        points = evidence + (_KNOWN_SURNAME if person else 0.0)
        yield Reading(
            surname.nominative, initials=span.initials, cases=surname.cases, points=points, person=person,
            evidence=evidence,
        )  # fmt: skip


def _child(written: str) -> str:
    """«Юсуп уулунун» → «Юсуп уулу»."""
    father, _, child = written.partition(" ")
    return f"{father} {child_of(child)}" if child else ""
