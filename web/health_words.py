"""Signs of source health in sentences with their arithmetic; message ids are English."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from tracker.health.signs import Sign, State
from web.i18n import N_
from web.words import POSTED_WORDS

Translate = Callable[[str], str]
Show = Callable[[Any], str]

TITLES = {
    "last_crawl": N_("Last good crawl"),
    "counts": N_("Pages against the usual"),
    "losses": N_("Pages that could not be had or read"),
    "quarantine": N_("Quarantine"),
    "vanished": N_("Records that are no longer there"),
    "coverage": N_("How often the list was looked at"),
    "protocols": N_("Protocols that are expected"),
    "agenda": N_("A sitting today"),
    "press": N_("Press releases"),
    "not_live": N_("Expected today"),
}

STATES = {
    State.GOOD: ("✓", N_("good"), "kept"),
    State.RED: ("✕", N_("red"), "broken"),
    State.UNKNOWN: ("?", N_("cannot tell"), "unsure"),
}
"""A sign, a word and a class for its colour."""

_NEVER = N_("No crawl of this site ever ended clean.")
_LAST = N_(
    "The last one ended on %(last)s, %(days)s days ago. Red after %(bound)s days: three times the usual gap of "
    "%(usual)s days (median of %(runs)s clean crawls), and at least two days."
)
_LAST_ONLY = N_(
    "The last one ended on %(last)s, %(days)s days ago. Red after %(bound)s days; no other to compare with."
)
_NO_CHANGE = N_("%(seen)s pages; usual are %(usual)s (median of %(runs)s clean crawls).")
_FEWER = N_("%(seen)s pages, %(share)s fewer than the usual %(usual)s (median of %(runs)s clean crawls).")
_MORE = N_("%(seen)s pages, %(share)s more than the usual %(usual)s (median of %(runs)s clean crawls).")
_PRESS_GOOD = N_(
    "The last one is of %(last)s, %(silent)s working days ago. Nine of ten silences lasted at most %(usual)s, the "
    "longest %(longest)s (%(known)s days with releases in half a year)."
)

_SENTENCES: Mapping[tuple[str, State | None], str] = {
    ("counts", State.UNKNOWN): N_("%(seen)s pages. Clean crawls before it: %(runs)s, too few to know the usual."),
    ("losses", None): N_(
        "Pages of the last crawl that were refused, were a block page, or are no longer understood: %(lost)s."
    ),
    ("quarantine", None): N_("Open: %(open)s; of these a whole record or page is lost: %(lost)s."),
    ("vanished", State.UNKNOWN): N_("Clean crawls: %(runs)s, too few to know the usual."),
    ("vanished", None): N_(
        "In the last clean crawl: %(vanished)s; usual are %(usual)s (median of %(runs)s). Red from more than "
        "%(bound)s on."
    ),
    ("coverage", State.UNKNOWN): N_(
        "Days of the last thirty on which it was looked at wholly: %(days)s, too few to know the usual."
    ),
    ("coverage", None): N_(
        "Looked at wholly on %(days)s days of the last thirty; the last time %(now)s days ago, the longest gap was "
        "%(longest)s days. Red after %(bound)s days (three times the usual gap of %(usual)s)."
    ),
    ("protocols", State.UNKNOWN): N_(
        "Sittings of which it is known how long the protocol took: %(known)s, too few to know the usual."
    ),
    ("protocols", State.GOOD): N_("None is missing. Nine of ten came within %(usual)s days (%(known)s sittings)."),
    ("protocols", State.RED): N_(
        "The sitting of %(day)s has no protocol after %(days)s days. Nine of ten came within %(usual)s days "
        "(%(known)s sittings)."
    ),
    ("agenda", State.UNKNOWN): N_(
        "Weeks with sittings among the last twelve: %(weeks)s, too few to know the usual days."
    ),
    ("agenda", State.GOOD): N_(
        "Nothing is missing on %(day)s: on this weekday there were sittings in %(held)s of %(weeks)s weeks."
    ),
    ("agenda", State.RED): N_(
        "No agenda for %(day)s is known, though on this weekday there were sittings in %(held)s of %(weeks)s weeks."
    ),
    ("press", State.UNKNOWN): N_("Days with releases in half a year: %(known)s, too few to know the usual silence."),
    ("press", None): _PRESS_GOOD,
    ("not_live", None): N_("This database holds no live data: nothing is expected of it."),
}


def sentence_of(sign: Sign, translate: Translate, show: Show) -> str:
    """What was seen and counted, in one language; `show` writes a number, a day or a moment."""
    said = {name: show(value) for name, value in sign.figures.items() if value is not None}
    if change := sign.figures.get("change"):
        said["share"] = f"{abs(change):.0%}".replace("%", " %")
    return translate(_message(sign)) % said


def _message(sign: Sign) -> str:
    if sign.code == "last_crawl":
        if sign.figures["last"] is None:
            return _NEVER
        return _LAST_ONLY if sign.figures["usual"] is None else _LAST
    if sign.code == "counts" and sign.state is not State.UNKNOWN:
        change = sign.figures["change"]
        return _NO_CHANGE if not change else _FEWER if change < 0 else _MORE
    return _SENTENCES.get((sign.code, sign.state)) or _SENTENCES[sign.code, None]


def about_of(sign: Sign, translate: Translate) -> str:
    """The page type, thing or sitting that a sign is about."""
    words = {what.value: word for what, word in POSTED_WORDS.items()}
    return translate(words[sign.about]) if sign.code == "coverage" and sign.about in words else sign.about


def plain(value: Any) -> str:
    """A value for a command: days and moments as ISO text."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else f"{value:g}" if isinstance(value, float) else str(value)
