"""What the database holds of one account: for the person's right to see it, without the data of others."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from db.accounts import Account
from db.metadata import METADATA

BY_NUMBER = frozenset({"user_id"})
BY_TEXT = frozenset({"observer"})
BY_REFERENCE = frozenset({"who", "target"})
"""Columns that name an account, besides those that end with `_by`: by its number, as text, as «user:7»."""

_SECRET = frozenset({"password_hash", "totp_secret", "totp_step", "recovery_codes", "recovery_key", "token_hash"})
_SECRET_OF_ROWS = frozenset({"salt", "typed_hash", "prev_hash", "hash", "sealed", "receipt_hash"})
KEPT_SECRET, SOMEBODY = "kept, not shown", "somebody else"


def stored_about(conn: Connection, account: Account) -> dict[str, list[dict[str, Any]]]:
    """Every row that names the account, by table; secrets are said to be kept, other people are «somebody else»."""
    found = {}
    for table in METADATA.sorted_tables:
        named = _names_account(table, account)
        if named is not None:
            rows = conn.execute(select(table).where(named).order_by(*table.primary_key.columns)).mappings()
            found[table.name] = [_shown(dict(row), account) for row in rows]
    return {name: rows for name, rows in found.items() if rows}


def references(table: Table) -> Iterator[str]:
    """The columns of a table that name an account."""
    known = BY_NUMBER | BY_TEXT | BY_REFERENCE
    yield from (column.name for column in table.columns if column.name in known or column.name.endswith("_by"))


def _names_account(table: Table, account: Account) -> ColumnElement[bool] | None:
    if table.name == "account":
        return table.c.id == account.id
    wanted = [table.c[name].in_(_forms(name, account)) for name in references(table)]
    return or_(*wanted) if wanted else None


def _forms(column: str, account: Account) -> list[Any]:
    if column in BY_NUMBER:
        return [account.id]
    return [str(account.id)] if column in BY_TEXT else [account.reference, f"account:{account.id}"]


def _shown(row: Mapping[str, Any], account: Account) -> dict[str, Any]:
    return {name: _value(name, value, account) for name, value in row.items() if name not in _SECRET_OF_ROWS}


def _value(name: str, value: Any, account: Account) -> Any:
    if name in _SECRET:
        return KEPT_SECRET if value else None
    is_reference = name.endswith("_by") or name == "who"
    return SOMEBODY if is_reference and value and value != account.reference else value
