"""From a happening to an entry of a feed. Pure: rows in, entries out; `now` is nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from publish.follow_words import finding_title, followed_words, match_reason, match_title, source_line
from publish.wording import finding_line, happening_more, happening_title
from vocab.text import fold_space

WITHDRAWN = "finding_withdrawn"  # what was withdrawn is not said again
PAGE_OF = {"bill": "bills", "sitting": "sittings", "person": "persons", "finding": "findings", "body": "committees"}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A happening as the database tells it; `evidence` are {url, page_id} of its sources.

    `first_seen_at` is when its topic was told first, where that was by another happening.
    """

    seq: int
    key: str
    kind: str
    subject_kind: str
    subject_id: str
    title: str
    day: date
    seen_at: datetime
    facts: Mapping[str, Any]
    evidence: tuple[Mapping[str, Any], ...] = ()

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about: kind and id of the dossier."""
        return (self.subject_kind, self.subject_id)

    first_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed. `guid` never changes; `published` is when we told of it first, `updated` when we knew last.

    Both are from the data. A correction changes `updated` alone: readers show it where the entry stood.
    """

    guid: str
    title: str
    link: str
    text: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that began to fit a followed list; `why` is of `publish.matching.Why`.

    `place` is kind and id of its page (of a document, the address). Of a `finding` the words are said while it stands.
    """

    key: str
    why: str
    title: str
    place: tuple[str, str]
    seen_at: datetime
    finding: Mapping[str, Any] | None = None
    withdrawn: bool = False


def page_url(public_url: str, lang: str, subject_kind: str, subject_id: str) -> str:
    """Where the public reads about a subject in a language; what has no page of its own is found on the home page."""
    if subject_kind == "day":
        return f"{public_url}/{lang}/week?day={subject_id}"
    folder = PAGE_OF.get(subject_kind)
    return f"{public_url}/{lang}/{folder}/{subject_id}" if folder else f"{public_url}/{lang}/"


def compose(news: News, public_url: str, lang: str) -> Entry:
    """The entry for one happening: headline, what there is to say, and the source. Its id is that of every language."""
    finding = news.facts.get("finding")
    link = page_url(public_url, lang, "finding" if finding else news.subject_kind, finding or news.subject_id)
    lines = (
        "" if news.kind == WITHDRAWN else finding_line(news.facts, lang),
        happening_more(news.kind, news.facts, lang),
        *_sources(news, public_url, lang),
    )
    return Entry(
        guid=f"urn:baikoo:{_topic(news)}",
        title=fold_space(happening_title(news.kind, news.title, news.day, news.facts, lang)),
        link=link,
        text="\n".join(line for line in lines if line),
        published=news.first_seen_at or news.seen_at,
        updated=news.seen_at,
    )


def compose_told(told: Told, reason: str, public_url: str, lang: str) -> Entry:
    """The entry for what began to fit a list, with the filters that it fits as the reason."""
    kind, key = told.place
    said = told.finding or {}
    title = finding_title(said, lang) if said else told.title
    lines = [] if told.withdrawn else [match_reason(told.why, reason, lang), finding_line(said, lang)]
    return Entry(
        guid=f"urn:baikoo:{told.key}",
        title=fold_space(match_title("withdrawn" if told.withdrawn else told.why, title, lang)),
        link=f"{public_url}/{lang}{key}" if kind == "document" else page_url(public_url, lang, kind, key),
        text="\n".join(line for line in lines if line),
        published=told.seen_at,
        updated=told.seen_at,
    )


def list_entry(key: str, words: str, page: str, made_at: datetime, lang: str) -> Entry:
    """The first entry of the feed of a followed list: what is followed, and what will come."""
    return Entry(
        guid=f"urn:baikoo:search:{key}",
        title=fold_space(followed_words("first", lang, list=words)),
        link=page,
        text=followed_words("first_more", lang),
        published=made_at,
        updated=made_at,
    )


def once(news: Iterable[News], present: Mapping[str, str]) -> list[News]:
    """The same news under today's ids of their bills (`present`, by former id); what that makes equal is told once.

    The first that was told stays: readers have its id.
    """
    kept: dict[str, News] = {}
    for one in news:
        today = present.get(one.subject_id, one.subject_id)
        key = ":".join(today if part == one.subject_id else part for part in one.key.split(":"))
        first = kept.get(key)
        if first is None or one.seq < first.seq:
            kept[key] = replace(one, subject_id=today)
    return list(kept.values())


def latest_word(news: Iterable[News]) -> list[News]:
    """Newest first, one per topic: a withdrawn finding, or a correction, takes the place of what was told before."""
    by_topic: dict[str, News] = {}
    for one in sorted(news, key=lambda item: item.seq):
        by_topic.pop(_topic(one), None)
        by_topic[_topic(one)] = one
    return sorted(by_topic.values(), key=lambda item: (item.seen_at, item.seq), reverse=True)


def _topic(news: News) -> str:
    """What a reader sees as one thing: a finding, what a press release told, a video, or else the happening itself."""
    finding = news.facts.get("finding")
    told: str = news.facts.get("told", news.key)
    return f"finding:{finding}" if finding else told


def first_key(key: str, facts: Mapping[str, Any]) -> str:
    """The natural key of the happening by which the topic of this one was told first."""
    finding = facts.get("finding")
    told: str = facts.get("told", key)
    return f"finding_confirmed:{finding}:1" if finding else told


def _sources(news: News, public_url: str, lang: str) -> list[str]:
    """«Источник: …» with our archived copy where there is one; each page once."""
    lines = []
    for source in news.evidence:
        if source.get("url"):
            copy = f"{public_url}/{lang}/evidence/{source['page_id']}" if source.get("page_id") else None
            lines.append(source_line(source["url"], copy, lang))
    return list(dict.fromkeys(lines))
