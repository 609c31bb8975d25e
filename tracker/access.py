"""Until when a citizen has to ask to be let into a sitting, and whether the agenda came too late for that. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.editions import Rule, RuleBook
from vocab.bodies import Body

ACCESS = "R50"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessDeadline:
    """The last day for the request. `is_conflict`: the agenda came after it, so that nobody could ask by the agenda.

    `is_conflict` None: when the agenda came is not known.
    """

    request_by: date
    is_conflict: bool | None


def access_deadline(rules: RuleBook, day: date, body: Body, agenda_seen: date | None = None) -> AccessDeadline | None:
    """Until when to ask for a sitting of this day; None where no rule about it is known.

    `agenda_seen` is the day on which the agenda was first seen on the site, None where nobody knows.
    """
    rule = rules.on(ACCESS, day)
    if rule is None:
        return None
    last = request_by(rule, day, body)
    return AccessDeadline(request_by=last, is_conflict=None if agenda_seen is None else agenda_seen > last)


def request_by(rule: Rule, day: date, body: Body) -> date:
    """The last day on which a request for a sitting of this day is in time."""
    days: int = rule.parameters["request_days"][body.value]
    return day - timedelta(days=days)
