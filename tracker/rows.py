"""What the tracker reads out of records and observations, typed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from vocab.dates import BISHKEK
from vocab.numbers import BillNumber, ResolutionNumber
from vocab.timeline import Evidence

Fields = Mapping[str, Any]
PRESS_PLACE = "event:"  # a place in a press release: "event:0" is the first thing that it tells of a draft


def local_day(moment: datetime) -> date:
    """The day of a moment in Bishkek."""
    return moment.astimezone(BISHKEK).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One version of a record. `columns` are the record table's own; `fields` what this version says.

    `first_seen` is when we first saw the record, `seen_at` this version; `vanished_at` when its source dropped it.
    """

    record_type: str
    key: str
    columns: Fields
    fields: Fields
    version: int
    first_seen: datetime
    seen_at: datetime
    vanished_at: datetime | None = None
    page_id: int | None = None
    url: str | None = None

    def evidence(self, place: str | None = None) -> Evidence:
        """Where a fact of this version stands."""
        return Evidence(
            record=f"{self.record_type}:{self.key}",
            page_id=self.page_id,
            url=self.url,
            place=place,
            seen_at=self.seen_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingRow:
    """A sitting as one page tells it; `source` is agenda, protocol or vote_list."""

    record: RecordRow
    source: str
    body: str
    committee: str | None
    day: date
    number: str | None
    extraordinary: bool
    title: str
    starts_at: time | None
    place: str | None

    @property
    def key(self) -> str:
        """The record's key."""
        return self.record.key

    def marks(self, name: str) -> Iterable[Fields]:
        """The lines of a protocol: registrations, breaks or absences, as JSON objects with `seq`."""
        found: Iterable[Fields] = self.record.fields.get(name, ())
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a committee decided, as an agenda line tells it."""

    committee: str | None
    decision: str
    readings: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One line of an agenda or of a vote list, read by the grammar of agenda items."""

    record: RecordRow
    sitting_key: str
    day: date
    position: int
    kind: str
    title: str
    amends: tuple[str, ...] = ()
    readings: frozenset[int] = frozenset()
    initiators: tuple[str, ...] = ()
    government: bool = False
    resolutions: tuple[ResolutionNumber, ...] = ()
    bill_number: BillNumber | None = None
    decisions: tuple[Decision, ...] = ()
    discussed: tuple[date, ...] = ()
    ballot: str | None = None

    @property
    def key(self) -> str:
        """The record's key."""
        return self.record.key


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRow:
    """A vote with its figures, None where the source does not give them."""

    record: RecordRow
    sitting_key: str
    entry_key: str | None
    number: str
    in_favour: int | None
    against: int | None
    abstained: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PressRow:
    """What a press release tells of a draft, as the text layer read it; see `db.annotations.PressEventRow`.

    `is_named`: the draft is named by its title, a registration number or a resolution, not only described.
    """

    record: RecordRow
    seq: int
    draft: str
    body: str
    action: str
    day: date
    day_stated: bool
    committee: str | None = None
    readings: frozenset[int] = frozenset()
    presenter: str | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    score: float = 1.0
    is_named: bool = True

    @property
    def place(self) -> str:
        """Where it stands in the release."""
        return f"{PRESS_PLACE}{self.seq}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRow:
    """What an observer saw; `value` by kind, see `db.observations`."""

    uuid: str
    sitting_id: str
    kind: str
    value: Fields
    day: date
    observed_at: datetime
    received_at: datetime
    corrects: str | None = None
    observer: str = ""
    marks: str | None = None


def sitting_row(record: RecordRow) -> SittingRow:
    """A sitting_record, typed."""
    columns, fields = record.columns, record.fields
    starts_at = fields.get("starts_at")
    return SittingRow(
        record=record,
        source=columns["source"],
        body=columns["body"],
        committee=columns["committee"],
        day=columns["day"],
        number=columns["number"],
        extraordinary=columns["extraordinary"],
        title=columns["title"],
        starts_at=time.fromisoformat(starts_at) if starts_at else None,
        place=fields.get("place"),
    )


def entry_row(record: RecordRow) -> EntryRow:
    """An agenda_entry, typed."""
    columns, fields = record.columns, record.fields
    item: Fields = fields.get("item", {})
    return EntryRow(
        record=record,
        sitting_key=columns["sitting_key"],
        day=columns["day"],
        position=columns["position"],
        kind=columns["kind"],
        title=columns["title"],
        amends=tuple(item.get("amends", ())),
        readings=frozenset(item.get("readings", ())),
        initiators=tuple(item.get("initiators", ())),
        government=bool(item.get("government")),
        resolutions=resolutions(item),
        bill_number=bill_number(item.get("bill_number")),
        decisions=tuple(_decision(one) for one in item.get("committee_decisions", ())),
        discussed=tuple(date.fromisoformat(one) for one in item.get("discussed", ())),
        ballot=columns["ballot"],
    )


def ballot_row(record: RecordRow) -> BallotRow:
    """A ballot_record, typed."""
    names = ("sitting_key", "entry_key", "number", "in_favour", "against", "abstained")
    return BallotRow(record=record, **{name: record.columns[name] for name in names})


def press_row(record: RecordRow, event: Fields) -> PressRow:
    """A press_event of a press_record, typed."""
    plain = ("seq", "draft", "body", "action", "day", "day_stated", "committee", "presenter")
    told = {name: event[name] for name in (*plain, "votes_for", "votes_against", "score")}
    draft = event["draft"]
    is_named = event["quoted"] or bool(BillNumber.find_places(draft) or ResolutionNumber.find_places(draft))
    return PressRow(record=record, readings=frozenset(event["readings"]), is_named=is_named, **told)


def resolutions(fields: Fields) -> tuple[ResolutionNumber, ...]:
    """The government's resolutions that a line or a register names."""
    return tuple(
        ResolutionNumber(one["number"], date.fromisoformat(one["day"])) for one in fields.get("resolutions", ())
    )


def bill_number(value: str | None) -> BillNumber | None:
    """A registration number, as it is written."""
    return BillNumber.parse(value) if value else None


def _decision(value: Fields) -> Decision:
    return Decision(committee=value["committee"], decision=value["decision"], readings=frozenset(value["readings"]))
