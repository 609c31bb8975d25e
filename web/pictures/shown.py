"""A picture as somebody asked for it: counted, drawn, and kept until something that it may tell has changed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from db.happenings import Happening
from db.observations import Observation
from db.upsert import table_of
from publish.charts.picture import Look, Origin, Picture, Row
from publish.charts.rendering import png, svg
from publish.charts.style import sentence
from vocab.dates import BISHKEK
from web.memory import stamp_of
from web.pictures.kinds import Kind, plain
from web.pictures.wanted import PictureQuery
from web.public.queries_site import last_crawls
from web.visit import Visit, origin_kind

_ROW_SIZE = 200
"""About so many bytes a row takes in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A kind of picture with what a reader chose of it, in a look."""

    kind: Kind
    wanted: PictureQuery
    look: Look

    @property
    def chosen(self) -> dict[str, str]:
        """The choices that this kind knows, for addresses and keys."""
        return self.wanted.only(self.kind.choices)


def picture_of(visit: Visit, asked: Asked) -> Picture:
    """The picture; counted anew only after a run, a review or an observer's note. Raises 503 where too many wait."""
    studio, kind, origin = visit.site.studio, asked.kind, origin_of(visit)
    key = (kind.name, *asked.chosen.items(), *_state(visit))
    wanted = asked.wanted.narrowed(kind.choices)
    rows: Sequence[Row] = studio.get(
        key, lambda: kind.count(visit.conn, wanted, visit.today), lambda made: _ROW_SIZE * len(made)
    )
    drawn: Picture = studio.get(
        (*key, asked.look, origin),
        lambda: kind.draw(rows, asked.look, origin),
        lambda made: 2 * _ROW_SIZE * len(made.rows),
    )
    return drawn


def spec_of(visit: Visit, asked: Asked) -> dict[str, Any]:
    """What is drawn: the picture, or its sentence where there is nothing to draw."""
    picture = picture_of(visit, asked)
    return picture.spec or sentence(picture, asked.look, origin_of(visit))


def drawing_of(visit: Visit, asked: Asked) -> bytes:
    """The picture as a file: a PNG where it is to be a card, an SVG otherwise. One specification is drawn once."""
    spec = spec_of(visit, asked)
    written = json.dumps(spec, ensure_ascii=False, sort_keys=True, default=plain)
    key = (asked.look.card, hashlib.sha256(written.encode()).digest())
    made: bytes = visit.site.studio.get(
        key, lambda: (png if asked.look.card else svg)(json.loads(written)), lambda drawn: len(drawn)
    )
    return made


def origin_of(visit: Visit) -> Origin:
    """When the sources were last asked, and whether it is a demonstration."""
    ends = [crawl["ended_at"] for crawl in last_crawls(visit.conn) if crawl["ended_at"]]
    asked_on = max(ends).astimezone(BISHKEK).date() if ends else None
    return Origin(asked_on=asked_on, invented=origin_kind(visit.conn) == "demonstration")


def _state(visit: Visit) -> tuple[Any, ...]:
    """What changes whenever a picture may change: ends of indexes, none of them counts rows. Tomorrow is a change."""
    columns = (
        select(func.max(table_of(Happening).c.seq)).scalar_subquery(),
        select(func.max(table_of(Observation).c.received_at)).scalar_subquery(),
    )
    return (visit.today, *stamp_of(visit.conn), *visit.conn.execute(select(*columns)).one())
