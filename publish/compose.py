"""From a happening to an entry of a feed. Pure: rows in, entries out; `now` is nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from publish.wording import finding_line, happening_more, happening_title, source_line
from vocab.text import fold_space

WITHDRAWN = "finding_withdrawn"  # what was withdrawn is not said again
PAGE_OF = {"bill": "bills", "sitting": "sittings", "person": "persons", "finding": "findings"}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A happening as the database tells it; `evidence` are {url, page_id} of its sources."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed. `guid` never changes; `updated` is when we knew, from the data."""

    guid: str
    title: str
    link: str
    text: str
    updated: datetime


def page_url(public_url: str, lang: str, subject_kind: str, subject_id: str) -> str:
    """Where the public reads about a subject in a language; what has no page of its own is found on the home page."""
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
        updated=news.seen_at,
    )


def latest_word(news: Iterable[News]) -> list[News]:
    """Newest first, one per topic: a withdrawn finding, or a correction, takes the place of what was told before."""
    by_topic: dict[str, News] = {}
    for one in sorted(news, key=lambda item: item.seq):
        by_topic.pop(_topic(one), None)
        by_topic[_topic(one)] = one
    return sorted(by_topic.values(), key=lambda item: (item.seen_at, item.seq), reverse=True)


def _topic(news: News) -> str:
    """What a reader sees as one thing: a finding, what a press release told, or else the happening itself."""
    finding = news.facts.get("finding")
    told: str = news.facts.get("told", news.key)
    return f"finding:{finding}" if finding else told


def _sources(news: News, public_url: str, lang: str) -> list[str]:
    """«Источник: …» with our archived copy where there is one; each page once."""
    lines = []
    for source in news.evidence:
        if source.get("url"):
            copy = f"{public_url}/{lang}/evidence/{source['page_id']}" if source.get("page_id") else None
            lines.append(source_line(source["url"], copy, lang))
    return list(dict.fromkeys(lines))
