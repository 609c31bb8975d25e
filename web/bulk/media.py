"""Videos of sittings and interviews as rows: what was withdrawn, or not approved, is in no export."""

from collections.abc import Iterator, Mapping
from typing import Any

from db.media import Interview
from db.media_queries import shown_interviews, videos_of
from db.upsert import chunks, table_of
from web.bulk.view import View

Row = Mapping[str, Any]
_AT_ONCE = 400


def live_videos(view: View) -> Iterator[Row]:
    """The videos of the sittings that are told, by sitting and number."""
    for keys in chunks(list(view.known("sitting")), _AT_ONCE):
        found = videos_of(view.conn, keys, known_by=view.moment)
        yield from (row for key in sorted(found) for row in found[key])


def interviews(view: View) -> Iterator[Row]:
    """The interviews with persons that are told."""
    added = table_of(Interview).c.added_at
    for row in view.conn.execute(shown_interviews().where(*view.seen_by_then(added))).mappings():
        if view.if_known("person", row["person_id"]):
            yield {**row, "bill_id": view.if_known("bill", row["bill_id"])}
