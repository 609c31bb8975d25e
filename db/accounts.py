"""Accounts: made, read and changed, each change in the audit log. The caller's transaction is the transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, or_, select, update

from db.audit import Act, append, take_audit_turn, user_reference
from db.upsert import table_of
from db.users import User
from vocab.errors import UsageError
from vocab.languages import DEFAULT_LANGUAGE, STAFF_LANGUAGES
from vocab.roles import Role, needs_second_factor
from vocab.text import fold_space

_LONGEST = 200
_KNOWN = frozenset(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person as the database knows them; `db.users.User` says what the values are."""

    id: int
    login: str
    name: str
    roles: frozenset[Role]
    language: str
    active: bool
    password_hash: str | None
    totp_secret: str | None
    totp_step: int | None
    recovery_codes: tuple[str, ...]
    created_at: datetime
    erased_at: datetime | None

    @property
    def reference(self) -> str:
        """How the audit log and decisions name the person."""
        return user_reference(self.id)

    @property
    def needs_second_factor(self) -> bool:
        """True where one of the roles asks for it."""
        return needs_second_factor(self.roles)


def fold_login(text: str) -> str:
    """The one form of a login: without outer space, in small letters. Raises UsageError for none and for a long one."""
    login = fold_space(text.replace("\0", "")).casefold()
    if not login or len(login) > _LONGEST:
        raise UsageError("a login is an e-mail address or a name, at most 200 letters")
    return login


def account_by_id(conn: Connection, account_id: int) -> Account | None:
    """The account, or None."""
    table = table_of(User)
    row = conn.execute(select(table).where(table.c.id == account_id)).mappings().first()
    return _account(row) if row else None


def account_by_login(conn: Connection, login: str) -> Account | None:
    """The account of a login in its folded form, or None."""
    table = table_of(User)
    row = conn.execute(select(table).where(table.c.login == login)).mappings().first()
    return _account(row) if row else None


def accounts(conn: Connection) -> list[Account]:
    """Everybody, by login."""
    table = table_of(User)
    return [_account(row) for row in conn.execute(select(table).order_by(table.c.login)).mappings()]


def add_account(
    conn: Connection, login: str, name: str, roles: Collection[Role], language: str, *, act: Act
) -> Account:
    """A new account without a password. Raises UsageError for a login that is taken, and for an unknown language."""
    take_audit_turn(conn)
    folded = fold_login(login)
    _check_language(language)
    if account_by_login(conn, folded):
        raise UsageError(f"there is an account {folded!r} already")
    row: dict[str, Any] = {"login": folded, "name": _name(name) or folded, "roles": sorted(roles)}
    row |= {"language": language, "active": True, "recovery_codes": [], "created_at": act.at}
    table = table_of(User)
    account_id = conn.execute(insert(table).values(**row).returning(table.c.id)).scalar_one()
    account = _found(conn, account_id)
    note(conn, account, "account added", {"roles": row["roles"], "language": language}, act=act)
    return account


def rename(conn: Connection, account_id: int, *, name: str, language: str, act: Act) -> None:
    """Another name and language; without a name the present one stays. Raises UsageError for an unknown language."""
    take_audit_turn(conn)
    _check_language(language)
    before = _found(conn, account_id)
    values = {"name": _name(name) or before.name, "language": language}
    changed = [key for key, value in values.items() if getattr(before, key) != value]
    if changed:
        _change(conn, before, values, "account described", {"changed": changed}, act)


def set_roles(conn: Connection, account_id: int, roles: Collection[Role], *, act: Act) -> None:
    """Give exactly these roles. Raises UsageError where no active admin would be left."""
    take_audit_turn(conn)
    before = _found(conn, account_id)
    if before.roles == frozenset(roles):
        return
    if Role.ADMIN not in roles:
        _keep_an_admin(conn, before)
    detail = {"roles": sorted(roles), "before": sorted(before.roles)}
    _change(conn, before, {"roles": sorted(roles)}, "roles changed", detail, act)


def set_active(conn: Connection, account_id: int, active: bool, *, act: Act) -> None:
    """Let a person in, or no more. Raises UsageError where no active admin would be left."""
    take_audit_turn(conn)
    before = _found(conn, account_id)
    if before.active == active:
        return
    if not active:
        _keep_an_admin(conn, before)
    _change(conn, before, {"active": active}, "account activated" if active else "account deactivated", {}, act)


def set_password_hash(conn: Connection, account_id: int, password_hash: str, *, act: Act) -> None:
    """Another password."""
    take_audit_turn(conn)
    _change(conn, _found(conn, account_id), {"password_hash": password_hash}, "password changed", {}, act)


def renew_password_hash(conn: Connection, account_id: int, before: str, after: str) -> None:
    """The same password hashed by newer settings; nothing where it was changed meanwhile."""
    table = table_of(User)
    same = (table.c.id == account_id, table.c.password_hash == before)
    conn.execute(update(table).where(*same).values(password_hash=after))


def renew_totp_secret(conn: Connection, account_id: int, before: str, after: str) -> None:
    """The same secret kept in another form; nothing where it was changed meanwhile."""
    table = table_of(User)
    same = (table.c.id == account_id, table.c.totp_secret == before)
    conn.execute(update(table).where(*same).values(totp_secret=after))


def set_second_factor(
    conn: Connection, account_id: int, secret: str | None, codes: Collection[str], *, act: Act
) -> None:
    """Another secret and the hashes of its recovery codes; None takes the second factor away."""
    take_audit_turn(conn)
    values = {"totp_secret": secret, "totp_step": None, "recovery_codes": list(codes)}
    action = "second factor set up" if secret else "second factor removed"
    _change(conn, _found(conn, account_id), values, action, {}, act)


def set_recovery_codes(conn: Connection, account_id: int, codes: Collection[str], *, act: Act) -> None:
    """The hashes of new recovery codes; the earlier ones count no more."""
    take_audit_turn(conn)
    account = _found(conn, account_id)
    _change(conn, account, {"recovery_codes": list(codes)}, "recovery codes made", {"count": len(codes)}, act)


def use_totp_step(conn: Connection, account_id: int, step: int) -> bool:
    """Spend a code of the second factor: True once, False for a step that was used or is older than a used one."""
    table = table_of(User)
    unused = or_(table.c.totp_step.is_(None), table.c.totp_step < step)
    spent = conn.execute(update(table).where(table.c.id == account_id, unused).values(totp_step=step))
    return spent.rowcount == 1


def use_recovery_code(conn: Connection, account_id: int, code_hash: str, *, act: Act) -> bool:
    """Spend a recovery code: True once."""
    take_audit_turn(conn)
    account = _found(conn, account_id)
    if code_hash not in account.recovery_codes:
        return False
    left = [one for one in account.recovery_codes if one != code_hash]
    _change(conn, account, {"recovery_codes": left}, "recovery code used", {"left": len(left)}, act)
    return True


def erase(conn: Connection, account_id: int, *, act: Act) -> str:
    """Take login, name, secrets and roles from an account for ever; gives the pseudonym that stands in their place.

    The id stays: notes and decisions hang on it. What else tells of the person: `db.erasure`. Raises UsageError for
    the only active admin, and for an account that was erased.
    """
    take_audit_turn(conn)
    before = _found(conn, account_id)
    _keep_an_admin(conn, before)
    pseudonym = f"erased-{account_id}"
    values: dict[str, Any] = {"login": pseudonym, "name": pseudonym, "roles": [], "active": False}
    values |= {"password_hash": None, "totp_secret": None, "totp_step": None, "recovery_codes": []}
    values |= {"language": DEFAULT_LANGUAGE, "erased_at": act.at}
    _change(conn, before, values, "account erased", {}, act)
    return pseudonym


def note(
    conn: Connection,
    account: Account,
    action: str,
    detail: Mapping[str, Any] | None = None,
    *,
    typed: Mapping[str, str] | None = None,
    act: Act,
) -> None:
    """An act about an account that changes no value of it: a sign-in, a link that was made."""
    append(conn, act, action=action, target=f"account:{account.id}", detail=detail, typed=typed)


def names(conn: Connection) -> dict[str, str]:
    """Everybody's name by what the log and decisions call them: as who acts, and as the account acted upon."""
    everybody = accounts(conn)
    return {f"account:{one.id}": one.name for one in everybody} | {one.reference: one.name for one in everybody}


def _change(
    conn: Connection, account: Account, values: Mapping[str, Any], action: str, detail: Mapping[str, Any], act: Act
) -> None:
    if account.erased_at:
        raise UsageError(f"account {account.id} was erased: nothing of it can be changed")
    table = table_of(User)
    conn.execute(update(table).where(table.c.id == account.id).values(**values))
    note(conn, account, action, detail, act=act)


def _keep_an_admin(conn: Connection, leaving: Account) -> None:
    others = (one for one in accounts(conn) if one.active and Role.ADMIN in one.roles and one.id != leaving.id)
    if Role.ADMIN in leaving.roles and next(others, None) is None:
        raise UsageError(f"{leaving.login} is the only active admin: make another one first")


def _check_language(language: str) -> None:
    if language not in STAFF_LANGUAGES:
        raise UsageError(f"no language {language!r}: {' or '.join(STAFF_LANGUAGES)}")


def _name(name: str) -> str:
    return fold_space(name.replace("\0", ""))[:_LONGEST]


def _found(conn: Connection, account_id: int) -> Account:
    account = account_by_id(conn, account_id)
    if account is None:
        raise UsageError(f"no account {account_id}")
    return account


def _account(row: RowMapping) -> Account:
    values: dict[str, Any] = dict(row)
    values["roles"] = frozenset(Role(role) for role in row["roles"] if role in _KNOWN)
    return Account(**values | {"recovery_codes": tuple(row["recovery_codes"])})
