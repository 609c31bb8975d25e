"""What the forms of the desk send about posts."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

from vocab.languages import LANGUAGES
from vocab.posts import ChannelName, DeliveryState, PostKind
from web.desk.parameters import Line, Reason
from web.parameters import ListQuery

MOST_TEXT = 20_000


def _nothing(value: Any) -> Any:
    return (value or None) if isinstance(value, str) else value


def _text(value: Any) -> Any:
    return value.replace("\0", "").replace("\r\n", "\n") if isinstance(value, str) else value


def _language(value: Any) -> Any:
    if value and value not in LANGUAGES:
        raise ValueError("no such language")
    return value or ""


Lang = Annotated[str, BeforeValidator(_language)]
Step = Literal[
    "approve",
    "schedule",
    "edit",
    "preview",
    "reject",
    "withdraw",
    "put_back",
    "send_again",
    "found",
    "absent",
    "edit_there",
    "delete_there",
]
Seen = Annotated[str, Field(pattern=r"^[1-9]\d{0,9}:[0-9a-f]{16}$")]
"""The number of a delivery, and how it stood on the page (`publish.outbox.queue.mark_of`)."""


class PostQuery(ListQuery):
    """Which posts: those with a delivery in this state, on this channel, in this language."""

    state: Annotated[DeliveryState | None, BeforeValidator(_nothing)] = None
    kind: Annotated[PostKind | None, BeforeValidator(_nothing)] = None
    channel: Annotated[ChannelName | None, BeforeValidator(_nothing)] = None
    language: Lang = ""

    @property
    def filters(self) -> dict[str, Any]:
        """What is asked for beside the page."""
        return {"state": self.state, "kind": self.kind, "channel": self.channel, "language": self.language}


class PostForm(BaseModel):
    """One act on deliveries of a post, all as they stood on the page."""

    act: Step
    seen: Annotated[list[Seen], Field(min_length=1, max_length=100)]
    reason: Reason = ""
    at: Line = ""
    url: Annotated[Line, Field(max_length=500)] = ""
    text: Annotated[str, BeforeValidator(_text), Field(max_length=MOST_TEXT)] = ""

    def numbers(self) -> dict[int, str]:
        """By the number of a delivery, the mark that was seen."""
        return {int(number): mark for number, _, mark in (one.partition(":") for one in self.seen)}


Switched = Annotated[ChannelName | None, BeforeValidator(lambda value: None if value == "all" else value)]


class SwitchQuery(BaseModel):
    """What somebody wants to let go on: asked once more."""

    resume: Annotated[Line, Field(max_length=20)] = ""


class SwitchForm(BaseModel):
    """Stop a channel or all of them, or let them go on."""

    step: Literal["stop", "resume"]
    channel: Switched
    reason: Reason = ""


class TemplateQuery(BaseModel):
    """Which example, in which language."""

    kind: PostKind = PostKind.AGENDA_PUBLISHED
    language: Lang = ""
