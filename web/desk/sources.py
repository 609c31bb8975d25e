"""Source health: each site and page type against its own history, and what is expected today but missing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from tracker.health.signs import Sign, State
from web.access import staff_page
from web.desk import runs_query
from web.desk.runs import ReaderDep
from web.health_words import STATES, TITLES, about_of, sentence_of
from web.i18n import translations
from web.site_health import health_of
from web.visit import VisitDep

router = APIRouter(prefix="/desk")
_ORDER = {State.RED: 0, State.UNKNOWN: 1, State.GOOD: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sign in words; `address` leads to what is behind it."""

    sign: Sign
    about: str
    words: str
    address: str | None


@router.get("/sources")
def sources(visit: VisitDep, who: ReaderDep) -> Response:
    """Every sign of every site, red first."""
    signs = sorted(health_of(visit.conn, datetime.now(UTC)), key=lambda one: (_ORDER[one.state], one.site))
    filters = visit.site.templates(who.language).filters
    lines = in_words(signs, who.language, filters)
    return staff_page(
        visit,
        who,
        "desk/sources.html",
        red=[line for line in lines if line.sign.state is State.RED],
        others={
            site: [line for line in lines if _is_quiet(line, site)] for site in sorted({one.site for one in signs})
        },
        titles=TITLES,
        states=STATES,
        quarantined=runs_query.open_count(visit.conn),
    )


def _is_quiet(line: Line, site: str) -> bool:
    return line.sign.site == site and line.sign.state is not State.RED


def in_words(signs: Iterable[Sign], lang: str, filters: Any) -> Sequence[Line]:
    """Signs in a language; `filters` are those of its templates."""
    words, show = translations(lang), _shown(filters)
    return [
        Line(
            sign=sign,
            about=about_of(sign, words.gettext),
            words=sentence_of(sign, words.gettext, show),
            address=_address(sign, lang),
        )
        for sign in signs
    ]


def _shown(filters: Any) -> Callable[[Any], str]:
    def show(value: Any) -> str:
        if isinstance(value, date | datetime):
            return str(filters["moment" if isinstance(value, datetime) else "day"](value))
        return str(filters["number"](value)) if isinstance(value, int | float) else str(value)

    return show


def _address(sign: Sign, lang: str) -> str | None:
    if sign.code == "protocols" and sign.about:
        return f"/{lang}/sittings/{sign.about}"
    if sign.code in ("quarantine", "losses"):
        return f"/desk/quarantine?site={sign.site}"
    return f"/desk/runs?site={sign.site}&stage=crawl" if sign.code in ("last_crawl", "counts", "vanished") else None
