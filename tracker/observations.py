"""Observers' notes come in: idempotent by the device's uuid, append-only, corrected by a later note."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine

from db.batches import rows_where
from db.observations import Observation
from db.pending import mark_pending
from db.sittings import Sitting
from db.upsert import upsert
from tracker.observed import OBSERVED_AS
from vocab.errors import UsageError

_FIELDS = frozenset(
    ("uuid", "sitting_id", "kind", "value", "day", "observer", "observed_at", "received_at", "corrects")
)


def record_observations(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> int:
    """Keep these observations (fields as in `db.observations`); gives how many were new.

    One that was received before changes nothing. The sittings are looked at again by the next `track`. Raises
    UsageError for an unknown kind, field or sitting; then nothing is kept.
    """
    for row in rows:
        _refuse_unknown(row)
    with engine.begin() as conn:
        sittings = {row["id"] for row in rows_where(conn, Sitting, "id", {row["sitting_id"] for row in rows})}
        for row in rows:
            if row["sitting_id"] not in sittings:
                raise UsageError(f"no sitting {row['sitting_id']!r}: its agenda has to be known before it is observed")
        known = {row["uuid"] for row in rows_where(conn, Observation, "uuid", {row["uuid"] for row in rows})}
        new = {row["uuid"]: {"corrects": None, **row} for row in rows if row["uuid"] not in known}
        upsert(conn, Observation, list(new.values()), key=("uuid",), update=())
        mark_pending(conn, "observation", sorted(new))
    return len(new)


def _refuse_unknown(row: Mapping[str, Any]) -> None:
    missing, unknown = _FIELDS - {"corrects"} - row.keys(), row.keys() - _FIELDS
    if missing or unknown:
        raise UsageError(f"observation {row.get('uuid')!r}: missing {sorted(missing)}, unknown {sorted(unknown)}")
    if row["kind"] not in OBSERVED_AS:
        raise UsageError(f"observation {row['uuid']!r}: {row['kind']!r} is none of {', '.join(sorted(OBSERVED_AS))}")
