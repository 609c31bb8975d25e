"""When a post may go out, and until when it is news. Pure; hours are those of Bishkek."""

from datetime import date, datetime, time, timedelta

from publish.newsdesk.rules import DeskRules, KindRule
from vocab.dates import BISHKEK


def earliest(rule: KindRule, rules: DeskRules, known_at: datetime) -> datetime:
    """The first moment at which it may be sent: after the embargo, and outside of the quiet hours."""
    moment = known_at + rule.embargo
    return after_quiet(moment, rules) if rule.quiet else moment


def after_quiet(moment: datetime, rules: DeskRules) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into."""
    local = moment.astimezone(BISHKEK)
    if not _is_quiet(local.time(), rules.quiet_from, rules.quiet_to):
        return moment
    day = local.date() + timedelta(days=local.time() >= rules.quiet_to)
    return datetime.combine(day, rules.quiet_to, tzinfo=BISHKEK).astimezone(moment.tzinfo)


def _is_quiet(hour: time, begins: time, ends: time) -> bool:
    """Quiet hours may cross midnight."""
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


def expiry(rule: KindRule, day: date, decided_at: datetime) -> datetime | None:
    """After that it is no news: the end of its day, or some hours after it was decided; None: it stays news."""
    if rule.lasts_the_day:
        return datetime.combine(day + timedelta(days=1), time.min, tzinfo=BISHKEK).astimezone(decided_at.tzinfo)
    return decided_at + rule.lasts if rule.lasts else None
