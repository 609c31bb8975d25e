"""Everybody and everything that a text names, but for acts (`nlp.acts.finding`)."""

import re
from collections.abc import Iterator
from datetime import date

from nlp.mentions.bodies import find_bodies
from nlp.mentions.mention import Mention, MentionKind
from nlp.mentions.votes import find_votes
from nlp.persons.finding import find_persons
from nlp.persons.gazetteer import Gazetteer
from vocab.dates import find_days
from vocab.numbers import BillNumber, ResolutionNumber

_DIGIT = re.compile(r"\d")


def find_mentions(text: str, gazetteer: Gazetteer, day: date | None) -> list[Mention]:
    """Persons, committees, factions, numbers of bills and resolutions, days and votes of a text, in order of place.

    `text` is the title, a line feed and the body; `day` the day of publication: who was in office on it, and near
    which day a date without a year lies.
    """
    found = [*find_persons(text, gazetteer, day), *find_bodies(text, day), *find_votes(text)]
    if _DIGIT.search(text):  # most titles have none
        found += [*_bill_numbers(text), *_resolutions(text), *_days(text, day)]
    return sorted(found, key=lambda one: (one.start, one.end, one.kind))


def _bill_numbers(text: str) -> Iterator[Mention]:
    for start, end, number in BillNumber.find_places(text):
        yield Mention(
            kind=MentionKind.BILL_NUMBER,
            start=start,
            end=end,
            written=text[start:end],
            normal=str(number),
            score=1.0,
            method="pattern:bill_number",
        )


def _resolutions(text: str) -> Iterator[Mention]:
    for start, end, resolution in ResolutionNumber.find_places(text):
        yield Mention(
            kind=MentionKind.RESOLUTION,
            start=start,
            end=end,
            written=text[start:end],
            normal=f"№ {resolution.number} от {resolution.day:%d.%m.%Y}",
            value={"number": resolution.number, "day": resolution.day.isoformat()},
            score=1.0,
            method="pattern:resolution",
        )


def _days(text: str, near: date | None) -> Iterator[Mention]:
    for found in find_days(text, near):
        if found.day is not None:
            written = text[found.start : found.end]
            yield Mention(
                kind=MentionKind.DAY,
                start=found.start,
                end=found.end,
                written=written,
                normal=found.day.isoformat(),
                score=0.8 if found.note else 1.0 if str(found.day.year) in written else 0.9,
                method="pattern:day",
            )
