"""Today's `/api/deputies`. Its `surname` is the patronymic, and its language suffixes are mixed up."""

import re
from collections.abc import Callable
from datetime import date

from scrapers.items import DeputyItem
from scrapers.objects import load, read_objects
from scrapers.page import Page, Problem, Reading
from scrapers.strict import Fields
from vocab.bodies import convocation_on
from vocab.text import fold_space, has_kyrgyz_letters

VERSION = "1"

_KYRGYZ = re.compile(r"боюнча|комитети\b|фракциясы|депутаттык|шайлоо|округу\b", re.IGNORECASE)
_QUOTED = re.compile("«[^»]*»")
_ROLES = ("chairman", "firstDeputyChairman", "deputyChairman", "fractionLeader")
_CONTACTS = ("email", "phone")  # never kept: blanked before archiving, ignored here
_IGNORED = ("slug", "imageUrl")


def read(page: Page) -> Reading:
    """A deputy an object. Raises ReadError where the answer is not the list."""
    answer = Fields(load(page.text), "answer")
    rows = answer.pop("content", list)
    total = Fields(answer.pop_or_none("page", dict) or {}, "page").pop_or_none("totalElements", int)
    deputies = read_objects(rows, "deputy", _reader(page.shown_on), unknown=answer.leftovers(), private=True)
    if total is not None and total != len(rows):
        reason = f"{total} deputies are named, {len(rows)} are listed"
        deputies.problems.append(Problem(place="totalElements", reason=reason))
    return Reading(items=tuple(deputies.items), problems=tuple(deputies.problems), notes=deputies.notes(), last=True)


def _reader(shown_on: date) -> Callable[[Fields, list[Problem]], DeputyItem]:
    """What reads one deputy of a list of this day."""
    return lambda fields, problems: _deputy(fields, problems, shown_on)


def _deputy(fields: Fields, problems: list[Problem], shown_on: date) -> DeputyItem:
    """The deputy; where two factions claim the deputy, none and a problem."""
    place = fields.place
    number = fields.pop("id", int)
    parts = [fields.pop("lastName", str), fields.pop("firstName", str), fields.pop_or_none("surname", str)]
    factions = _titles(fields.pop_or_none("factions", list), f"{place}.factions")
    places = [fields.pop_or_none("constituencyRu", str), fields.pop_or_none("constituencyKg", str)]
    sitting = convocation_on(shown_on)
    item = DeputyItem(
        key=f"deputy_api:{number}",
        name=fold_space(" ".join(part for part in parts if part)),
        convocation=sitting.numeral if sitting else None,
        faction=factions[0] if len(factions) == 1 else None,
        shown_on=shown_on,
        source_id=str(number),
        gender=fields.pop_or_none("gender", str),
        committees=_titles(fields.pop_or_none("committees", list), f"{place}.committees"),
        roles=tuple(role for role in _ROLES if fields.pop_or_none(role, bool)),
        constituency=_russian(places),
    )
    fields.ignore(*_CONTACTS, *_IGNORED)
    if len(factions) > 1:
        problems.append(Problem(place=f"{place}.factions", reason="more than one", excerpt="; ".join(factions)))
    return item


def _titles(rows: list[object] | None, place: str) -> tuple[str, ...]:
    found = []
    for row in rows or []:
        fields = Fields(row, place)
        title = _russian([fields.pop_or_none("titleRu", str), fields.pop_or_none("titleKg", str)])
        if title:
            found.append(title)
    return tuple(found)


def _russian(forms: list[str | None]) -> str | None:
    """Of the two language forms the one that is not Kyrgyz, whatever its suffix says."""
    given = [fold_space(form) for form in forms if form and form.strip()]
    return next((form for form in given if not _is_kyrgyz(form)), given[0] if given else None)


def _is_kyrgyz(text: str) -> bool:
    """By its letters, or by the words that names of committees, factions and districts have in Kyrgyz."""
    words = _QUOTED.sub("", text)  # a faction's own name is Kyrgyz in both forms
    return has_kyrgyz_letters(words) or _KYRGYZ.search(words) is not None
