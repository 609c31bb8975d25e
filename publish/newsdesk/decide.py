"""What is news. Pure: happenings and what was already said in, drafts out; `now` is an argument."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from publish.compose import News, latest_word
from publish.drafts import Dossier, Draft, Item
from publish.newsdesk.corrections import corrections
from publish.newsdesk.rules import DeskRules, KindRule
from publish.newsdesk.said import AGAIN, Said
from publish.newsdesk.times import earliest, expiry
from vocab.dates import BISHKEK


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is to be said; what is no longer to be said (events); and from which happening on to look again (`held`).

    What was `held` waits for more of its bundle.
    """

    drafts: tuple[Draft, ...]
    withdrawn: tuple[str, ...] = ()
    held: int | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What belongs into one post: its rule, the start of its event, what it is about."""

    rule: KindRule
    base: str
    subject: Dossier


def decide(news: Iterable[News], said: Said, rules: DeskRules, now: datetime) -> Decided:
    """The drafts for these happenings, oldest first. The same happenings and the same `said` give the same drafts.

    Findings come in only as `finding_confirmed`: what no person confirmed is no happening. What is older than its kind
    allows, or known for long, is passed over.
    """
    known = (one for one in news if one.key not in said.told and now - one.seen_at <= rules.stale_after)
    fresh = latest_word(known)  # what was withdrawn meanwhile is never told
    bundles = _bundled(fresh, rules)
    drafts, held = [], []
    for bundle, of_it in bundles.items():
        if min(one.seen_at for one in of_it) + bundle.rule.settle > now:
            held += [one.seq for one in of_it]
            continue
        drafts += _draft(bundle, of_it, said, rules, now)
    taken_back = corrections(fresh, said, rules, now)
    return Decided(
        drafts=(*drafts, *taken_back.drafts),
        withdrawn=taken_back.withdrawn,
        held=min(held, default=None),
    )


def subjects(news: Iterable[News], rules: DeskRules) -> set[Dossier]:
    """What the posts for these happenings would be about: what was said of them must be known to decide."""
    found = {bundle.subject for one in news if (bundle := _bundle(one, rules)) is not None}
    return found | {one.subject for one in news if one.kind in rules.corrections.takes}


def _bundled(news: Sequence[News], rules: DeskRules) -> Mapping[Bundle, list[News]]:
    bundles: dict[Bundle, list[News]] = {}
    for one in sorted(news, key=lambda item: item.seq):
        bundle = _bundle(one, rules)
        if bundle is not None:
            bundles.setdefault(bundle, []).append(one)
    return _joined(bundles)


def _joined(bundles: dict[Bundle, list[News]]) -> Mapping[Bundle, list[News]]:
    """What joins a post on the same sitting leaves its own: an agenda's bills are told with the agenda."""
    by_sitting = {bundle.subject: bundle for bundle in bundles if bundle.rule.joins}
    for bundle, of_it in list(bundles.items()):
        for one in list(of_it):
            host = by_sitting.get(("sitting", str(one.facts.get("sitting", ""))))
            if host is not None and host != bundle and one.kind in host.rule.joins:
                of_it.remove(one)
                bundles[host].append(one)
    return {bundle: of_it for bundle, of_it in bundles.items() if of_it}


def _bundle(news: News, rules: DeskRules) -> Bundle | None:
    """Where a happening belongs; None where no post tells it."""
    for rule in rules.kinds:
        if news.kind in rule.takes and _belongs(news, rule):
            subject = _subject(news, rule)
            place = news.key if rule.bundle == "one" else ":".join(subject)
            return Bundle(rule, f"{rule.kind.value}:{place}", subject)
    return None


def _belongs(news: News, rule: KindRule) -> bool:
    known_on = news.seen_at.astimezone(BISHKEK).date()
    is_fresh = rule.fresh is None or known_on - news.day <= rule.fresh
    is_whole = all(news.facts.get(name) is not None for name in rule.needs)
    return is_fresh and is_whole and rule.subject in ("", news.subject_kind)


def _subject(news: News, rule: KindRule) -> Dossier:
    if rule.bundle == "day":
        sitting = news.facts.get("sitting")
        return ("sitting", str(sitting)) if sitting else ("day", news.day.isoformat())
    return news.subject


def _draft(bundle: Bundle, news: Sequence[News], said: Said, rules: DeskRules, now: datetime) -> list[Draft]:
    """One draft, or none where this was said; a post that nobody decided on yet grows."""
    before = said.before(bundle.base)
    growing = next((post.draft for post in before if post.is_open), None)
    if before and growing is None and bundle.rule.once:
        return []
    event = growing.event if growing else _event(bundle.base, len(before))
    known_at, day = max(one.seen_at for one in news), max(one.day for one in news)
    told = Draft(
        event=event,
        kind=bundle.rule.kind,
        subject=bundle.subject,
        day=day,
        items=tuple(item_of(one) for one in news),
        happenings=tuple(one.key for one in news),
        findings=tuple(str(one.facts["finding"]) for one in news if one.facts.get("finding")),
        facts=said.sittings.get(bundle.subject[1], {}) if bundle.subject[0] == "sitting" else {},
        not_before=earliest(bundle.rule, rules, known_at),
        expires_at=expiry(bundle.rule, day, now),
    )
    return [_grown(growing, told) if growing else told]


def _event(base: str, times: int) -> str:
    return f"{base}{AGAIN}{times + 1}" if times else base


def _grown(before: Draft, more: Draft) -> Draft:
    return replace(
        more,
        items=before.items + more.items,
        happenings=before.happenings + more.happenings,
        findings=before.findings + more.findings,
        day=max(before.day, more.day),
    )


def item_of(news: News) -> Item:
    """The happening as a post tells it, with its first source."""
    return Item(
        kind=news.kind,
        title=news.title,
        place=("finding", str(news.facts["finding"])) if news.facts.get("finding") else news.subject,
        day=news.day,
        facts=dict(news.facts),
        source=next((str(one["url"]) for one in news.evidence if one.get("url")), ""),
    )
