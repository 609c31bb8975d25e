"""Lists that nobody asks for any more lapse, so that they do not keep others from following new ones.

Who reads a feed is not known and not kept: only the day on which somebody asked for the list last.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, Select, exists, or_, select, update

from db.batches import delete_where
from db.engine import reader, take_turn, try_write
from db.following import SavedMatch, SavedSearch
from db.subscriptions import Subscription
from db.upsert import chunks, table_of
from publish.fitting import Followed, followed_of
from publish.outlets import search_calendar_path, search_path
from vocab.dates import BISHKEK
from vocab.languages import DEFAULT_LANGUAGE, LANGUAGES
from vocab.subscriptions import Follows, SubscriptionState

_SEARCH = table_of(SavedSearch)
_FORMS = (".rss", ".atom")
_AT_ONCE = 400


def is_followed() -> ColumnElement[bool]:
    """A list of `saved_search` that did not lapse."""
    return _SEARCH.c.lapsed_on.is_(None)


def note_asked(engine: Engine, key: str, day: date) -> bool:
    """Remember that a list was asked for on a day; False, and nothing is remembered, where that would have to wait."""
    earlier = or_(_SEARCH.c.asked_on.is_(None), _SEARCH.c.asked_on < day)
    told = update(_SEARCH).where(_SEARCH.c.id == key, is_followed(), earlier).values(asked_on=day)
    return try_write(engine, lambda conn: conn.execute(told))


def lapsed(conn: Connection, key: str) -> Followed | None:
    """The list that was followed under this id and is not any more: what it asked, to follow it again."""
    row = conn.execute(select(_SEARCH).where(_SEARCH.c.id == key, ~is_followed())).mappings().first()
    return followed_of(row) if row else None


def lapse(engine: Engine, now: datetime, span: timedelta) -> int:
    """As `lapse_lists`, in a transaction of its own, which is begun only where a list is that old."""
    with reader(engine) as conn:
        if not conn.execute(_old(now, span).limit(1)).first():
            return 0
    with engine.begin() as conn:
        take_turn(conn)
        return lapse_lists(conn, now, span)


def lapse_lists(conn: Connection, now: datetime, span: timedelta) -> int:
    """End the lists that nobody followed or asked for in this span; gives how many. What they asked stays known."""
    keys = list(conn.execute(_old(now, span)).scalars())
    delete_where(conn, SavedMatch, "search_id", keys)
    for some in chunks(keys, _AT_ONCE):
        ended = update(_SEARCH).where(_SEARCH.c.id.in_(some))
        conn.execute(ended.values(lapsed_on=now.astimezone(BISHKEK).date()))
    return len(keys)


def _old(now: datetime, span: timedelta) -> Select[str]:
    since = (now - span).astimezone(BISHKEK).date()
    unasked = or_(_SEARCH.c.asked_on.is_(None), _SEARCH.c.asked_on < since)
    return select(_SEARCH.c.id).where(is_followed(), _SEARCH.c.made_at < now - span, unasked, ~_told_by_letter())


def _told_by_letter() -> ColumnElement[bool]:
    """Somebody is subscribed to it: it goes on, whoever asks for its feed."""
    one = table_of(Subscription).c
    live = (one.follows == Follows.LIST, one.followed_id == _SEARCH.c.id, one.state != SubscriptionState.ENDED)
    return exists(select(one.id).where(*live).correlate(_SEARCH))


def remove_files(conn: Connection, out: Path) -> int:
    """Take away the feeds and calendars of lists that lapsed; gives of how many lists."""
    folder = (out / search_path(DEFAULT_LANGUAGE, "x")).parent
    there = {path.stem for path in folder.glob(f"*{_FORMS[-1]}")} if folder.is_dir() else set()
    followed = set(conn.execute(select(_SEARCH.c.id).where(is_followed())).scalars()) if there else set()
    for key in there - followed:
        paths = [f"{search_path(lang, key)}{form}" for lang in _in_order() for form in _FORMS]
        for path in [*(search_calendar_path(lang, key) for lang in LANGUAGES), *paths]:
            (out / path).unlink(missing_ok=True)
    return len(there - followed)


def _in_order() -> list[str]:
    """The languages, last the one by whose files a killed run is made good."""
    return sorted(LANGUAGES, key=lambda lang: lang == DEFAULT_LANGUAGE)
