"""What records say of drafts, as mentions that can be compared. Pure: rows in, mentions out.

The title counts together with the acts that it amends and does not name: «О внесении изменений в некоторые
законодательные акты» is a name that dozens of drafts share.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Self

from nlp.drafts.draft import DEPUTIES, GOVERNMENT, NUMBERED, Draft
from nlp.drafts.title_form import TitleForm, read_title
from vocab.agenda_item import AgendaItemText, read_agenda_item
from vocab.errors import ReadError
from vocab.ids import bill_number_key, resolution_key
from vocab.names import PersonName, split_names
from vocab.numbers import ActRef, BillNumber, ResolutionNumber
from vocab.text import fold, has_kyrgyz_letters, title_key

Fields = Mapping[str, Any]

EVENT = "event:"
"""How the place of a press event begins: «event:0» is the first one of a release."""

_DRAFTS = frozenset({"law", "constitutional_law", "code", "ratification", "resolution"})
_GOVERNMENT = re.compile(r"кабинет|правительств|министр|өкмөт")
_LAW = re.compile("закон|кодекс|мыйзам")
_RUSSIAN = re.compile(r"^\W*об?\s", re.IGNORECASE)
_LONGEST = 4000  # letters of a title with its acts that are read at all
_MOST_AT_HAND = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place of a record that names a draft, and what it says of it; all values are JSON-able but the day."""

    record_type: str
    record_key: str
    place: str = ""
    day: date | None
    title: str
    kind: str | None = None
    number: str | None = None
    resolutions: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    initiators: tuple[str, ...] = ()
    brought_by: str | None = None
    readings: tuple[int, ...] = ()
    sitting: str | None = None
    submitted: str | None = None
    adopted: bool = False

    @property
    def side(self) -> tuple[str, str, str]:
        """Record type, key and place."""
        return self.record_type, self.record_key, self.place

    def said(self) -> dict[str, Any]:
        """What it says, as JSON; `from_said` gives it back."""
        names = [name for name in self.__slots__ if name not in ("record_type", "record_key", "place", "day")]
        values = {name: getattr(self, name) for name in names}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value not in (None, (), False)
        }

    @classmethod
    def from_said(cls, side: tuple[str, str, str], day: date | None, said: Fields) -> Self:
        """A mention as it was kept."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }
        return cls(record_type=side[0], record_key=side[1], place=side[2], day=day, **values)

    def draft(self) -> Draft:
        """The mention as it is compared."""
        return Draft(
            key="\n".join(self.side),
            title=_title_form(self.title, self.day),
            day=self.day,
            kind=self.kind,
            number=self.number,
            resolutions=frozenset(self.resolutions),
            acts=frozenset(self.acts),
            initiators=frozenset(self.initiators),
            brought_by=self.brought_by,
            readings=frozenset(self.readings),
            sitting=self.sitting,
            submitted=date.fromisoformat(self.submitted) if self.submitted else None,
            adopted=self.adopted,
            kyrgyz=_is_kyrgyz(self.title),
        )


def entry_mention(key: str, columns: Fields, fields: Fields) -> Mention | None:
    """The draft that a line of an agenda or vote list names; None for a line that is about no draft."""
    if columns["kind"] not in _DRAFTS:
        return None
    item: Fields = fields.get("item") or {}
    resolutions = _resolutions(item)
    initiators = tuple(item.get("initiators") or ())
    return Mention(
        record_type="agenda_entry",
        record_key=key,
        day=columns["day"],
        title=whole_title(columns["title"], item.get("amends") or ()),
        kind=columns["kind"],
        number=_number(item.get("bill_number")),
        resolutions=tuple(map(resolution_key, resolutions)),
        acts=act_keys(item.get("amends") or ()),
        initiators=person_keys(initiators),
        brought_by=_brought_by(initiators, government=bool(item.get("government") or resolutions)),
        readings=tuple(item.get("readings") or ()),
        sitting=columns["sitting_key"],
        submitted=_first_day(resolutions),
    )


def registry_mention(key: str, columns: Fields, fields: Fields) -> Mention:
    """The draft of an entry of the register; its title is read as an agenda item is."""
    item = _item(columns["title"])
    resolutions = _resolutions(fields)
    initiators = tuple(fields.get("initiators") or ())
    day = columns["registered_on"]
    return Mention(
        record_type="registry_entry",
        record_key=key,
        day=day,
        title=whole_title(item.title, item.amends),
        kind=item.kind if item.kind in _DRAFTS else None,
        number=_number(fields.get("number") or columns["number"]),
        resolutions=tuple(map(resolution_key, resolutions)),
        acts=act_keys(item.amends),
        initiators=person_keys(initiators),
        brought_by=_brought_by(initiators, government=bool(resolutions)),
        submitted=day.isoformat() if day else _first_day(resolutions),
    )


def event_mention(event: Fields) -> Mention | None:
    """The draft of a press event; None for one that is only described, which may be any of several.

    The initiators that a release names are rarely all of them: they tell the kind of initiator only.
    """
    if not event["quoted"]:
        return None
    item = _item(event["draft"])
    initiators = tuple(split_names(event["initiator"])) if event["initiator"] else ()
    return Mention(
        record_type="press_record",
        record_key=event["record_key"],
        place=f"{EVENT}{event['seq']}",
        day=event["day"],
        title=whole_title(item.title, item.amends),
        kind=event["kind"] if event["kind"] in _DRAFTS else None,
        number=bill_number_key(item.bill_number) if item.bill_number else None,
        resolutions=tuple(map(resolution_key, item.resolutions)),
        acts=act_keys(item.amends),
        brought_by=_brought_by(initiators, government=False),
        readings=tuple(event["readings"]),
    )


def act_mention(key: str, columns: Fields) -> Mention | None:
    """What an act of the law registry was as a draft; None for what is no law or has no day."""
    if columns["adopted_on"] is None or not _LAW.search(fold(columns["kind"] or "")):
        return None
    try:
        title = ActRef.parse(columns["title"][:_LONGEST]).title
    except ReadError:
        return None
    item = _item(title)
    return Mention(
        record_type="act_record",
        record_key=key,
        day=columns["adopted_on"],
        title=whole_title(item.title, item.amends),
        kind="law",
        acts=act_keys(item.amends),
        adopted=True,
    )


def whole_title(title: str, amends: Iterable[str]) -> str:
    """The title, with the amended acts in brackets that it does not name itself."""
    named = title_key(title[:_LONGEST])
    acts = "; ".join(act for act in amends if title_key(_act_title(act)) not in named)
    return (f"{title} (в {acts})" if acts else title)[:_LONGEST]


def act_keys(acts: Iterable[str]) -> tuple[str, ...]:
    """The keys of acts; one that is named with number and day has a second key, which no language changes."""
    found: dict[str, None] = {}
    for act in map(_act, acts):
        if act is not None:
            found[act.key] = None
            if act.number and act.day:
                found[f"{NUMBERED}{fold(act.number)}:{act.day.isoformat()}"] = None
    return tuple(found)


def person_keys(names: Iterable[str]) -> tuple[str, ...]:
    """The keys of those who are persons; bodies and groups have none."""
    found = []
    for name in names:
        if _GOVERNMENT.search(fold(name)):
            continue
        try:
            found.append(PersonName.parse(name[:_LONGEST]).match_key)
        except ReadError:
            continue
    return tuple(dict.fromkeys(found))


def _is_kyrgyz(title: str) -> bool:
    """Whether a title is in Kyrgyz; a Russian one may hold a name with its letters («Об айыле Көк-Жар»)."""
    return has_kyrgyz_letters(title) and not _RUSSIAN.search(title)


def _brought_by(initiators: Iterable[str], *, government: bool) -> str | None:
    if government or any(_GOVERNMENT.search(fold(one)) for one in initiators):
        return GOVERNMENT
    return DEPUTIES if person_keys(initiators) else None


def _resolutions(fields: Fields) -> list[ResolutionNumber]:
    return [ResolutionNumber(one["number"], date.fromisoformat(one["day"])) for one in fields.get("resolutions") or ()]


def _first_day(resolutions: Iterable[ResolutionNumber]) -> str | None:
    """The government decides to bring a draft in days before it does."""
    return min((one.day.isoformat() for one in resolutions), default=None)


def _number(written: str | None) -> str | None:
    if not written:
        return None
    try:
        return bill_number_key(BillNumber.parse(written))
    except ReadError:
        return None


def _item(title: str) -> AgendaItemText:
    """A title by the grammar of agenda items; one that it does not understand wholly is taken as it stands."""
    title = title[:_LONGEST]
    try:
        item = read_agenda_item(title)
    except ReadError:
        return AgendaItemText(text=title, kind="other", title=title)
    if item.leftovers:
        return AgendaItemText(text=title, kind=item.kind, title=title, bill_number=item.bill_number)
    return item


def _act(text: str) -> ActRef | None:
    try:
        return ActRef.parse(text[:_LONGEST])
    except ReadError:
        return None


def _act_title(text: str) -> str:
    act = _act(text)
    return act.title if act else text


@lru_cache(_MOST_AT_HAND)
def _title_form(title: str, day: date | None) -> TitleForm:
    return read_title(title, day)
