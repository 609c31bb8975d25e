"""The pictures there are: what each counts, how it is drawn, and what a reader may choose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from publish.charts import attendance, findings, intervals, path, registered, transfers
from publish.charts.picture import Look, Origin, Picture, Row
from web.pictures import course, hall
from web.pictures.wanted import PictureQuery

_Count = Callable[[Connection, PictureQuery, date], Sequence[Row]]
_Draw = Callable[[Sequence[Row], Look, Origin], Picture]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One picture: `choices` are the names of `PictureQuery` that it knows."""

    name: str
    count: _Count
    draw: _Draw
    choices: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name=path.NAME, count=course.path, draw=path.draw, choices=("year", "convocation")),
        Kind(
            name=registered.NAME,
            count=lambda conn, wanted, _: hall.registered(conn, wanted),
            draw=registered.draw,
            choices=("year", "committee"),
        ),
        Kind(
            name=attendance.NAME,
            count=lambda conn, wanted, _: hall.absences(conn, wanted),
            draw=attendance.draw,
            choices=("year", "person"),
        ),
        Kind(
            name=transfers.NAME,
            count=lambda conn, wanted, _: hall.transfers(conn, wanted),
            draw=transfers.draw,
            choices=("year", "convocation", "person"),
        ),
        Kind(
            name=intervals.NAME,
            count=lambda conn, wanted, _: course.intervals(conn, wanted),
            draw=intervals.draw,
            choices=("year", "bill"),
        ),
        Kind(
            name=findings.NAME,
            count=lambda conn, wanted, _: course.findings(conn, wanted),
            draw=findings.draw,
            choices=("year", "check"),
        ),
    )
}


def plain(value: Any) -> Any:
    """A value as files write it: a day as ISO text."""
    return value.isoformat() if isinstance(value, date) else value
