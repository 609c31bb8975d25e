"""Persons and their memberships by day."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Person(SQLModel, table=True):
    """A person; `id` comes from the name (vocab.ids). `name` is the fullest form seen."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    name: str
    surname: str
    given: str | None = None
    patronymic: str | None = None
    gender: str | None = None


class PersonKey(SQLModel, table=True):
    """Spellings of a person's name on the lists, by match key (vocab.names).

    «Турсунбаеву А.А.» finds its candidates by index; `name` is one spelling in full, to compare with.
    """

    __tablename__ = "person_key"

    match_key: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    name: str = Field(primary_key=True)


class Membership(SQLModel, table=True):
    """An unbroken stretch of lists that show a person in one faction of one convocation.

    `seen_first` and `seen_last` are days of lists, not days of election: outside them the membership is unknown.
    `faction` is the canonical name, None for a member of no faction.
    """

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_person", "person_id", "seen_first"),)

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    convocation: str = Field(primary_key=True)
    seen_first: date = Field(primary_key=True)
    seen_last: date
    faction: str | None = None
