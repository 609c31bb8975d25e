"""Whole cases as YAML: dated facts of one bill or sitting, and what the checks must say of them. Pure.

A file holds one case, or several separated by `---`:

    name: Rejected, then adopted four weeks later       # what the case shows
    source: https://…                                   # where the facts are told; made-up cases have none
    subject: {kind: bill, title: О …, bill_kind: law}   # a sitting: {kind: sitting, day: 2017-05-17, …}; a body
    sources: [protocol]                                 # which kinds of page there are, where it matters
    events:
      - {kind: adopted, day: 2021-07-28, readings: [2, 3], votes: {for: 97, against: 5}}
    expected:
      - {check: R38, case: "2021-06-30", verdict: broken, reason: too_early, figures: {days: 28}, review: []}

An event has the fields of `vocab.timeline.Event`, `at` as "10:05" in quotes; its place in the list is its `seq`;
`record` names the source where there are several, for only events of one record have an order. `who` and `to` are a
name, or {name, person, faction, faction_note}. `expected` may be left out. Of each check that it names it lists every
judgement, and no other check may say *broken*; of `figures` those that are named must be equal. All of it with an
example: docs/cases.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.case_fields import checked, day_of, documents, time_of, word_of
from vocab.bodies import Body
from vocab.errors import ConfigError
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline, Votes, Who
from vocab.verdicts import Verdict

_CASE = frozenset({"name", "source", "sources", "subject", "events", "expected"})
_SUBJECT = frozenset(
    {
        "kind",
        "id",
        "title",
        "body",
        "committee",
        "day",
        "extraordinary",
        "cancelled",
        "bill_kind",
        "initiator",
        "topics",
    }
)
_PLAIN = frozenset(
    {
        "day_told",
        "count",
        "minutes",
        "choice",
        "about",
        "ground",
        "what",
        "lang",
        "observer",
        "uncertain",
        "committee",
        "bill_id",
        "item",
    }
)
_EVENT = _PLAIN | {"kind", "day", "not_before", "at", "parts", "record", "readings", "votes", "who", "to", "body"}
_PERSON = frozenset({"name", "person", "faction", "faction_note"})
_VOTES = frozenset({"for", "against", "abstained"})
_EXPECTED = frozenset({"check", "case", "verdict", "reason", "figures", "review"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A judgement that a case must get; `review` are the notes on why a person must look."""

    check: str
    case: str
    verdict: Verdict
    reason: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    review: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedCase:
    """A case: its name, where the facts are told (None: made up), the timeline, and what is expected of the checks.

    `expected` None: nothing is said of it.
    """

    name: str
    source: str | None
    timeline: Timeline
    expected: tuple[Expected, ...] | None


def read_cases(text: str, file: str = "case") -> tuple[RecordedCase, ...]:
    """All cases of a file's text. Raises ConfigError that names the file and the case."""
    try:
        told = documents(text)
    except ValueError as error:
        raise ConfigError(f"{file}: {error}") from error
    return tuple(_case(document, f"{file}, case {number}") for number, document in enumerate(told, start=1))


def _case(document: Any, place: str) -> RecordedCase:
    try:
        data = checked(document, _CASE)
        source: str | None = data.get("source")
        events = [_event(row, seq, source) for seq, row in enumerate(data["events"], start=1)]
        ordered = sorted(events, key=lambda event: (event.day, event.seq))
        return RecordedCase(
            name=data["name"],
            source=source,
            timeline=Timeline(
                subject=_subject(data["subject"]), events=tuple(ordered), sources=frozenset(data.get("sources", ()))
            ),
            expected=tuple(map(_expected, data["expected"])) if "expected" in data else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"{place}: {type(error).__name__}: {error}") from error


def _subject(row: Any) -> Subject:
    data = dict(checked(row, _SUBJECT))
    kind = word_of(SubjectKind, data.pop("kind"))
    told = data.pop("body", None if kind is SubjectKind.BILL else Body.PLENARY)
    topics = frozenset(data.pop("topics", ()))
    if "day" in data:
        day_of(data["day"])
    named = {"id": "case", "title": "case"}
    return Subject(kind=kind, body=word_of(Body, told) if told else None, topics=topics, **(named | data))


def _event(row: Any, seq: int, source: str | None) -> Event:
    data = checked(row, _EVENT)
    votes = data.get("votes")
    return Event(
        kind=word_of(EventKind, data["kind"]),
        day=day_of(data["day"]),
        not_before=day_of(data["not_before"]) if "not_before" in data else None,
        at=time_of(data["at"]) if "at" in data else None,
        seq=seq,
        evidence=Evidence(record=data.get("record", "case"), url=source, place=f"event:{seq}"),
        body=word_of(Body, data["body"]) if "body" in data else None,
        readings=frozenset(data.get("readings", ())),
        parts=frozenset(data["parts"]) if "parts" in data else None,
        votes=_votes(votes) if votes else None,
        who=_who(data.get("who")),
        to=_who(data.get("to")),
        **{name: value for name, value in data.items() if name in _PLAIN},
    )


def _votes(row: Any) -> Votes:
    data = checked(row, _VOTES)
    return Votes(in_favour=data.get("for"), against=data.get("against"), abstained=data.get("abstained"))


def _who(row: Any) -> Who | None:
    if row is None or isinstance(row, str):
        return Who(written=row) if row else None
    data = checked(row, _PERSON)
    return Who(
        written=data["name"],
        person_id=data.get("person"),
        faction=data.get("faction"),
        faction_note=data.get("faction_note"),
    )


def _expected(row: Any) -> Expected:
    data = checked(row, _EXPECTED)
    return Expected(
        check=data["check"],
        case=data.get("case", ""),
        verdict=word_of(Verdict, data["verdict"]),
        reason=data["reason"],
        figures={name: _plain(value) for name, value in data.get("figures", {}).items()},
        review=frozenset(data.get("review", ())),
    )


def _plain(value: Any) -> Any:
    """Days as checks give them: in ISO form."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
