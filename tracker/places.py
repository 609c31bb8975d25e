"""Records, places, bills and sittings by the names that people type."""

from textwrap import shorten

from sqlalchemy import Connection

from db.batches import rows_where
from db.bills import Bill
from db.links import Link
from db.records import RECORD_TABLES
from db.sittings import Sitting
from tracker.identify.bill_keys import Spot
from tracker.identify.drafts import SOURCES
from tracker.identify.merging import BILL, current_ids
from vocab.errors import UsageError

_SHOWN = 80  # letters of a title in a message
LINKED = (*SOURCES, "act_record")
"""The types of records that speak of bills."""


def find_bill(conn: Connection, name: str) -> str:
    """Today's id of a bill, known by this id or a former one. Raises UsageError for none."""
    wanted = current_ids(conn, [name]).get(name, name)
    if not rows_where(conn, Bill, "id", [wanted]):
        raise UsageError(f"no bill {name!r}; ids stand in the addresses of the site")
    return wanted


def refuse_unknown_sitting(conn: Connection, sitting: str) -> None:
    """Raises UsageError for an id that is no sitting's."""
    if not rows_where(conn, Sitting, "id", [sitting]):
        raise UsageError(f"no sitting {sitting!r}")


def find_spot(conn: Connection, name: str, place: str | None = None) -> Spot:
    """A record by its key, with its type before it or not («press_record:kenesh:press:83331»), and the place in it.

    A press release needs none where it tells of one draft. Raises UsageError that names the places there are.
    """
    record_type, _, key = name.partition(":")
    if record_type in LINKED and _is_there(conn, record_type, key):
        return record_type, key, _place(conn, record_type, key, place)
    found = [one for one in LINKED if _is_there(conn, one, name)]
    if not found:
        raise UsageError(f"no record {name!r} that could speak of a bill; `baikoo link review` names records")
    return found[0], name, _place(conn, found[0], name, place)


def _is_there(conn: Connection, record_type: str, key: str) -> bool:
    return bool(rows_where(conn, RECORD_TABLES[record_type], "key", [key]))


def _place(conn: Connection, record_type: str, key: str, place: str | None) -> str:
    if record_type != "press_record":
        if place:
            raise UsageError(f"{record_type}:{key} has no places: leave --place out")
        return ""
    rows = rows_where(conn, Link, "record_key", [key], record_type=record_type, dossier_type=BILL)
    places = {row["place"]: row["written"] for row in sorted(rows, key=lambda row: str(row["place"]))}
    if place in places or (place is None and len(places) == 1):
        return place or next(iter(places))
    shown = (
        "; ".join(f"{one} «{shorten(written, _SHOWN)}»" for one, written in places.items())
        or "none yet, run `baikoo track`"
    )
    raise UsageError(f"{key}: say which draft with --place; there are: {shown}")
