"""The proposals to merge or split bills, computed anew only after something changed."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from db.links import LinkChange
from db.runs import Run
from db.upsert import table_of
from tracker.link_review import Proposal, proposals

State = tuple[str, int, int]


class Proposals:
    """What `tracker.link_review.proposals` gives. All bills are compared for it, so it is kept between two visits."""

    def __init__(self) -> None:
        self._state: State | None = None
        self._found: Sequence[Proposal] = ()

    def of(self, conn: Connection) -> Sequence[Proposal]:
        """The proposals of this database as they stand now."""
        state = _state(conn)
        if state != self._state:
            self._found, self._state = proposals(conn), state
        return self._found


def _state(conn: Connection) -> State:
    """Another one after each run of a stage and each change of a link."""
    runs = conn.execute(select(func.max(table_of(Run).c.id))).scalar() or 0
    changed = conn.execute(select(func.max(table_of(LinkChange).c.id))).scalar() or 0
    return str(conn.engine.url), runs, changed
