"""What one page says, typed: frozen dataclasses of vocab types. A parser makes them, `pipelines/store` keeps them.

Every item knows the record it states something about: `record` (the table), `key` (the natural key within a site,
unique per table) and `part` (which page type spoke: a press release is stated by its list page and by its own page,
and neither may overwrite the other).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from vocab.agenda_item import AgendaItemText
from vocab.bodies import Body
from vocab.numbers import BillNumber, ResolutionNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLink:
    """A file that a page offers: `kind` in bill_text, note, comparative_table, conclusion, rollcall, other."""

    url: str
    title: str
    kind: str = "other"
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BillItem:
    """A registered bill. `payload` is the source's whole object as canonical JSON: unknown keys are kept."""

    record: ClassVar[str] = "registry_entry"
    part: ClassVar[str] = "list"
    key: str
    number: BillNumber | None
    registered_on: date | None
    title: str
    initiators: tuple[str, ...] = ()
    resolutions: tuple[ResolutionNumber, ...] = ()
    documents: tuple[DocumentLink, ...] = ()
    payload: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One numbered line of an agenda or vote list.

    `number` as printed ("3.1"), `position` from 1; `item` the text read by the grammar; `ballot` the number of the
    roll call («Голосование 159») and `ballot_url` its file, where the line links to one.
    """

    position: int
    number: str | None
    item: AgendaItemText
    ballot: str | None = None
    ballot_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingItem:
    """An agenda: the announcement of a plenary or committee sitting."""

    record: ClassVar[str] = "sitting_record"
    part: ClassVar[str] = "page"
    key: str
    title: str
    body: Body
    committee: str | None
    day: date
    day_note: str | None = None
    starts_at: time | None = None
    place: str | None = None
    extraordinary: bool = False
    lines: tuple[AgendaLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """«Зарегистрировались N депутатов»; `seq` is the place in the protocol's own order, from 1."""

    seq: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """«Объявляется перерыв на …»; minutes None where the page gives no length that can be."""

    seq: int
    minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A deputy announced as absent, as written, and to whom the vote was given, as written (dative).

    `about`: the vote was given for one question only, in the page's words. `written_form` False: the page does not
    say «в письменной форме».
    """

    seq: int
    name: str
    transfer_to: str | None = None
    about: str | None = None
    written_form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolItem:
    """A protocol of a plenary sitting, in the page's own order."""

    record: ClassVar[str] = "sitting_record"
    part: ClassVar[str] = "page"
    key: str
    title: str
    number: str
    day: date
    day_note: str | None = None
    extraordinary: bool = False
    registrations: tuple[Registration, ...] = ()
    breaks: tuple[Break, ...] = ()
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteListItem:
    """«Законопроекты, внесенные на голосование DD.MM.YYYY»: the items put to the vote on a day."""

    record: ClassVar[str] = "sitting_record"
    part: ClassVar[str] = "page"
    key: str
    title: str
    day: date
    day_note: str | None = None
    lines: tuple[AgendaLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PressListItem:
    """A press release as its list page shows it."""

    record: ClassVar[str] = "press_record"
    part: ClassVar[str] = "list"
    key: str
    url: str
    title: str
    published_at: datetime
    summary: str
    image_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PressItem:
    """A press release's own page: paragraphs of plain text joined by newlines."""

    record: ClassVar[str] = "press_record"
    part: ClassVar[str] = "page"
    key: str
    url: str
    body: str
    title: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyItem:
    """A deputy on a list of deputies: the membership on the day that the list shows.

    `key` identifies the row of that source: the site's id of the deputy, or convocation, day and name for an import.
    No phones, no personal e-mail.
    """

    record: ClassVar[str] = "deputy_record"
    part: ClassVar[str] = "list"
    key: str
    name: str
    convocation: str | None
    faction: str | None
    shown_on: date
    source_id: str | None = None
    gender: str | None = None
    committees: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    constituency: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActItem:
    """A document of the law registry."""

    record: ClassVar[str] = "act_record"
    part: ClassVar[str] = "list"
    key: str
    code: str
    edition: str | None
    title: str
    kind: str | None
    organ: str | None
    adopted_on: date | None
    published_on: date | None
    url: str | None = None


Item = BillItem | SittingItem | ProtocolItem | VoteListItem | PressListItem | PressItem | DeputyItem | ActItem
