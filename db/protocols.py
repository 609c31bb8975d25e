"""What a protocol says line by line: projections of the newest version of a sitting_record, rewritten with it."""

from sqlmodel import Field, SQLModel


class RegistrationMark(SQLModel, table=True):
    """«Зарегистрировались N депутатов»: one row a registration, `seq` in the page's order."""

    __tablename__ = "registration"

    sitting_key: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    count: int


class BreakMark(SQLModel, table=True):
    """A break; `minutes` None where the page gives no length that can be."""

    __tablename__ = "sitting_break"

    sitting_key: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    minutes: int | None = None


class AbsenceMark(SQLModel, table=True):
    """A deputy announced as absent, as written."""

    __tablename__ = "absence"

    sitting_key: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    name: str


class TransferMark(SQLModel, table=True):
    """A vote given to another deputy, both as written; `seq` is that of the absence; `about` its single question."""

    __tablename__ = "vote_transfer"

    sitting_key: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    from_name: str
    to_name: str
    about: str | None = None
    written_form: bool = False
