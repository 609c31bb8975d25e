"""Laws of the registry → the bills that they were: by the exact title, else by the text layer's edges."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from db.batches import rows_where
from db.bills import Bill, BillKey
from tracker.identify.bill_index import AMBIGUOUS, UNKNOWN, Match, most_alike
from tracker.identify.bill_keys import TITLE, Draft
from tracker.identify.links import LinkRow, Links
from tracker.identify.merging import BILL, current_ids
from tracker.identify.same_drafts import SameDrafts
from tracker.rows import RecordRow
from tracker.stored import records
from vocab.errors import ReadError
from vocab.numbers import ActRef
from vocab.text import fold

ACT_SCORE = 0.8
ACT = "act_record"
_LONGEST_WAY = timedelta(days=3 * 365)  # from the first sight of a bill to its adoption
_LAW = re.compile("закон|кодекс")


def identify_acts(conn: Connection, keys: Collection[str]) -> set[str]:
    """Link laws of the registry to the bills that they were; give the bills that gained or lost one."""
    told = records(conn, ACT, keys)
    drafts = {record.key: draft for record in told if (draft := _draft(record))}
    values = {value for draft in drafts.values() for kind, value in draft.title_keys() if kind == TITLE}
    owners = rows_where(conn, BillKey, "value", values, kind=TITLE)
    same = SameDrafts(conn, [draft.spot for draft in drafts.values()])
    bills = {row["id"]: row for row in rows_where(conn, Bill, "id", same.bills() | {row["bill_id"] for row in owners})}
    links = Links(conn, ACT, BILL, keys)
    links.follow(current_ids(conn, filter(None, links.decided.values())))
    found = [_link(draft, _match(draft, owners, same.alike(draft.spot), bills)) for draft in drafts.values()]
    # A person may join what is no law by its kind, or has no day.
    decided = [row for row in links.linked().values() if row.spot in links.decided and row.record_key not in drafts]
    return links.store([*found, *decided])


def _draft(record: RecordRow) -> Draft | None:
    """The bill that the act would have been, None for what is no law or has no day."""
    adopted, kind = record.columns["adopted_on"], fold(record.columns["kind"] or "")
    if adopted is None or not _LAW.search(kind):
        return None
    try:
        title = ActRef.parse(record.columns["title"]).title
    except ReadError:
        return None
    return Draft(record_type=ACT, key=record.key, day=adopted, title=title, kind="law")


def _match(
    draft: Draft,
    owners: Sequence[Mapping[str, Any]],
    alike: Sequence[tuple[str, float]],
    bills: Mapping[str, Mapping[str, Any]],
) -> Match:
    """One bill of the title that fits in time; where there is none, one that resembles it more than all others."""
    values = {value for _, value in draft.title_keys()}
    owning = {row["bill_id"] for row in owners if row["value"] in values}
    titled = sorted(bill for bill in owning if _in_time(draft, bills[bill]))
    if len(titled) == 1:
        return Match(titled[0], TITLE, ACT_SCORE)
    if titled:
        return Match(None, AMBIGUOUS, 0.0, tuple(titled))
    return most_alike(alike, lambda bill: _in_time(draft, bills[bill])) or Match(None, UNKNOWN, 0.0)


def _link(draft: Draft, match: Match) -> LinkRow:
    return LinkRow(
        record_type=ACT,
        record_key=draft.key,
        dossier_type=BILL,
        dossier_id=match.bill_id,
        written=draft.title,
        method=match.method,
        score=match.score,
        candidates=match.candidates,
    )


def _in_time(draft: Draft, bill: Mapping[str, Any]) -> bool:
    first = bill["first_day"]
    return first is not None and first <= draft.day <= first + _LONGEST_WAY
