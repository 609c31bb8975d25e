"""Posts that the clock makes: a sitting begins, a week is over. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from publish.compose import News, latest_word
from publish.drafts import Draft
from publish.newsdesk.decide import item_of
from publish.newsdesk.rules import DeskRules
from publish.newsdesk.said import AGAIN, SaidPost
from publish.newsdesk.times import after_quiet
from vocab.dates import BISHKEK
from vocab.posts import PostKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A sitting of today or tomorrow whose hour is known; `video` is the address of the live picture, or ""."""

    sitting: str
    title: str
    body: str
    committee: str | None
    starts_at: datetime
    place: str | None = None
    video: str = ""
    platform: str = ""
    cancelled: bool = False
    items: int = 0


def starting(coming: Iterable[Coming], said: Mapping[str, SaidPost], rules: DeskRules, now: datetime) -> list[Draft]:
    """A post for each sitting that begins soon, to be sent when it begins. `said` are the posts that there are.

    It is decided some time ahead, so that a person can approve it; where none has to, in the minute of the beginning,
    so that a video that was attached late stands in it. A video that came after the post is told by a second one.
    """
    by_clock = PostKind.SITTING_STARTS in rules.approved
    lead = timedelta() if by_clock else rules.sitting_lead
    drafts = []
    for one in coming:
        is_told = one.video or one.body in rules.sitting_bodies
        if one.cancelled or not is_told or not one.starts_at - lead <= now < one.starts_at + rules.sitting_late:
            continue
        event = _next_event(one, said)
        drafts += [_starts(event, one, rules, now)] if event else []
    return drafts


def overtaken(coming: Iterable[Coming], said: Mapping[str, SaidPost]) -> list[str]:
    """The posts that would tell of a beginning that does not come, or came to another hour after somebody decided."""
    hours = {("sitting", one.sitting): _hour(one) for one in coming if not one.cancelled}
    return [
        event
        for event, post in said.items()
        if (hour := hours.get(post.draft.subject)) is None
        or (hour != post.draft.facts.get("starts_at") and not post.is_open)
    ]


def _next_event(one: Coming, said: Mapping[str, SaidPost]) -> str | None:
    """The event under which it is told; None where all that is known of it was told."""
    first = starts_event(one.sitting)
    posts = [post for event, post in said.items() if event.partition(AGAIN)[0] == first]
    if not posts:
        return first
    last = max(posts, key=lambda post: _place(post.draft.event))
    is_moved = last.draft.facts.get("starts_at") != _hour(one)
    if last.is_open:
        return last.draft.event if is_moved or last.draft.facts.get("video") != one.video else None
    shown = any(post.draft.facts.get("video") for post in posts)
    is_new = (is_moved and not last.out) or (one.video and not shown)
    return f"{first}{AGAIN}{_place(last.draft.event) + 1}" if is_new else None


def _place(event: str) -> int:
    return int(event.partition(AGAIN)[2] or 1)


def _hour(one: Coming) -> str:
    return f"{one.starts_at.astimezone(BISHKEK):%H:%M}"


def starts_event(sitting: str) -> str:
    """The event of the post that says that a sitting begins."""
    return f"{PostKind.SITTING_STARTS.value}:{sitting}"


def _starts(event: str, one: Coming, rules: DeskRules, now: datetime) -> Draft:
    local = one.starts_at.astimezone(BISHKEK)
    facts = {"body": one.body, "committee": one.committee, "place": one.place, "title": one.title, "items": one.items}
    return Draft(
        event=event,
        kind=PostKind.SITTING_STARTS,
        subject=("sitting", one.sitting),
        day=local.date(),
        items=(),
        happenings=(),
        facts=facts | {"starts_at": _hour(one), "video": one.video, "platform": one.platform},
        not_before=max(one.starts_at, now),
        expires_at=one.starts_at + rules.sitting_late,
    )


def last_week(now: datetime) -> tuple[date, date]:
    """Monday and Sunday of the week that is over."""
    today = now.astimezone(BISHKEK).date()
    monday = today - timedelta(days=today.weekday() + 7)
    return monday, monday + timedelta(days=6)


def digest_event(monday: date) -> str:
    """«weekly_digest:2026-W47»."""
    return f"{PostKind.WEEKLY_DIGEST.value}:{monday:%G-W%V}"


def is_digest_time(rules: DeskRules, now: datetime) -> bool:
    """Whether the digest of the week that is over is made now: from its hour on, and not long after it."""
    local = now.astimezone(BISHKEK)
    day = local.date() - timedelta(days=(local.weekday() - rules.digest_weekday) % 7)
    begins = datetime.combine(day, rules.digest_at, tzinfo=BISHKEK)
    return begins <= local < begins + rules.digest_patience


def digest(news: Sequence[News], rules: DeskRules, now: datetime) -> Draft | None:
    """What the week brought: counts by kind of happening, and the most telling; None where there was nothing.

    What was taken back since is left out, and so is what happened long before we learnt of it.
    """
    monday, sunday = last_week(now)
    month = timedelta(days=30)
    kept = [one for one in latest_word(news) if monday - one.day <= month]
    kept = [one for one in kept if one.kind not in rules.corrections.takes]
    if not kept:
        return None
    rank = {kind: place for place, kind in enumerate(_TELLING)}
    telling = sorted((one for one in kept if one.kind in rank), key=lambda one: (rank[one.kind], one.day, one.seq))
    counts = Counter(one.kind for one in kept)
    told = telling[: rules.digest_items]
    return Draft(
        event=digest_event(monday),
        kind=PostKind.WEEKLY_DIGEST,
        subject=("day", monday.isoformat()),
        day=sunday,
        items=tuple(item_of(one) for one in told),
        happenings=(),
        findings=tuple(str(one.facts["finding"]) for one in told if one.facts.get("finding")),
        facts={"since": monday.isoformat(), "until": sunday.isoformat(), "counts": dict(sorted(counts.items()))},
        not_before=after_quiet(now, rules),
        expires_at=now + rules.digest_patience,
    )


_TELLING = (
    *("bill_told_signed", "finding_confirmed", "bill_told_adopted", "bill_told_rejected", "bill_told_vetoed"),
    *("bill_told_returned", "hearing_announced", "poll_published", "sitting_cancelled", "protocol_published"),
)
"""What is told by name in a digest, the most telling first."""
