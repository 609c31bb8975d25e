"""What becomes a post, what is bundled, what is said once, and what is put right."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from publish.compose import News
from publish.drafts import Draft
from publish.newsdesk.calendar import Coming, digest, is_digest_time, last_week, starting
from publish.newsdesk.decide import Decided, decide, subjects
from publish.newsdesk.rules import FILE, load_rules
from publish.newsdesk.said import Said, SaidPost
from publish.newsdesk.times import after_quiet, earliest, expiry
from vocab.errors import ConfigError
from vocab.posts import ChannelName, PostKind

RULES = load_rules()
TODAY = date(2026, 11, 27)
NOON = datetime(2026, 11, 27, 6, tzinfo=UTC)  # 12:00 in Bishkek
TELEGRAM = frozenset({("telegram", "ky")})
LATER = NOON + timedelta(hours=1)


def news(kind: str, key: str, **more: Any) -> News:
    """A happening on a bill, known at noon."""
    values: dict[str, Any] = {"seq": 1, "subject_kind": "bill", "subject_id": "b1", "title": "О бюджете", "day": TODAY}
    return News(**{**values, "seen_at": NOON, "facts": {}, **more, "key": key, "kind": kind})


def announced(**more: Any) -> News:
    about = {"subject_kind": "sitting", "subject_id": "plenary-2026-12-02", "day": date(2026, 12, 2), "seq": 1}
    return news("sitting_announced", "sitting_announced:s", **{**about, **more})


def decided(*items: News, said: Said | None = None, now: datetime = LATER) -> Decided:
    return decide(items, said or Said(), RULES, now)


def only(result: Decided) -> Draft:
    [draft] = result.drafts
    return draft


def test_an_agenda_is_told_with_the_bills_on_it() -> None:
    bills = [
        news("bill_scheduled", f"k{one}", seq=one, facts={"sitting": "plenary-2026-12-02"}, day=date(2026, 12, 2))
        for one in (2, 3)
    ]
    draft = only(decided(announced(), *bills))
    assert (draft.event, draft.kind) == ("agenda_published:sitting:plenary-2026-12-02", PostKind.AGENDA_PUBLISHED)
    assert [item.kind for item in draft.items] == ["sitting_announced", "bill_scheduled", "bill_scheduled"]
    assert draft.happenings == ("sitting_announced:s", "k2", "k3")
    assert draft.expires_at == datetime(2026, 12, 2, 18, tzinfo=UTC)  # midnight in Bishkek


def test_bills_added_later_are_a_post_of_their_own_on_the_sitting() -> None:
    late = news("bill_scheduled", "k9", facts={"sitting": "plenary-2026-12-02"}, day=date(2026, 12, 2))
    draft = only(decided(late))
    assert (draft.kind, draft.subject) == (PostKind.BILL_SCHEDULED, ("sitting", "plenary-2026-12-02"))


def test_results_of_one_day_are_one_post_and_wait_for_each_other() -> None:
    first = news("bill_told_adopted", "a", seq=5, facts={"readings": [1]})
    second = news("bill_told_rejected", "b", seq=7, seen_at=NOON + timedelta(minutes=5))
    early = decided(first, second, now=NOON + timedelta(minutes=19))
    assert early.drafts == ()
    assert early.held == 5
    draft = only(decided(first, second))
    assert draft.kind is PostKind.READING_RESULT
    assert draft.happenings == ("a", "b")
    assert draft.subject == ("day", "2026-11-27")


def test_a_vote_is_one_only_with_its_numbers() -> None:
    with_numbers = news("bill_told_adopted", "a", facts={"in_favour": 87})
    without = news("bill_told_vote", "b")
    assert only(decided(with_numbers)).kind is PostKind.VOTE_RESULT
    assert decided(without).drafts == ()


def test_what_was_told_is_not_told_again() -> None:
    told = Said(told={"a": "reading_result:day:2026-11-27"})
    assert decided(news("bill_told_adopted", "a"), said=told) == Decided(drafts=())


def test_a_post_that_nobody_decided_on_grows_and_another_one_is_added_to() -> None:
    first = only(decided(news("bill_told_adopted", "a")))
    grown = only(
        decided(
            news("bill_told_adopted", "b", seq=2),
            said=Said(posts={first.event: SaidPost(draft=first, is_open=True)}, told={"a": first.event}),
        )
    )
    assert (grown.event, grown.happenings) == (first.event, ("a", "b"))
    closed = Said(posts={first.event: SaidPost(draft=first)}, told={"a": first.event})
    second = only(decided(news("bill_told_adopted", "b", seq=2), said=closed))
    assert (second.event, second.happenings) == (f"{first.event}#2", ("b",))


def test_a_law_is_signed_once_whoever_tells_it() -> None:
    first = only(decided(news("bill_told_signed", "press")))
    said = Said(posts={first.event: SaidPost(draft=first, out=TELEGRAM)}, told={"press": first.event})
    assert decided(news("act_published", "registry", seq=2), said=said).drafts == ()


@pytest.mark.parametrize(
    ("kind", "day", "is_news"),
    [
        ("bill_told_adopted", TODAY - timedelta(days=14), True),
        ("bill_told_adopted", TODAY - timedelta(days=15), False),
        ("bill_told_signed", TODAY - timedelta(days=30), True),
        ("bill_told_signed", TODAY - timedelta(days=31), False),
        ("bill_told_scheduled", TODAY - timedelta(days=1), False),
        ("bill_told_scheduled", TODAY + timedelta(days=60), True),
        ("press_released", TODAY, False),
    ],
)
def test_old_events_are_no_news(kind: str, day: date, is_news: bool) -> None:
    assert bool(decided(news(kind, "k", day=day)).drafts) is is_news


def test_what_we_have_known_for_long_is_no_news() -> None:
    week = timedelta(days=7)
    finding = news("finding_confirmed", "f", facts={"finding": "x"})
    assert decided(finding, now=NOON + week).drafts
    assert not decided(finding, now=NOON + week + timedelta(seconds=1)).drafts


def test_a_finding_stands_alone_and_waits_out_its_embargo() -> None:
    findings = [news("finding_confirmed", f"f{one}", seq=one, facts={"finding": f"x{one}"}) for one in (1, 2)]
    drafts = decided(*findings).drafts
    assert [draft.findings for draft in drafts] == [("x1",), ("x2",)]
    assert drafts[0].not_before == NOON + timedelta(minutes=30)
    assert drafts[0].expires_at is None
    assert drafts[0].items[0].place == ("finding", "x1")


def test_what_is_withdrawn_is_taken_out_or_put_right() -> None:
    post = only(decided(news("finding_confirmed", "f1", facts={"finding": "x"})))
    withdrawn = news("finding_withdrawn", "w", seq=2, facts={"finding": "x", "figures": {"registered": 54}})
    waiting = Said(posts={post.event: SaidPost(draft=post)}, of_finding={"x": (post.event,)})
    assert decided(withdrawn, said=waiting) == Decided(drafts=(), withdrawn=(post.event,))
    out = SaidPost(draft=post, out=TELEGRAM, links={"telegram": {"ky": "https://t.me/b/7"}})
    result = decided(withdrawn, said=Said(posts={post.event: out}, of_finding={"x": (post.event,)}))
    draft = only(result)
    assert (draft.kind, draft.corrects, result.withdrawn) == (PostKind.CORRECTION, post.event, (post.event,))
    assert draft.findings == ()
    assert "figures" not in draft.items[0].facts
    assert draft.facts["earlier_links"] == {"telegram": {"ky": "https://t.me/b/7"}}
    assert decided(withdrawn).drafts == ()  # nobody had told it


def test_what_is_withdrawn_before_it_was_told_is_never_told() -> None:
    confirmed = news("finding_confirmed", "f1", facts={"finding": "x"})
    assert decided(confirmed, news("finding_withdrawn", "w", seq=2, facts={"finding": "x"})).drafts == ()


def test_a_corrected_page_puts_posts_on_it_right_and_withdraws_none() -> None:
    post = only(decided(news("bill_told_adopted", "a")))
    said = Said(posts={post.event: SaidPost(draft=post, out=TELEGRAM)}, of_dossier={("bill", "b1"): (post.event,)})
    result = decided(news("correction", "correction:1", seq=2), said=said)
    assert only(result).corrects == post.event
    assert result.withdrawn == ()


def test_a_new_reading_of_a_release_takes_back_what_it_told() -> None:
    post = only(decided(news("bill_told_adopted", "a")))
    said = Said(posts={post.event: SaidPost(draft=post)}, of_topic={"a": (post.event,)})
    assert decided(news("bill_told_corrected", "c", facts={"told": "a"}), said=said).withdrawn == (post.event,)


@pytest.mark.parametrize(
    ("hour", "expected"),
    [("2026-11-27T21:59", "2026-11-27T21:59"), ("2026-11-27T22:00", "2026-11-28T08:00"),
     ("2026-11-28T07:59", "2026-11-28T08:00"), ("2026-11-28T08:00", "2026-11-28T08:00")],
)  # fmt: skip
def test_quiet_hours(hour: str, expected: str) -> None:
    moment = datetime.fromisoformat(f"{hour}:00+06:00").astimezone(UTC)
    assert after_quiet(moment, RULES) == datetime.fromisoformat(f"{expected}:00+06:00")


def test_a_sitting_is_announced_when_it_begins() -> None:
    begins = datetime(2026, 11, 27, 4, tzinfo=UTC)
    plenary = Coming(sitting="s", title="Заседание", body="plenary", committee=None, starts_at=begins)
    committee = Coming(sitting="c", title="Заседание", body="committee", committee="Комитет", starts_at=begins)
    at = begins - timedelta(minutes=60)
    [draft] = starting([plenary, committee], {}, RULES, at)
    assert (draft.event, draft.not_before) == ("sitting_starts:s", begins)
    assert draft.facts["starts_at"] == "10:00"
    assert draft.expires_at == begins + timedelta(minutes=30)
    assert starting([plenary], {}, RULES, at - timedelta(seconds=1)) == []
    assert starting([plenary], {}, RULES, begins + timedelta(minutes=30)) == []
    by_clock = replace(RULES, approved=frozenset({PostKind.SITTING_STARTS}))
    assert starting([plenary], {}, by_clock, begins - timedelta(seconds=1)) == []
    assert starting([plenary], {}, by_clock, begins)


def test_a_video_that_comes_late_is_told_once() -> None:
    begins = datetime(2026, 11, 27, 4, tzinfo=UTC)
    bare = Coming(sitting="s", title="Заседание", body="plenary", committee=None, starts_at=begins)
    filmed = replace(bare, video="https://www.youtube.com/watch?v=abc")
    [first] = starting([bare], {}, RULES, begins)
    [grown] = starting([filmed], {first.event: SaidPost(draft=first, is_open=True)}, RULES, begins)
    assert (grown.event, grown.facts["video"]) == (first.event, filmed.video)
    assert starting([bare], {first.event: SaidPost(draft=first, is_open=True)}, RULES, begins) == []
    closed = {first.event: SaidPost(draft=first)}
    [second] = starting([filmed], closed, RULES, begins)
    assert second.event == f"{first.event}#2"
    assert starting([filmed], closed | {second.event: SaidPost(draft=second)}, RULES, begins) == []
    assert starting([filmed], {first.event: SaidPost(draft=grown)}, RULES, begins) == []


def test_the_post_of_a_video_that_was_withdrawn_is_taken_out() -> None:
    begins = datetime(2026, 11, 27, 4, tzinfo=UTC)
    filmed = Coming(
        sitting="s", title="З", body="plenary", committee=None, starts_at=begins, video="https://youtu.be/a"
    )
    [post] = starting([filmed], {}, RULES, begins)
    of_sitting = {"subject_kind": "sitting", "subject_id": "s"}
    withdrawn = news("live_video_withdrawn", "w", **of_sitting, facts={"told": "live_video:1"})
    assert decided(withdrawn, said=Said(posts={post.event: SaidPost(draft=post)})).withdrawn == (post.event,)
    bare = replace(post, facts={**post.facts, "video": ""})
    assert decided(withdrawn, said=Said(posts={post.event: SaidPost(draft=bare)})).withdrawn == ()


def test_the_digest_counts_the_week_once_and_leaves_out_what_was_taken_back() -> None:
    monday = datetime(2026, 11, 30, 3, tzinfo=UTC)  # 09:00 in Bishkek
    assert is_digest_time(RULES, monday)
    assert not is_digest_time(RULES, monday - timedelta(seconds=1))
    assert last_week(monday) == (date(2026, 11, 23), date(2026, 11, 29))
    of_week = [
        news("bill_told_adopted", "a", seq=1),
        news("finding_confirmed", "f", seq=2, facts={"finding": "x"}),
        news("finding_withdrawn", "w", seq=3, facts={"finding": "x"}),
        news("protocol_published", "p", seq=4, day=date(2017, 5, 17)),
    ]
    draft = digest(of_week, RULES, monday)
    assert draft is not None
    assert draft.event == "weekly_digest:2026-W48"
    assert draft.facts["counts"] == {"bill_told_adopted": 1}
    assert draft.findings == ()
    assert digest(of_week[3:], RULES, monday) is None


def test_subjects_are_what_must_be_known_before_deciding() -> None:
    asked = subjects([announced(), news("press_released", "p"), news("correction", "c")], RULES)
    assert asked == {("sitting", "plenary-2026-12-02"), ("bill", "b1")}


def test_editors_have_rules_of_their_own(tmp_path: Path) -> None:
    own = "quiet_hours: {from: '23:00'}\napproved: [law_signed]\nchannels: {interview: [telegram]}\n"
    (tmp_path / FILE).write_text(f"{own}kinds:\n  finding_confirmed: {{embargo: 120}}\n")
    rules = load_rules(tmp_path)
    rule = next(one for one in rules.kinds if one.kind is PostKind.FINDING_CONFIRMED)
    assert rule.takes == ("finding_confirmed",)
    assert earliest(rule, rules, NOON) == NOON + timedelta(hours=2)
    assert expiry(rule, TODAY, NOON) is None
    assert rules.quiet_from.hour == 23
    assert rules.approved == {PostKind.LAW_SIGNED}
    assert rules.channels == {PostKind.INTERVIEW: {ChannelName.TELEGRAM}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kinds: {gossip: {from: [x]}}", "known are agenda_published"),
        ("kinds: {interview: {embargo_minutes: 3}}", "unknown embargo_minutes"),
        ("kinds: {interview: {bundle: heap}}", "bundle is one of"),
        ("kinds: {interview: {from: x}}", "from is a list"),
        ("quiet_hours: {from: '25:00'}", "quiet_hours: from: an hour in quotes"),
        ("quiet_hours: {to: 22:00}", "quiet_hours: to: an hour in quotes"),
        ("kinds: {interview: {embargo: soon}}", "embargo is a number from 0 to 100000, not «soon»"),
        ("approved: law_signed", "approved: a list"),
        ("- a", "expected names"),
        ("a: [", "not readable as YAML"),
        ("surprise: 1", "unknown surprise"),
        ("approved: [finding_confirmed]", "finding_confirmed accuses: only a person approves it"),
        ("channels:", "newsdesk.yml"),
        ("kinds: {interview: }", "interview: words with values are expected"),
        ("kinds: {interview: {lasts: -1}}", "lasts is a number from 1"),
        ("kinds: {interview: {settle: 10000000000000000000}}", "settle is a number"),
        ("kinds: {interview: {fresh: .inf}}", "fresh is a number"),
        ("kinds: {interview: {quiet: 'false'}}", "quiet is true or false"),
        ("digest: {weekday: 99}", "weekday is a number from 0 to 6"),
        ("stale_after_days: .nan", "stale_after_days is a number"),
        ("surprise: 2026-99-99", "not readable as YAML"),
        ("approved: [gossip]", "«gossip» is no kind of post; kinds are agenda_published"),
        ("channels: {interview: [fax]}", "there is no channel «fax»; channels are telegram"),
    ],
)
def test_rules_are_read_strictly(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(ConfigError, match=said):
        load_rules(tmp_path)
