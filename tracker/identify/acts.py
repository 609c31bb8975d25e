"""Laws of the registry → the bills that they were, by the exact title alone; more comes with the text layer."""

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from db.bills import Bill, BillKey
from tracker.identify.bill_index import AMBIGUOUS, UNKNOWN
from tracker.identify.bill_keys import TITLE, Draft
from tracker.identify.links import LinkRow, Links
from tracker.rows import RecordRow
from tracker.stored import records, rows_where
from vocab.errors import ReadError
from vocab.numbers import ActRef
from vocab.text import fold

ACT_SCORE = 0.8
_LONGEST_WAY = timedelta(days=3 * 365)  # from the first sight of a bill to its adoption
_LAW = re.compile("закон|кодекс")


def identify_acts(conn: Connection, keys: Collection[str]) -> set[str]:
    """Link laws of the registry to the bills that they were; give the bills that gained or lost one."""
    drafts = {record.key: draft for record in records(conn, "act_record", keys) if (draft := _draft(record))}
    values = {value for draft in drafts.values() for kind, value in draft.title_keys() if kind == TITLE}
    owners = rows_where(conn, BillKey, "value", values, kind=TITLE)
    bills = {row["id"]: row for row in rows_where(conn, Bill, "id", {row["bill_id"] for row in owners})}
    links = [_link(draft, owners, bills) for draft in drafts.values()]
    return Links(conn, "act_record", "bill", keys).store(links)


def _draft(record: RecordRow) -> Draft | None:
    """The bill that the act would have been, None for what is no law or has no day."""
    adopted, kind = record.columns["adopted_on"], fold(record.columns["kind"] or "")
    if adopted is None or not _LAW.search(kind):
        return None
    try:
        title = ActRef.parse(record.columns["title"]).title
    except ReadError:
        return None
    return Draft(record_type="act_record", key=record.key, day=adopted, title=title, kind="law")


def _link(draft: Draft, owners: list[dict[str, Any]], bills: dict[str, dict[str, Any]]) -> LinkRow:
    values = {value for _, value in draft.title_keys()}
    possible = {row["bill_id"] for row in owners if row["value"] in values}
    fitting = sorted(one for one in possible if _in_time(draft, bills[one]))
    return LinkRow(
        record_type="act_record",
        record_key=draft.key,
        dossier_type="bill",
        dossier_id=fitting[0] if len(fitting) == 1 else None,
        written=draft.title,
        method=TITLE if len(fitting) == 1 else AMBIGUOUS if fitting else UNKNOWN,
        score=ACT_SCORE if len(fitting) == 1 else 0.0,
        candidates=tuple(fitting) if len(fitting) > 1 else (),
    )


def _in_time(draft: Draft, bill: dict[str, Any]) -> bool:
    first = bill["first_day"]
    return first is not None and first <= draft.day <= first + _LONGEST_WAY
