"""Which record belongs to which dossier: method, score, and a person's decision, which always wins."""

from datetime import datetime

from sqlalchemy import JSON, Index, TextClause
from sqlmodel import Field, SQLModel

UNSURE = TextClause(
    "(method = 'similar' AND score < 0.95 OR method = 'conflict' AND json_array_length(candidates) > 0 "
    "OR dossier_id IS NULL AND method <> 'decided' AND (dossier_type = 'person' OR json_array_length(candidates) > 0))"
)
"""The links that a person should look at, among many more that are certain or speak of a bill that nobody knows.

A likeness from 0.95 on needs no second look.
"""


_PLACE = ("dossier_type", "record_type", "record_key", "place")


class Link(SQLModel, table=True):
    """A record, or one place in it, and the dossier it speaks of.

    `place` is "" for the whole record, "absence:3" or "transfer:3" for a name in it, "event:0" for what a press
    release tells of a draft. `dossier_id` None: not resolved, `method` says why ("unknown" or "ambiguous") and
    `candidates` who was possible.
    """

    __tablename__ = "link"
    __table_args__ = (
        Index("ix_link_dossier", "dossier_type", "dossier_id", "record_type", "place"),
        Index("ix_link_unsure", *_PLACE, sqlite_where=UNSURE, postgresql_where=UNSURE),
    )

    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
    place: str = Field(default="", primary_key=True)
    dossier_type: str = Field(primary_key=True)
    dossier_id: str | None = None
    written: str = ""
    method: str
    score: float = 1.0
    candidates: list[str] = Field(default_factory=list, sa_type=JSON)


class LinkDecision(SQLModel, table=True):
    """A person's decision about a link; identify obeys it, and `link_change` keeps the earlier ones.

    `written` is what stood at the place: the text layer may number the drafts of a press release anew, and then the
    decision goes with its words. None: whatever stands there.
    """

    __tablename__ = "link_decision"

    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
    place: str = Field(default="", primary_key=True)
    dossier_type: str = Field(primary_key=True)
    dossier_id: str | None = None
    written: str | None = None
    decided_by: str
    decided_at: datetime
    reason: str = ""


class LinkChange(SQLModel, table=True):
    """A record that came to another dossier, or a dossier that became another one: append-only.

    `change` is moved, merged, split, apart (a person decided that `before` and `after` are two) or released (a person
    took a decision back). `method` says what
    led to it: a way of linking, or "decided" by a person, `who`. `record_type` is "bill" where no record moved.
    """

    __tablename__ = "link_change"
    __table_args__ = (
        Index("ix_link_change_before", "dossier_type", "before"),
        Index("ix_link_change_after", "dossier_type", "after"),
        Index("ix_link_change_spot", "record_key", "place"),
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    change: str
    record_type: str
    record_key: str
    place: str = ""
    dossier_type: str
    before: str | None = None
    after: str | None = None
    method: str
    score: float = 1.0
    who: str | None = None
    reason: str = ""
