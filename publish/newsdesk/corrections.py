"""What was posted and is no longer so: taken out while nobody has it, put right where somebody may have it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from publish.compose import News
from publish.drafts import Draft, Item
from publish.newsdesk.rules import DeskRules
from publish.newsdesk.said import Said, SaidPost
from publish.newsdesk.times import earliest
from vocab.posts import PostKind

_OF_VIDEOS = "live_video_withdrawn"
_OF_PAGES = "correction"
"""What an editor corrected on a page: it withdraws nothing, for the post itself may have been right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """Corrections to be posted, and the events that are no longer sent where they have not been."""

    drafts: tuple[Draft, ...]
    withdrawn: tuple[str, ...]


def corrections(news: Iterable[News], said: Said, rules: DeskRules, now: datetime) -> TakenBack:
    """For each happening that takes something back: the posts that told it."""
    drafts: dict[str, Draft] = {}
    withdrawn: list[str] = []
    for one in news:
        if one.kind not in rules.corrections.takes:
            continue
        earlier = _earlier(one, said)
        if one.kind != _OF_PAGES:
            withdrawn += [event for event in earlier if event in said.posts]
        out = [event for event in earlier if event in said.posts and said.posts[event].out]
        if out:
            draft = _draft(one, out[-1], said.posts[out[-1]], rules, now)
            drafts[draft.event] = draft
    return TakenBack(drafts=tuple(drafts.values()), withdrawn=tuple(dict.fromkeys(withdrawn)))


def _earlier(news: News, said: Said) -> tuple[str, ...]:
    """The posts that told what this takes back, oldest first."""
    finding, told = news.facts.get("finding"), news.facts.get("told")
    if finding:
        return said.of_finding.get(str(finding), ())
    if news.kind == _OF_VIDEOS:
        return tuple(event for event, post in said.posts.items() if _announces(post, news))
    if told:
        return said.of_topic.get(str(told), ())
    return said.of_dossier.get(news.subject, ())


def _announces(post: SaidPost, news: News) -> bool:
    """Whether the post says that this sitting can be watched: it names the video, and no happening."""
    of_sitting = post.draft.subject == news.subject
    return of_sitting and post.draft.kind is PostKind.SITTING_STARTS and bool(post.draft.facts.get("video"))


def _draft(news: News, event: str, post: SaidPost, rules: DeskRules, now: datetime) -> Draft:
    """It names no finding: what was withdrawn may be told as withdrawn, and is not said again."""
    return Draft(
        event=f"correction:{news.key}",
        kind=PostKind.CORRECTION,
        subject=news.subject,
        day=news.day,
        items=(_item(news),),
        happenings=(news.key,),
        facts={"earlier": event, "earlier_kind": post.draft.kind.value, "earlier_links": _plain(post.links)},
        not_before=earliest(rules.corrections, rules, now),
        corrects=event,
    )


def _item(news: News) -> Item:
    facts = {name: value for name, value in news.facts.items() if name != "figures"}
    return Item(kind=news.kind, title=news.title, place=news.subject, day=news.day, facts=facts)


def _plain(links: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {channel: dict(of_it) for channel, of_it in links.items()}
