"""Bills of other parliaments as timelines: what their own records say, in our kinds of events."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from vocab.bodies import Body
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline

# The Rada's stages that have a kind of their own; the others are steps between offices.
_RADA = {
    "Одержано Верховною Радою": EventKind.REGISTERED,
    "Направлено на розгляд Комітету": EventKind.RECEIVED,
    "Вручено подання Комітету про розгляд": EventKind.COMMITTEE_DECISION,
    "Вручено подання Комітету про відхилення": EventKind.COMMITTEE_DECISION,
    "Закон прийнято": EventKind.ADOPTED,
    "Проект не прийнято": EventKind.REJECTED,
    "Проект відкликано": EventKind.WITHDRAWN,
    "Закон направлено на підпис Президенту": EventKind.SENT_TO_PRESIDENT,
    "Повернуто з підписом від Президента": EventKind.SIGNED,
}
_STANCES = {"про розгляд": "positive", "про відхилення": "negative"}


def rada_bills(folder: Path) -> Iterator[Timeline]:
    """The drafts of laws of `ua-rada-bills`."""
    for line in (folder / "bills.jsonl").read_text("utf-8").splitlines():
        bill = json.loads(line)
        if bill["type"] == "Проект Закону":
            yield _rada_bill(bill)


def _rada_bill(bill: Mapping[str, Any]) -> Timeline:
    agreement = "міжнародні угоди" in (bill["rubric"] or "")
    subject = Subject(
        kind=SubjectKind.BILL,
        id=f"ua-{bill['id']}",
        title=bill["title"],
        bill_kind="ratification" if agreement and bill["title"].startswith("про ратифікацію") else "law",
    )
    stages = sorted(bill["passings"] or (), key=lambda one: one["date"])
    events = [_rada_event(stage, bill["uri"], place) for place, stage in enumerate(stages) if stage["title"] in _RADA]
    return Timeline(subject=subject, events=tuple(events))


def _rada_event(stage: Mapping[str, str], uri: str, place: int) -> Event:
    """«Закон прийнято» is the adoption as a whole: a reading before it would be a stage of its own."""
    kind, title = _RADA[stage["title"]], stage["title"]
    return Event(
        kind=kind,
        day=date.fromisoformat(stage["date"]),
        seq=place,
        evidence=Evidence(record="rada", url=uri, place=f"passing:{place}"),
        body=Body.COMMITTEE if kind is EventKind.COMMITTEE_DECISION else Body.PLENARY,
        committee="Головний комітет" if kind is EventKind.COMMITTEE_DECISION else None,
        readings={EventKind.ADOPTED: frozenset({1, 2, 3}), EventKind.REJECTED: frozenset({1})}.get(kind, frozenset()),
        choice=next((stance for words, stance in _STANCES.items() if words in title), None),
    )


def french_bills(folder: Path) -> Iterator[Timeline]:
    """The dossiers of `fr-lawfactory`."""
    for file in sorted(folder.glob("*/procedure.json")):
        yield _french_bill(json.loads(file.read_text("utf-8")))


def _french_bill(bill: Mapping[str, Any]) -> Timeline:
    subject = Subject(kind=SubjectKind.BILL, id=bill["id"], title=bill["long_title"], bill_kind="law")
    ground = "fast_procedure" if bill["urgence"] else None
    events: list[Event] = []
    chambers: list[str] = []
    for place, step in enumerate(bill["steps"]):
        evidence = Evidence(record=bill["id"], url=step.get("source_url"), place=f"step:{place}")
        told: dict[str, Any] = {"evidence": evidence, "seq": place, "body": Body.PLENARY}
        if step.get("step") == "depot" and not events:
            events.append(Event(kind=EventKind.REGISTERED, day=date.fromisoformat(step["date"]), ground=ground, **told))
        elif step["stage"] == "1ère lecture" and step.get("step") == "hemicycle":
            chambers = list(dict.fromkeys((*chambers, step["institution"])))
            events += _french_reading(step, chambers.index(step["institution"]) + 1, told)
        elif step["stage"] == "promulgation":
            events.append(Event(kind=EventKind.ENACTED, day=date.fromisoformat(step["date"]), **told))
    return Timeline(subject=subject, events=tuple(sorted(events, key=lambda one: (one.day, one.seq))))


def _french_reading(step: Mapping[str, str], reading: int, told: dict[str, Any]) -> list[Event]:
    """What a chamber's first reading tells.

    The first chamber's text went on to the other one, so it was adopted, on the last day of the debate. Of the second
    chamber the term asks on which day the debate began.
    """
    if reading == 1:
        return [
            Event(kind=kind, day=date.fromisoformat(step["enddate"]), readings=frozenset({1}), **told)
            for kind in (EventKind.PUT_TO_VOTE, EventKind.ADOPTED)
        ]
    return [Event(kind=EventKind.PUT_TO_VOTE, day=date.fromisoformat(step["date"]), readings=frozenset({2}), **told)]
