"""Bills as we understand them from all records together."""

from datetime import date

from sqlmodel import Field, SQLModel


class Bill(SQLModel, table=True):
    """A bill; `id` comes from its strongest key when first met and never changes."""

    __tablename__ = "bill"

    id: str = Field(primary_key=True)
    title: str
    kind: str
    number: str | None = Field(default=None, index=True)
    initiator: str | None = None
    convocation: str | None = None
    first_day: date | None = None


class BillKey(SQLModel, table=True):
    """Every key by which a bill is known: number, government resolution, title with initiators, title."""

    __tablename__ = "bill_key"

    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    bill_id: str = Field(primary_key=True, foreign_key="bill.id", index=True)
