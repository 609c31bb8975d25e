"""What the forms of the desk send about videos and interviews."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from web.desk.parameters import BillKey, Line, Reason, SittingKey
from web.parameters import Day, Words


def _nothing(value: Any) -> Any:
    return (value or None) if isinstance(value, str) else value


Typed = Annotated[str, Field(max_length=4000)]
"""As it was typed: `tracker.media_reading` says what is wrong with it."""

PersonKey = Annotated[Annotated[str, Field(pattern=r"^[\w.~-]+$", max_length=300)] | None, BeforeValidator(_nothing)]


class MediaQuery(BaseModel):
    """Sittings of which day stand on the page too; words of a name, or the person of a new interview."""

    day: Day = None
    text: Words = None
    person: PersonKey = None


class VideoForm(BaseModel):
    """A video of a sitting as it was typed."""

    sitting: SittingKey
    url: Typed = ""
    starts: Line = ""


class ApprovalForm(BaseModel):
    """An approval of a quote as it was typed."""

    approver: Typed = ""
    approved_how: Typed = ""
    approved_on: Line = ""


class InterviewForm(ApprovalForm):
    """An interview as it was typed; `chosen` is the bill where the words of `bill` fitted several."""

    person: Annotated[str, Field(pattern=r"^[\w.~-]+$", max_length=300)]
    bill: Line = ""
    chosen: Annotated[BillKey | None, BeforeValidator(_nothing)] = None
    title: Typed = ""
    language: Line = ""
    url: Typed = ""
    day: Line = ""
    quote: Typed = ""


class TakenBack(BaseModel):
    """Why something is withdrawn."""

    reason: Reason = ""
