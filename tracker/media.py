"""Videos of sittings and interviews are added and withdrawn, each act in the audit log, and told once.

The transaction is the caller's. What the public sees of them: db.media_queries.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, update

from db.audit import Act, append, take_audit_turn
from db.batches import rows_where
from db.bills import Bill
from db.engine import take_turn
from db.happenings import Happening, HappeningAbout
from db.media import Interview, LiveVideo
from db.media_queries import QUOTE, present_sitting, starts_at
from db.moves import former, moves
from db.people import Person
from db.upsert import table_of
from tracker.happenings import Dossier, News
from tracker.identify.merging import aliases_of, current_ids
from tracker.media_reading import Approval, NewInterview, NewVideo
from tracker.newsroom import store_news
from vocab.dates import BISHKEK
from vocab.errors import UsageError
from vocab.text import fold_space

VIDEO, VIDEO_WITHDRAWN = "live_video", "live_video_withdrawn"
INTERVIEW, INTERVIEW_WITHDRAWN = "interview_published", "interview_withdrawn"
"""Kinds of happenings; their keys are `<kind>:<number>`."""


def attach_video(conn: Connection, sitting: str, video: NewVideo, act: Act) -> int:
    """Attach a video to a sitting, under today's id of it; gives its number. One that stands is not attached twice.

    Raises UsageError where there is no such sitting, and where the video stands with another beginning.
    """
    _take_turns(conn)
    row = present_sitting(conn, sitting)
    if row is None:
        raise UsageError(f"there is no sitting {sitting}")
    begins = starts_at(row, video.starts_at)
    for same in rows_where(conn, LiveVideo, "sitting_id", former(moves(conn), [row["id"]]), url=video.url):
        if same["withdrawn_at"] is None:
            if starts_at(row, same["starts_at"]) != begins:
                raise UsageError(f"it stands already, as video {same['id']}, with another beginning: withdraw it first")
            return int(same["id"])
    table = table_of(LiveVideo)
    values: dict[str, Any] = {"sitting_id": row["id"], "platform": video.platform.value, "url": video.url}
    values |= {"starts_at": video.starts_at, "added_by": act.who, "added_at": act.at}
    number: int = conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()
    detail = {"sitting": row["id"], "platform": video.platform.value}
    append(conn, act, action="video added", target=f"live_video:{number}", detail=detail, typed={"url": video.url})
    moment = begins.astimezone(BISHKEK).isoformat() if begins else None
    facts = {"url": video.url, "platform": video.platform.value, "starts_at": moment}
    of_sitting: Dossier = ("sitting", row["id"])
    about = {of_sitting} | ({("committee", row["committee_id"])} if row["committee_id"] else set())
    _tell(conn, act, (VIDEO, number), (of_sitting, row["title"], row["day"]), facts, about)
    return number


def add_interview(conn: Connection, interview: NewInterview, act: Act) -> int:
    """Keep an interview and tell of it, with the quote where it is approved; gives its number.

    The same interview again is no second one. Raises UsageError where there is no such person or bill, and where the
    interview stands already with other words.
    """
    _take_turns(conn)
    person = next(iter(rows_where(conn, Person, "id", [interview.person_id])), None)
    if person is None:
        raise UsageError(f"there is no person {interview.person_id}")
    interview = replace(interview, bill_id=_present_bill(conn, interview.bill_id))
    values = _columns(interview)
    standing = _same(conn, interview)
    if standing:
        if any(standing[name] != value for name, value in values.items() if name != "bill_id"):
            raise UsageError(f"it stands already, as interview {standing['id']}, with other words: withdraw it first")
        return int(standing["id"])
    values |= {"added_by": act.who, "added_at": act.at}
    if interview.approval:
        values |= {"approval_kept_by": act.who, "approval_kept_at": act.at}
    table = table_of(Interview)
    number: int = conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()
    detail = {"person": interview.person_id, "bill": interview.bill_id, "approved": interview.approval is not None}
    append(conn, act, action="interview added", target=f"interview:{number}", detail=detail, typed=_typed(values))
    of_person: Dossier = ("person", interview.person_id)
    about = {of_person} | ({("bill", interview.bill_id)} if interview.bill_id else set())
    _tell(conn, act, (INTERVIEW, number), (of_person, person["name"], interview.day), _facts(number, values), about)
    return number


def approve_quote(conn: Connection, number: int, approval: Approval, act: Act) -> None:
    """Keep that the quote of an interview was approved: from now on it is public, and told in the place of before.

    Raises UsageError where the interview does not stand, has no quote, or its quote is approved already.
    """
    _take_turns(conn)
    row = next(iter(rows_where(conn, Interview, "id", [number])), None)
    if row is None or row["withdrawn_at"] or not row["quote"] or row["approved_on"]:
        raise UsageError(f"no quote of interview {number} waits for an approval")
    values = _of_approval(approval)
    table = table_of(Interview)
    kept = values | {"approval_kept_by": act.who, "approval_kept_at": act.at}
    conn.execute(update(table).where(table.c.id == number).values(**kept))
    append(conn, act, action="quote approved", target=f"interview:{number}", typed=_typed(values))
    first = f"{INTERVIEW}:{number}"
    subject, about = _told_before(conn, first)
    facts = _facts(number, row | values) | {"told": first}
    _tell(conn, act, (INTERVIEW, f"{number}{QUOTE[1]}"), subject, facts, about)


def withdraw_video(conn: Connection, number: int, reason: str, act: Act) -> None:
    """Take a video back: it is on no page any more. Raises UsageError without a reason, or where none stands."""
    _withdraw(conn, LiveVideo, number, reason, act)


def withdraw_interview(conn: Connection, number: int, reason: str, act: Act) -> None:
    """Take an interview back with its quote. Raises UsageError without a reason, or where none stands."""
    _withdraw(conn, Interview, number, reason, act)


def _withdraw(conn: Connection, model: type[LiveVideo] | type[Interview], number: int, reason: str, act: Act) -> None:
    _take_turns(conn)
    name, kinds = _NAMES[model]
    reason = fold_space(reason.replace("\0", ""))
    if not reason:
        raise UsageError("give a reason: it is kept")
    table = table_of(model)
    taken = {"withdrawn_by": act.who, "withdrawn_at": act.at, "withdrawn_reason": reason}
    standing = update(table).where(table.c.id == number, table.c.withdrawn_at.is_(None))
    if not conn.execute(standing.values(**taken)).rowcount:
        raise UsageError(f"no {name} {number} stands")
    append(conn, act, action=f"{name} withdrawn", target=f"{table.name}:{number}", typed={"reason": reason})
    first = f"{kinds[0]}:{number}"
    subject, about = _told_before(conn, first)
    _tell(conn, act, (kinds[1], number), subject, {"told": first}, about)


_NAMES: Mapping[type[LiveVideo] | type[Interview], tuple[str, tuple[str, str]]] = {
    LiveVideo: ("video", (VIDEO, VIDEO_WITHDRAWN)),
    Interview: ("interview", (INTERVIEW, INTERVIEW_WITHDRAWN)),
}

_Subject = tuple[Dossier, str, date]
"""What a happening is about, what that is called, and the day."""


def _tell(
    conn: Connection,
    act: Act,
    named: tuple[str, int | str],
    subject: _Subject,
    facts: dict[str, Any],
    about: set[Dossier],
) -> None:
    dossier, title, day = subject
    told: dict[str, Any] = {"key": f"{named[0]}:{named[1]}", "kind": named[0], "facts": facts, "seen_at": act.at}
    store_news(conn, [News(**told, subject=dossier, title=title, day=day, about=frozenset(about))])


def _told_before(conn: Connection, key: str) -> tuple[_Subject, set[Dossier]]:
    """What the first happening was about: a later one of the same matter stands in its place, in the same week."""
    (row,) = rows_where(conn, Happening, "key", [key])
    about = rows_where(conn, HappeningAbout, "happening_key", [key])
    subject: _Subject = ((row["subject_kind"], row["subject_id"]), row["title"], row["day"])
    return subject, {(one["dossier_type"], one["dossier_id"]) for one in about}


def _take_turns(conn: Connection) -> None:
    """Before looking: two people who add one thing at once add it one after the other."""
    take_turn(conn)
    take_audit_turn(conn)


def _present_bill(conn: Connection, bill: str | None) -> str | None:
    if bill is None:
        return None
    present = current_ids(conn, [bill]).get(bill, bill)
    if not rows_where(conn, Bill, "id", [present]):
        raise UsageError(f"there is no bill {bill}")
    return present


def _same(conn: Connection, interview: NewInterview) -> Mapping[str, Any] | None:
    """The interview with this person at this address of this bill, where it stands."""
    bill = interview.bill_id
    known_as = {bill} if bill is None else {bill, *aliases_of(conn, [bill])}
    rows = rows_where(conn, Interview, "person_id", [interview.person_id], url=interview.url)
    return next((row for row in rows if row["withdrawn_at"] is None and row["bill_id"] in known_as), None)


def _columns(interview: NewInterview) -> dict[str, Any]:
    names = ("person_id", "bill_id", "title", "language", "url", "day", "quote")
    values = {name: getattr(interview, name) for name in names}
    return values | (_of_approval(interview.approval) if interview.approval else {})


def _of_approval(approval: Approval) -> dict[str, Any]:
    return {name: getattr(approval, name) for name in ("approver", "approved_how", "approved_on")}


def _typed(values: Mapping[str, Any]) -> dict[str, str]:
    names = ("title", "url", "quote", "approver", "approved_how")
    return {name: values[name] for name in names if values.get(name)}


def _facts(number: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a sentence about an interview needs; of a quote that nobody approved, nothing."""
    facts = {"url": values["url"], "interview": number, "name": values["title"], "language": values["language"]}
    approved_on = values.get("approved_on")
    if not approved_on:
        return facts | {"quote": None}
    approved = {"quote": values["quote"], "approver": values["approver"], "approved_on": approved_on.isoformat()}
    return facts | approved
