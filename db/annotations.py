"""What the texts of records say, as the text layer read them: each row with method, score and the words that decided.

Annotations are computed anew when a record's text or the text layer changes; they are never edited by a person, whose
decisions stand in tables of their own (`topic_decision`, `link_decision`) and always win.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel


class Annotation(SQLModel, table=True):
    """One text that was read: which content by which code, its language and its normal forms.

    `content_hash` is the record's, `code_version` of the reading code and its lexicons, `names_version` of
    the persons it was read with: where all are the same, there is nothing to do. `outcome_hash` is of everything that
    was read out of the text: only another outcome is news for the tracker and the search. `language` is ru, ky, mixed
    or unknown; `sentences` a JSON list of [start, end, language]. `normal_title` are the normal forms of the title,
    blank-separated, in order. `failure` says why nothing could be read, None for a plain reading.
    """

    __tablename__ = "annotation"

    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
    content_hash: str
    code_version: str
    names_version: str
    outcome_hash: str
    language: str
    language_score: float
    language_words: list[str] = Field(default_factory=list, sa_type=JSON)
    sentences: list[Any] = Field(default_factory=list, sa_type=JSON)
    normal_title: str = ""
    failure: str | None = None
    annotated_at: datetime


class MentionRow(SQLModel, table=True):
    """Somebody or something named in a text, see `nlp.mentions.mention.Mention`; places are of title, line feed, body.

    `key` says of two mentions of one kind that they mean the same: a person's id, the key of an act's title, else the
    normal form.
    """

    __tablename__ = "mention"

    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str
    start: int
    end: int
    written: str
    normal: str
    key: str
    value: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    score: float
    method: str


class ActKey(SQLModel, table=True):
    """By what texts cite an act of the law registry: its title's key, its number with its day; `day` of adoption."""

    __tablename__ = "act_key"

    key: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True, index=True)
    day: date | None = None


class ActCitation(SQLModel, table=True):
    """The keys of the acts that a text cites: a new act of the registry finds the texts that wait for it."""

    __tablename__ = "act_citation"
    __table_args__ = (Index("ix_act_citation_record", "record_type", "record_key"),)

    key: str = Field(primary_key=True)
    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)


class PressEventRow(SQLModel, table=True):
    """What a press release tells of a draft, see `nlp.press.event.PressEvent`. `seq` counts from 0 in text order."""

    __tablename__ = "press_event"

    record_key: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    draft: str
    kind: str
    body: str
    committee: str | None = None
    action: str
    readings: list[int] = Field(default_factory=list, sa_type=JSON)
    day: date
    day_stated: bool
    presenter: str | None = None
    initiator: str | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    quoted: bool
    score: float
    words: list[str] = Field(default_factory=list, sa_type=JSON)


class TopicRow(SQLModel, table=True):
    """A major topic (1–23, Comparative Agendas Project) of a text; `rank` 1 is the main one."""

    __tablename__ = "topic"

    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True, index=True)
    rank: int = Field(primary_key=True)
    topic: int = Field(index=True)
    score: float
    method: str
    words: list[str] = Field(default_factory=list, sa_type=JSON)


class TopicDecision(SQLModel, table=True):
    """A person's choice of topics, the main one first; append-only, the newest row of a subject counts.

    `subject_type` is bill or press_record.
    """

    __tablename__ = "topic_decision"
    __table_args__ = (Index("ix_topic_decision_subject", "subject_type", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    subject_type: str
    subject_id: str
    topics: list[int] = Field(sa_type=JSON)
    decided_by: str
    decided_at: datetime
    reason: str = ""


class DraftEdge(SQLModel, table=True):
    """Two records that speak of one draft, or of two drafts that resemble each other.

    A side is (record type, key, place): place "" for the whole record, "event:N" for a press event; the smaller side
    stands left. `relation` is same, alternative (art. 1: other initiators, within a month, the same acts), similar (a
    near-duplicate title over the years) or perhaps (nearly the same; a person is asked). `words` are what decided.
    """

    __tablename__ = "draft_edge"
    __table_args__ = (Index("ix_draft_edge_right", "right_type", "right_key"),)

    left_type: str = Field(primary_key=True)
    left_key: str = Field(primary_key=True)
    left_place: str = Field(default="", primary_key=True)
    right_type: str = Field(primary_key=True)
    right_key: str = Field(primary_key=True)
    right_place: str = Field(default="", primary_key=True)
    relation: str
    score: float
    method: str
    words: list[str] = Field(default_factory=list, sa_type=JSON)


class DraftMention(SQLModel, table=True):
    """What a record says of a draft, as it was compared: a side of edges. `said` holds its fields as JSON."""

    __tablename__ = "draft_mention"

    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
    place: str = Field(default="", primary_key=True)
    day: date | None = None
    said: dict[str, Any] = Field(sa_type=JSON)


class DraftBlock(SQLModel, table=True):
    """A key under which a mention of a draft is found: only mentions that share one are compared."""

    __tablename__ = "draft_block"
    __table_args__ = (Index("ix_draft_block_record", "record_type", "record_key"),)

    block: str = Field(primary_key=True)
    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
    place: str = Field(default="", primary_key=True)
