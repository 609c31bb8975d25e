"""Who may sign in, where they are signed in, and the links that let them in for the first time or anew."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class User(SQLModel, table=True):
    """A person with an account, known by `login`: an e-mail address or a name, in its folded form.

    `roles` are values of vocab.roles.Role. `password_hash` None: invited and not yet there. `totp_secret` None: no
    second factor, else sealed (db.sealing); `totp_step` is the last half minute whose code was used, a code
    counts once. `recovery_codes` are the hashes of the codes that are left. Failed tries stand in `sign_in_brake`, for
    unknown logins as well. `erased_at`: the person was erased (db.erasure); login and name say so, the id stays.
    """

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True)
    name: str
    roles: list[str] = Field(default_factory=list, sa_type=JSON)
    language: str
    active: bool = True
    password_hash: str | None = None
    totp_secret: str | None = None
    totp_step: int | None = None
    recovery_codes: list[str] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime
    erased_at: datetime | None = None


class UserSession(SQLModel, table=True):
    """A device that somebody is signed in on. The cookie holds the token, this row its hash, and this row decides.

    `recovery_key`: 32 random bytes in hexadecimal. The observer's app keeps its notes encrypted under a PIN; with this
    key, which only a session that is not ended gets, a person who forgot the PIN reads them again.
    """

    __tablename__ = "account_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    user_id: int = Field(foreign_key="account.id", index=True)
    device: str
    created_at: datetime
    last_seen: datetime
    second_factor_at: datetime | None = None
    recovery_key: str
    revoked_at: datetime | None = None


class Ticket(SQLModel, table=True):
    """A link that works once. `purpose`: invitation or reset; `used_at` also where a newer one replaced it."""

    __tablename__ = "account_ticket"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    user_id: int = Field(foreign_key="account.id", index=True)
    purpose: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class SignInBrake(SQLModel, table=True):
    """Failed tries by what they were aimed at or came from: "login:…", "address:…", "code:…", "mail:…".

    A row for an unknown login looks like one for a known login: a refusal does not tell whether an account exists.
    """

    __tablename__ = "sign_in_brake"

    key: str = Field(primary_key=True)
    failures: int
    last_at: datetime = Field(index=True)
    until: datetime | None = None
