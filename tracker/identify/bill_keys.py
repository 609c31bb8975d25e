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

_SOME_ACTS = re.compile(
    r"\b(?:некоторые|ряд|отдельные)\s+(?:(?:законодательн|нормативн|правов|закон|акт)\S*\s*|(?:и|в)\s+)+"
    r"(?:кыргызской республики\b|кр\b)?(?P<about>.*)"
)
_TELLING = re.compile(r"[^\W\d_]{4,}")  # a word that says what the acts are about
_LONGEST_SLUG = 48

Key = tuple[str, str]
Spot = tuple[str, str, str]  # record type, record key, place


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one record says of a bill.

    `place` is where in the record it stands, "" for the whole of it. `sitting_key` (the list or the press release that
    it stands on) and `readings` tell two drafts of one package apart: both cannot have one reading in one sitting.
    `is_quoted` False: the title is a description, which is no key. `brought_by` is the initiator's kind where the names
    of initiators are not complete enough to be a key; `reached` is the reading in which the plenary is told to have
    adopted it then, the last one where it is told to be a law. `words` are what a press release calls it.
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
    place: str = ""
    is_quoted: bool = True
    brought_by: str | None = None
    reached: int = 0
    words: str = ""

    @property
    def written(self) -> str:
        """The draft in the words of its source, as links keep it."""
        return self.words or self.title

    @property
    def spot(self) -> Spot:
        """The record and the place in it."""
        return self.record_type, self.key, self.place

    @property
    def is_press(self) -> bool:
        """True for what only a press release tells."""
        return self.record_type == "press_record"

    @property
    def makes_bill(self) -> bool:
        """True where the record names the draft well enough to know it again."""
        return self.is_quoted and bool(self.strong_keys() or self.title_keys())

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
        if self.brought_by:
            return self.brought_by
        return "deputies" if any(map(names_deputy, self.initiators)) else None

    def strong_keys(self) -> tuple[Key, ...]:
        """Registration number and resolutions: each names one bill (or the package it came in)."""
        numbers = [(NUMBER, bill_number_key(self.number))] if self.number else []
        return (*numbers, *((RESOLUTION, resolution_key(one)) for one in self.resolutions))

    def title_keys(self) -> tuple[Key, ...]:
        """Title with initiators where these are told, and the title alone; none for a title that tells nothing."""
        acts = self.unnamed_acts
        if not self.is_quoted or (not acts and _tells_nothing(self.title)):
            return ()
        named = (self.convocation, title_key(self.title), *sorted(map(_act_key, acts)))
        persons = self._initiators()
        full = [(TITLE_AND_INITIATORS, digest(*named, "by", *persons))] if persons else []
        return (*full, (TITLE, digest(*named)))

    def new_id(self) -> str:
        """The public id of a bill first met in this draft, made of its strongest key."""
        strong = self.strong_keys()
        return strong[0][1] if strong else f"t-{slug(self.title)[:_LONGEST_SLUG].strip('-')}-{self.title_digest()}"

    def second_id(self) -> str:
        """The id of another bill of the same strongest key; one named by its title has the hash in it already."""
        return f"{self.new_id()}-{self.title_digest()}" if self.strong_keys() else self.new_id()

    def title_digest(self) -> str:
        """A short hash of what the title keys are made of."""
        keys = self.title_keys()
        return (keys[0][1] if keys else digest(self.title))[:8]

    def shown_title(self) -> str:
        """The title, with the acts in brackets where it does not name them, as the sources write it."""
        acts = "" if self.words else "; ".join(self.unnamed_acts)
        return f"{self.title} (в {acts})" if acts else self.written

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
    """An order that no crawl can change: official records first, by day, of one day the strongest keys first."""
    return sorted(
        drafts,
        key=lambda one: (one.is_press, one.day, not one.strong_keys(), not one.initiators, one.key, one.place),
    )


def _tells_nothing(title: str) -> bool:
    """True for «О внесении изменений в некоторые законодательные акты КР»: dozens of bills are called so."""
    general = _SOME_ACTS.search(fold(title))
    return general is not None and not _TELLING.search(general["about"])


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
