"""What the forms of the desk send."""

from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

from vocab.bodies import Body
from vocab.text import fold_space
from web.parameters import Day, ListQuery, Words


def _nothing(value: Any) -> Any:
    return (value or None) if isinstance(value, str) else value


def _one_line(value: Any) -> Any:
    return fold_space(value.replace("\0", "")) if isinstance(value, str) else value


Hour = Annotated[time | None, BeforeValidator(_nothing)]
Line = Annotated[str, BeforeValidator(_one_line), Field(max_length=500)]
SittingKey = Annotated[str, Field(pattern=r"^[\w.~-]+$", max_length=300)]
NotedSitting = Annotated[str, Field(pattern=r"^[^\x00]+$", max_length=200)]
"""What a note names as its sitting: anything that can be written, see `tracker.note_reading`."""

Back = Annotated[str, Field(max_length=500)]


class WeekQuery(BaseModel):
    """Which week: that of the day."""

    start: Day = Field(default=None, alias="from")


class PlanForm(BaseModel):
    """A sitting entered by hand."""

    body: Body
    day: Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 1, 1))]
    committee: Words = None
    starts_at: Hour = None
    place: Words = None
    title: Words = None
    extraordinary: bool = False


class ObserverForm(BaseModel):
    """An observer put on a sitting or taken off."""

    user_id: Annotated[int, Field(ge=1, le=2**31 - 1)]
    step: Literal["add", "remove"] = "add"
    back: Back = ""


class MarkForm(BaseModel):
    """What became of a sitting."""

    step: Literal["cancelled", "moved", "unmark", "drop"]
    to: Annotated[SittingKey | None, BeforeValidator(_nothing)] = None
    reason: Line = ""
    back: Back = ""


class AccessForm(BaseModel):
    """A step of an application for access."""

    step: Literal["sent", "granted", "refused", "back"]
    note: Line = ""
    back: Back = ""


class PlaceForm(BaseModel):
    """Notes of a sitting that nobody knows, put where they belong."""

    sitting: NotedSitting
    to: SittingKey


class QueueQuery(ListQuery):
    """Which findings wait."""

    check: Words = None
    verdict: Words = None
    state: Literal["open", "asked_again", "confirmed", "dismissed"] = "open"


class DecisionForm(BaseModel):
    """A decision about a finding. `seen` is the number of the last review that stood on the page."""

    decision: Literal["confirmed", "dismissed", "asked_again"]
    reason: Annotated[str, BeforeValidator(_one_line), Field(max_length=2000)] = ""
    seen: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class FactQuery(BaseModel):
    """Which dossier facts are stated of (bill:ID, sitting:ID), and of which kind; or the words to look for one."""

    subject: Annotated[Words, Field(max_length=300)] = None
    kind: Words = None
    text: Words = None


class FactForm(BaseModel):
    """A fact as it was typed; `tracker.fact_reading` says what is wrong with it."""

    subject: Line
    kind: Line = ""
    day: Line = ""
    source: Annotated[str, Field(max_length=4000)] = ""
    what: Line = ""
    choice: Line = ""
    readings: Annotated[list[Line], Field(max_length=10)] = Field(default_factory=list)
    count: Line = ""
    in_favour: Annotated[Line, Field(alias="for")] = ""
    against: Line = ""
    abstained: Line = ""
    lang: Line = ""
    committee: Line = ""
    faction: Line = ""
    ground: Line = ""
    day_unknown: Line = ""
    uncertain: Line = ""


class WithdrawForm(BaseModel):
    """A fact that is taken back, and why. `subject` is the dossier whose page sent it."""

    subject: Annotated[str, Field(pattern=r"^[a-z]+:[\w.~-]+$", max_length=300)]
    reason: Line = ""


LinkOf = Literal["bill", "person"]
RecordName = Annotated[str, Field(pattern=r"^[a-z_]+:[^\x00]+$", max_length=400)]
PlaceName = Annotated[str, Field(pattern=r"^[a-z]*:?\d*$", max_length=40)]
BillKey = Annotated[str, Field(pattern=r"^[\w.~-]+$", max_length=300)]
Reason = Annotated[str, BeforeValidator(_one_line), Field(max_length=2000)]
Seen = Annotated[int, Field(ge=0, le=2**31 - 1)]


class LinkQuery(ListQuery):
    """Links to what."""

    of: LinkOf = "bill"


class LinkLogQuery(ListQuery):
    """Which changes of links: of one bill, or to one kind of dossier."""

    bill: Annotated[Words, Field(max_length=300)] = None
    of: LinkOf | None = None


class SpotQuery(BaseModel):
    """A place of a record, and what it may speak of."""

    of: LinkOf = "bill"
    record: RecordName
    place: PlaceName = ""


class LinkForm(SpotQuery):
    """A decision about a place: `choice` is an id, none, release, or other with the id that was `typed`."""

    choice: Line = ""
    typed: Line = ""
    reason: Reason = ""
    seen: Seen = 0


class PairQuery(BaseModel):
    """Two bills."""

    one: BillKey
    other: BillKey


class PairForm(PairQuery):
    """What two bills are: one, two, or no longer kept apart."""

    step: Literal["merge", "apart", "join"]
    reason: Reason = ""
    seen: Seen = 0


class SplitForm(BaseModel):
    """A record that speaks of another bill, or a former id whose merge is undone."""

    what: Annotated[str, Field(pattern=r"^[^\x00]+$", max_length=400)]
    place: PlaceName = ""
    reason: Reason = ""
    seen: Seen = 0


class RunQuery(ListQuery):
    """Which runs."""

    stage: Words = None
    site: Words = None
    outcome: Literal["", "clean", "red", "failed", "under_way"] = ""


class QuarantineQuery(ListQuery):
    """Which part of the quarantine."""

    site: Words = None
    kind: Words = None
    reason: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=2000)] = ""


def _number(value: Any) -> Any:
    return value or None


Topic = Annotated[int | None, BeforeValidator(_number), Field(ge=1, le=99)]


class TopicQuery(ListQuery):
    """Bills of which words."""

    text: Words = None


class TopicForm(BaseModel):
    """The topics that a person chose, and the number of the choice that stood on the page."""

    main: Topic = None
    second: Topic = None
    reason: Reason = ""
    seen: Seen = 0
