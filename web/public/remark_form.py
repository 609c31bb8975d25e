"""The form for an error on a page and for a reply: what was typed, what is missing, and keeping it."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy import Engine

from db import brakes
from db.brakes import Limit
from db.sealing import seal
from db.sessions import hash_of
from tracker.remarks import Typed, keep_remark
from vocab.remarks import RemarkKind
from vocab.text import fold_space
from web.accounts.entering import address_key
from web.i18n import N_
from web.public.subjects import About

LONGEST = 4000
_LINE = 200
FREE = 10
"""So many remarks from one address, then each waits (db.brakes)."""

FAULTS = {
    "website": N_("A field that people do not see was filled. Leave it empty and send the form again."),
    "text": N_("Write what is not right, or your reply."),
    "long": N_("The text is too long: at most 4,000 letters. Send the rest as a second message."),
    "name": N_("Write your name: a reply is shown with it."),
    "post": N_("Write your post and the body for which you speak."),
}


def _readable(text: Any) -> Any:
    """The text without letters that nobody sees and that turn or hide others; lines stay."""
    if not isinstance(text, str):
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(letter for letter in line if letter.isprintable() or letter == "\t") for line in lines)


def _one_line(text: Any) -> Any:
    return fold_space(_readable(text)) if isinstance(text, str) else text


Text = Annotated[str, BeforeValidator(_readable), Field(max_length=100_000)]
Line = Annotated[str, BeforeValidator(_one_line), Field(max_length=_LINE)]


class RemarkForm(BaseModel):
    """What was typed. `website` is a field for machines: people do not see it."""

    page: Annotated[str, Field(max_length=400)] = ""
    kind: RemarkKind = RemarkKind.ERROR
    text: Text = ""
    name: Line = ""
    post: Line = ""
    contact: Line = ""
    website: Annotated[str, Field(max_length=1000)] = ""

    def fault(self) -> str | None:
        """What is missing or too much, as a key of FAULTS; None where it can be sent."""
        if self.website:
            return "website"
        if not self.text.strip():
            return "text"
        if len(self.text) > LONGEST:
            return "long"
        if self.kind is RemarkKind.REPLY and not (self.name and self.post):
            return "post" if self.name else "name"
        return None


def send(engine: Engine, form: RemarkForm, about: About, receipt: str, **known: Any) -> datetime | None:
    """Keep what was sent under its receipt number; the moment to wait for where one address sends too much.

    `known`: `address` of the sender, `key` that seals the contact, `lang` of the page, `now`. Raises QueueFull.
    """
    now: datetime = known["now"]
    limit = Limit(key=f"remark:{address_key(known['address'])}", free=FREE)
    is_reply = form.kind is RemarkKind.REPLY
    kept = hash_of(receipt)
    with engine.begin() as conn:
        until = brakes.take(conn, limit, now=now)
    if until:
        return until
    typed = Typed(
        receipt_hash=kept,
        kind=form.kind,
        about=(about.kind, about.id),
        page=about.place,
        text=form.text.strip(),
        name=form.name if is_reply else "",
        post=form.post if is_reply else "",
        sealed=seal(known["key"], form.contact, f"remark:{kept}") if form.contact else "",
        language=known["lang"],
    )
    with engine.begin() as conn:
        keep_remark(conn, typed, now)
    return None
