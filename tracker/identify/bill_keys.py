"""The keys by which a record names a bill. Pure.

A registration number or a resolution of the government is a key by itself. Else the title counts together with the
acts that it amends and with the initiators: «О внесении изменений в некоторые законодательные акты» is a name that
dozens of bills share.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.identify.resolver import names_deputy, read_name
from tracker.rows import EntryRow, RecordRow, bill_number, local_day, resolutions
from vocab.agenda_item import AgendaItemText, read_agenda_item
from vocab.bodies import convocation_on
from vocab.errors import ReadError
from vocab.ids import bill_number_key, digest, resolution_key
from vocab.name_forms import spelling_key
from vocab.numbers import ActRef, BillNumber, ResolutionNumber
from vocab.text import fold, slug, title_key

BILL_KINDS = frozenset({"law", "constitutional_law", "code", "ratification"})
NUMBER, RESOLUTION, TITLE_AND_INITIATORS, TITLE = "number", "resolution", "title_initiators", "title"

_SOME_ACTS = re.compile(r"\b(?:некоторые|ряд|отдельные)\s+(?:законодательны|нормативны|акт|закон)")
_LONGEST_SLUG = 48

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one record says of a bill.

    `sitting_key` and `readings` tell two drafts of one package apart: both cannot have one reading in one sitting.
    """

    record_type: str
    key: str
    day: date
    title: str
    kind: str
    amends: tuple[str, ...] = ()
    initiators: tuple[str, ...] = ()
    government: bool = False
    number: BillNumber | None = None
    resolutions: tuple[ResolutionNumber, ...] = ()
    readings: frozenset[int] = frozenset()
    sitting_key: str | None = None

    @property
    def convocation(self) -> str:
        """The numeral of the convocation of the day, "" before the first one known."""
        found = convocation_on(self.day)
        return found.numeral if found else ""

    @property
    def unnamed_acts(self) -> tuple[str, ...]:
        """The amended acts that the title does not name itself."""
        named = title_key(self.title)
        return tuple(act for act in self.amends if _act_title(act) not in named)

    @property
    def initiator(self) -> str | None:
        """The initiator's kind, "government" or "deputies", None where the record does not tell."""
        if self.government or self.resolutions:
            return "government"
        return "deputies" if any(map(names_deputy, self.initiators)) else None

    def strong_keys(self) -> tuple[Key, ...]:
        """Registration number and resolutions: each names one bill (or the package it came in)."""
        numbers = [(NUMBER, bill_number_key(self.number))] if self.number else []
        return (*numbers, *((RESOLUTION, resolution_key(one)) for one in self.resolutions))

    def title_keys(self) -> tuple[Key, ...]:
        """Title with initiators where these are told, and the title alone; none for a title that tells nothing."""
        acts = self.unnamed_acts
        if _SOME_ACTS.search(fold(self.title)) and not acts:
            return ()
        named = (self.convocation, title_key(self.title), *sorted(map(_act_key, acts)))
        persons = self._initiators()
        full = [(TITLE_AND_INITIATORS, digest(*named, "by", *persons))] if persons else []
        return (*full, (TITLE, digest(*named)))

    def new_id(self) -> str:
        """The public id of a bill first met in this draft, made of its strongest key."""
        strong = self.strong_keys()
        return strong[0][1] if strong else f"t-{slug(self.title)[:_LONGEST_SLUG].strip('-')}-{self.title_digest()}"

    def title_digest(self) -> str:
        """A short hash of what the title keys are made of."""
        keys = self.title_keys()
        return (keys[0][1] if keys else digest(self.title))[:8]

    def shown_title(self) -> str:
        """The title, with the acts in brackets where it does not name them, as the sources write it."""
        acts = "; ".join(self.unnamed_acts)
        return f"{self.title} (в {acts})" if acts else self.title

    def _initiators(self) -> list[str]:
        if self.government or self.resolutions:
            return ["government"]
        return sorted({_initiator_key(one) for one in self.initiators})


def entry_draft(entry: EntryRow) -> Draft | None:
    """The bill that a line of an agenda or vote list names, None for a line that is no bill."""
    if entry.kind not in BILL_KINDS:
        return None
    return Draft(
        record_type="agenda_entry",
        key=entry.key,
        day=entry.day,
        title=entry.title,
        kind=entry.kind,
        amends=entry.amends,
        initiators=entry.initiators,
        government=entry.government,
        number=entry.bill_number,
        resolutions=entry.resolutions,
        readings=entry.readings,
        sitting_key=entry.sitting_key,
    )


def registry_draft(record: RecordRow) -> Draft:
    """The bill of a registry_entry; its title is read as an agenda item is."""
    fields, title = record.fields, record.columns["title"]
    try:
        item = read_agenda_item(title)
    except ReadError:
        item = AgendaItemText(text=title, kind="other", title=title)
    return Draft(
        record_type="registry_entry",
        key=record.key,
        day=record.columns["registered_on"] or local_day(record.first_seen),
        title=item.title,
        kind=item.kind,
        amends=item.amends,
        initiators=tuple(fields.get("initiators", ())),
        number=bill_number(fields.get("number")),
        resolutions=resolutions(fields),
    )


def in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """By day, and of one day those with the strongest keys first: an order that no crawl can change."""
    return sorted(drafts, key=lambda one: (one.day, not one.strong_keys(), not one.initiators, one.key))


def _act(text: str) -> ActRef | None:
    try:
        return ActRef.parse(text)
    except ReadError:
        return None


def _act_title(text: str) -> str:
    act = _act(text)
    return title_key(act.title if act else text)


def _act_key(text: str) -> str:
    act = _act(text)
    return act.key if act else title_key(text)


def _initiator_key(text: str) -> str:
    name = read_name(text)
    if name is None:
        return fold(text)
    return f"{name.match_key} {spelling_key(name.initials[0]) if name.initials else ''}".strip()
