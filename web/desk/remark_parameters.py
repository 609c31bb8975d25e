"""What the forms of the desk send about remarks and corrections."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from vocab.remarks import RemarkKind, RemarkState
from web.desk.parameters import Line, Reason, Seen
from web.parameters import Day, ListQuery

PageName = Annotated[str, Field(max_length=400)]


def _nothing(value: Any) -> Any:
    return (value or None) if isinstance(value, str) else value


class RemarkQuery(ListQuery):
    """Which remarks of people outside."""

    state: RemarkState = RemarkState.WAITING
    kind: Annotated[RemarkKind | None, BeforeValidator(_nothing)] = None


class RemarkForm(BaseModel):
    """A decision about a remark. `seen` is the number of the last decision that stood on the page."""

    decision: RemarkState
    reason: Reason = ""
    answer: Reason = ""
    shown_as: Line = ""
    verified: bool = False
    seen: Seen = 0


class CorrectionQuery(BaseModel):
    """The page that is corrected."""

    page: PageName = ""


class CorrectionForm(BaseModel):
    """What had stood on a page and what is right."""

    page: PageName
    said: Reason = ""
    correct: Reason = ""
    reason: Reason = ""
    since: Day = None
