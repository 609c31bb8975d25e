"""What feeds told of a press release and a new reading of it does not say: corrected, as findings are withdrawn.

A topic is one thing told, by the key of its first happening. What follows in it, a correction or the same said again,
names the topic in its facts (`told`), so that readers see the last word only.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from db.batches import rows_where
from db.happenings import Happening, HappeningAbout
from tracker.happenings import Dossier, News, evidence_from
from tracker.identify.merging import BILL, current_ids
from tracker.press_news import KIND

CORRECTED = f"{KIND}corrected"

_Meaning = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The last happening of a topic, `times` how many there were, `bill` its subject by today's id."""

    topic: str
    last: Mapping[str, Any]
    times: int
    bill: str
    about: frozenset[Dossier] = frozenset()

    @property
    def stands(self) -> bool:
        """True where the last word was no correction."""
        return bool(self.last["kind"] != CORRECTED)

    @property
    def meaning(self) -> _Meaning:
        """What is told, in whatever words the draft is named."""
        last = self.last
        return last["evidence"][0]["record"], last["kind"], last["day"], tuple(last["facts"]["readings"]), self.bill


def last_told(conn: Connection, bills: Collection[str], releases: Collection[str]) -> list[Told]:
    """What was told of these bills out of these press releases (keys), by topic."""
    records = {f"press_record:{key}" for key in releases}
    about_bills = rows_where(conn, HappeningAbout, "dossier_id", bills if records else (), dossier_type=BILL)
    keys = {row["happening_key"] for row in about_bills if row["happening_key"].startswith(KIND)}
    rows = rows_where(conn, Happening, "key", keys)
    topics: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda one: one["seq"]):
        if row["evidence"][0]["record"] in records:
            topics.setdefault(row["facts"].get("told", row["key"]), []).append(row)
    about: dict[str, set[Dossier]] = {}
    for row in rows_where(conn, HappeningAbout, "happening_key", [told[-1]["key"] for told in topics.values()]):
        about.setdefault(row["happening_key"], set()).add((row["dossier_type"], row["dossier_id"]))
    current = current_ids(conn, {told[-1]["subject_id"] for told in topics.values()})
    return [_told(topic, told, current, about) for topic, told in topics.items()]


def _told(
    topic: str,
    rows: Sequence[Mapping[str, Any]],
    current: Mapping[str, str],
    about: Mapping[str, Collection[Dossier]],
) -> Told:
    last = rows[-1]
    bill = current.get(last["subject_id"], last["subject_id"])
    return Told(topic=topic, last=last, times=len(rows), bill=bill, about=frozenset(about[last["key"]]))


def corrected(news: Sequence[News], told: Iterable[Told], now: datetime) -> list[News]:
    """The news of press releases as they are to be stored after what was told of them before. Pure.

    What is said no more, or of another bill, is corrected; what is said again after a correction is told again; and
    what is only named in other words is not.
    """
    before = {one.topic: one for one in told}
    said = {(one.key, one.subject[1]) for one in news}
    fresh = {_meaning(one): one.key for one in news if one.key not in before}
    renamed: dict[str, str] = {}
    gone: list[Told] = []
    for one in before.values():
        if not one.stands or (one.topic, one.bill) in said:
            continue
        if key := fresh.pop(one.meaning, None):
            renamed[key] = one.topic
        else:
            gone.append(one)
    words = {one.topic: one.times + 1 for one in before.values() if not one.stands}
    words |= {one.topic: one.times + 2 for one in gone}
    now_said = [_again(one, words[one.key], now) if one.key in words else one for one in news]
    now_said = [replace(one, key=renamed.get(one.key, one.key)) for one in now_said]
    return [*(_correction(one, now) for one in gone), *now_said]


def _meaning(news: News) -> _Meaning:
    return news.evidence[0].record, news.kind, news.day, tuple(news.facts["readings"]), news.subject[1]


def _again(news: News, number: int, now: datetime) -> News:
    """Said again after a correction; `number` counts what was said of the topic, from 1."""
    return replace(news, key=f"{news.key}:{number}", seen_at=now, facts=news.facts | {"told": news.key})


def _correction(told: Told, now: datetime) -> News:
    last = told.last
    return News(
        key=f"{CORRECTED}:{told.topic}:{told.times + 1}",
        kind=CORRECTED,
        subject=(last["subject_kind"], last["subject_id"]),
        title=last["title"],
        day=last["day"],
        seen_at=now,
        facts={"told": told.topic},
        evidence=tuple(map(evidence_from, last["evidence"])),
        about=told.about,
    )
