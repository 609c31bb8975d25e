"""The persons whom a text names, in Russian or Kyrgyz, known or not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from nlp.mentions.mention import Mention, MentionKind
from nlp.persons.cases import given_sex
from nlp.persons.choice import ENOUGH, Around, Reading, readings_of
from nlp.persons.context import around, names_a_thing
from nlp.persons.gazetteer import Gazetteer
from nlp.persons.merging import NamedPerson, merged
from nlp.persons.spans import NameSpan, spans_of
from nlp.persons.tokens import Token, mend_alphabet, tokens_of
from vocab.name_forms import spelling_key

SURE_ENOUGH = 0.5
"""From this score on a mention counts as a person in `people_of`."""

_HERE = 2.0  # points of a surname whose bearer the text names in full
_NEARLY = 1.3  # two readings nearer than this are decided by the rest of the text
_MOST_POINTS = 9.0


@dataclass(slots=True)
class _Found:
    span: NameSpan
    readings: list[Reading]

    @property
    def sure(self) -> bool:
        """True when no reading as somebody else is near the first one."""
        return all(_identity(one) == _identity(self.readings[0]) for one in self.near)

    @property
    def near(self) -> list[Reading]:
        """The readings that the first one does not beat clearly, itself among them."""
        return [one for one in self.readings if self.readings[0].points - one.points <= _NEARLY]


def find_persons(text: str, gazetteer: Gazetteer, day: date | None) -> list[Mention]:
    """Every place that names a person, in order.

    `normal` is the name in the nominative, given name or initials before the surname, in the fullest form that the
    text has for that person; `value["known"]` the key of the known person or None. `day` (the text's) tells who was in
    office; None: anybody may be meant.
    """
    text = mend_alphabet(text)
    tokens = tokens_of(text)
    found = _Search(text, tokens, gazetteer, day).found()
    _decide_by_text(found)
    persons = merged([one.readings[0] for one in found])
    return [_mention(text, tokens, one, person) for one, person in zip(found, persons, strict=True)]


def people_of(mentions: Iterable[Mention]) -> list[str]:
    """The names of the persons, each once, in order of appearance; unsure ones are left out."""
    persons = (one for one in mentions if one.kind is MentionKind.PERSON and one.score >= SURE_ENOUGH)
    return list(dict.fromkeys(one.normal for one in persons))


@dataclass(slots=True)
class _Search:
    """One text; the same words in the same surroundings are judged once."""

    text: str
    tokens: Sequence[Token]
    gazetteer: Gazetteer
    day: date | None
    judged: dict[tuple[tuple[str, ...], Around], list[Reading]] = field(default_factory=dict)

    def found(self) -> list[_Found]:
        """The names with enough points; a surname alone also where the text names its bearer in full."""
        found: list[_Found] = []
        doubtful: list[_Found] = []
        before: tuple[NameSpan, str] | None = None
        for span in spans_of(self.text, self.tokens):
            beside = around(self.text, self.tokens, span, before)
            readings = self._judge(span, beside)
            one = _Found(span, readings)
            if not readings or names_a_thing(self.text, self.tokens, span, _likely_cases(one), beside.cases):
                continue
            if readings[0].points >= ENOUGH:
                found.append(one)
                before = span, _still_possible(readings[0].cases, beside.cases)
            elif span.style == "alone":
                doubtful.append(one)
        return sorted([*found, *_named_in_full(found, doubtful)], key=lambda one: one.span.first)

    def _judge(self, span: NameSpan, beside: Around) -> list[Reading]:
        key = span.words, beside
        if key not in self.judged:
            self.judged[key] = readings_of(span, beside, self.gazetteer, self.day)
        return self.judged[key]


def _named_in_full(found: Sequence[_Found], doubtful: Sequence[_Found]) -> Iterator[_Found]:
    """The lone surnames whose bearers the text names in full."""
    here = {spelling_key(one.readings[0].surname) for one in found if one.readings[0].given}
    for one in doubtful:
        readings = [
            replace(reading, points=reading.points + _HERE)
            for reading in one.readings
            if spelling_key(reading.surname) in here
        ]
        if readings and readings[0].points >= ENOUGH:
            yield _Found(one.span, readings)


def _likely_cases(one: _Found) -> str:
    """The cases of a name; those of all near readings where the first one has a given name that nobody bears."""
    first = one.readings[0] if one.readings else None
    if first is None or not first.given or given_sex(first.given.partition(" ")[0]):
        return first.cases if first else ""
    return "".join(reading.cases for reading in one.near)


def _still_possible(cases: str, asked: str) -> str:
    """The cases of a name that the words before it allow: what follows it in a list stands in one of them."""
    return "".join(letter for letter in cases if letter in asked) or cases


def _decide_by_text(found: Sequence[_Found]) -> None:
    """«Камила Талиева»: a woman, or a man in the genitive? The one whom the text names plainly elsewhere."""
    plain = {_identity(one.readings[0]) for one in found if one.sure}
    surnames = {surname for surname, _ in plain}
    for one in found:
        if one.sure:
            continue
        chosen = [two for two in one.near if _identity(two) in plain] or [
            two for two in one.near if not two.given and spelling_key(two.surname) in surnames
        ]
        if chosen:
            one.readings = chosen[:1]


def _identity(reading: Reading) -> tuple[str, str]:
    return spelling_key(reading.surname), spelling_key(reading.given)


def _mention(text: str, tokens: Sequence[Token], one: _Found, person: NamedPerson) -> Mention:
    start, end = tokens[one.span.first].start, tokens[one.span.last - 1].end
    end += one.span.style == "surname_initials" and text.startswith(".", end)
    reading = one.readings[0]
    return Mention(
        kind=MentionKind.PERSON,
        start=start,
        end=end,
        written=text[start:end],
        normal=person.normal,
        value={"known": person.key},
        score=_score(reading),
        method="gazetteer" if reading.person else f"pattern:{one.span.style}",
    )


def _score(reading: Reading) -> float:
    """0.5–1: from just enough points to many."""
    share = (min(reading.points, _MOST_POINTS) - ENOUGH) / (_MOST_POINTS - ENOUGH)
    return round(0.5 + 0.5 * max(share, 0.0), 2)
