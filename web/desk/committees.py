"""Which committees may be watched, and which are proposed."""

import re
from collections.abc import Iterable

from sqlalchemy import Connection

from tracker.week.duties import watched
from web.public.queries_sittings import choices

_PROPOSED = (
    re.compile(r"конституционн|регламент", re.IGNORECASE),
    re.compile(r"социальн|образован|здравоохранен|здоровь", re.IGNORECASE),
)
"""Constitutional legislation and the Rules; what concerns most people: social affairs, education, health."""


def committees(conn: Connection) -> list[tuple[str, bool, bool]]:
    """Every committee of record: its name, whether it is watched, whether it is proposed."""
    chosen = {row["name"] for row in watched(conn)}
    names = sorted({name for _, name in choices(conn)["committees"]} | chosen)
    suggested = proposed(names)
    return [(name, name in chosen, name in suggested) for name in names]


def proposed(names: Iterable[str]) -> set[str]:
    """The committees that are worth watching first."""
    return {name for name in names if any(wanted.search(name) for wanted in _PROPOSED)}
