"""The files of feeds and calendars, each in every language, made from what the database tells now."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, true
from sqlmodel import col

from db.bills import Bill
from db.sittings import AgendaItem, Sitting
from publish import newsroom
from publish.channels.calendar import calendar_bytes
from publish.channels.feeds import FeedFormat, FeedHead, feed_bytes
from publish.compose import Entry, compose, compose_told, latest_word, list_entry
from publish.fitting import Followed
from publish.follow_words import filters_in_words, followed_words, list_in_words
from publish.followed import keys_told, names_of, sittings_of, told_matches
from publish.outlets import POSTS, Outlet, calendar_path, search_calendar_path, search_path
from publish.posts_told import Told
from publish.settings import PublicSettings
from publish.wording import feed_title
from vocab.body_names import committee_name
from vocab.languages import LANGUAGES
from vocab.lists import ListKind

ENTRIES = 100
WITH_DAYS = (ListKind.BILLS, ListKind.SITTINGS)
"""Lists that have a calendar: of the sittings themselves, and of those whose agenda names the bills."""

Files = Iterator[tuple[str, bytes]]
"""Path below the published folder, and content."""


def feed_files(conn: Connection, outlet: Outlet, title: str, public: PublicSettings) -> Files:
    """The feeds of an outlet."""
    news = latest_word(newsroom.news(conn, outlet, limit=ENTRIES))
    updated = max((one.seen_at for one in news), default=newsroom.began(conn))
    for lang in LANGUAGES:
        entries = [compose(one, public.public_url, lang) for one in news]
        yield from _outlet_files(outlet, title, lang, public, (updated, entries))


def post_files(conn: Connection, told: Told, public: PublicSettings) -> Files:
    """The feeds of what was posted."""
    for lang, entries in told.items():
        updated = max((one.updated for one in entries), default=newsroom.began(conn))
        yield from _outlet_files(Outlet(about=POSTS), "", lang, public, (updated, entries))


def _outlet_files(
    outlet: Outlet, title: str, lang: str, public: PublicSettings, content: tuple[datetime, Sequence[Entry]]
) -> Files:
    path, (updated, entries) = outlet.path(lang), content
    head = FeedHead(
        title=outlet.title(title, lang),
        about=feed_title("about", lang),
        page=outlet.page(public.public_url, lang),
        address=f"{public.public_url}/{path}",
        language=lang,
        hub=public.hub,
        updated=updated,
    )
    yield from _in_both_forms(path, head, entries)


def calendar_files(conn: Connection, committee: str | None, name: str, public_url: str) -> Files:
    """The calendars of a committee, or of all sittings."""
    wanted = true() if committee is None else col(Sitting.committee_id) == committee
    known = newsroom.sittings_told_of(conn, wanted)
    for lang in LANGUAGES:
        meetings = newsroom.meetings(known, public_url, lang)
        yield (
            calendar_path(lang, committee),
            calendar_bytes(committee_name(name, lang) if name else feed_title("calendar", lang), meetings, lang),
        )


def bill_calendar(conn: Connection, key: str, public_url: str, lang: str) -> bytes | None:
    """The calendar of the sittings on whose agenda a bill stands; None for an unknown bill."""
    title = conn.execute(select(col(Bill.title)).where(col(Bill.id) == key)).scalar()
    if title is None:
        return None
    listed = select(col(AgendaItem.sitting_id)).where(col(AgendaItem.bill_id) == key)
    known = newsroom.sittings_told_of(conn, col(Sitting.id).in_(listed))
    return calendar_bytes(title, newsroom.meetings(known, public_url, lang), lang)


def list_files(conn: Connection, one: Followed, public: PublicSettings) -> Files:
    """The feeds of a list that is followed, and its calendars where it has days."""
    news = newsroom.news_of(conn, keys_told(one), limit=ENTRIES) if one.kind in _WITH_NEWS else []
    told, names = told_matches(conn, one, ENTRIES), names_of(conn, one)
    public_url = public.public_url
    for lang in LANGUAGES:
        reason, page = filters_in_words(one.filters, lang, names), f"{public_url}/{lang}/follow/{one.id}"
        entries = [compose(item, public_url, lang) for item in latest_word(news)]
        entries += [compose_told(item, reason, public_url, lang) for item in told]
        words = list_in_words(one.kind, one.filters, lang, names)
        entries = [*_newest(entries), list_entry(one.id, words, page, one.made_at, lang)]
        head = FeedHead(
            title=followed_words("title", lang, list=words),
            about=followed_words("about", lang),
            page=page,
            address=f"{public_url}/{search_path(lang, one.id)}",
            language=lang,
            hub=public.hub,
            updated=entries[0].updated,
        )
        yield from _in_both_forms(search_path(lang, one.id), head, entries)
        if one.kind in WITH_DAYS:
            known = newsroom.sittings_told_of(conn, col(Sitting.id).in_(sittings_of(one)))
            meetings = newsroom.meetings(known, public_url, lang)
            yield search_calendar_path(lang, one.id), calendar_bytes(words, meetings, lang)


_WITH_NEWS = (ListKind.BILLS, ListKind.SITTINGS, ListKind.PERSONS)


def _newest(entries: Sequence[Entry]) -> list[Entry]:
    """By when we knew, the newest first; what is equal stays in order."""
    return sorted(entries, key=lambda entry: entry.updated, reverse=True)[:ENTRIES]


def _in_both_forms(path: str, head: FeedHead, entries: Sequence[Entry]) -> Files:
    for form in FeedFormat:
        yield f"{path}.{form.value}", feed_bytes(head, entries, form)
