"""Press events, from releases that we wrote ourselves and from the real ones."""

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from nlp.mentions.mention import Mention, MentionKind
from nlp.press.event import Action, PressEvent
from nlp.press.finding import MOST_DRAFTS, find_events

PUBLISHED = date(2024, 5, 16)
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "press_events.yml").read_text("utf-8"))


def told(event: PressEvent, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an event that a case always names, and those that this one does."""
    fields: dict[str, Any] = {
        "draft": event.draft,
        "kind": event.kind,
        "body": event.body,
        "action": event.action.value,
        "readings": list(event.readings),
        "date": event.day,
    }
    more = {
        "committee": event.committee,
        "presenter": event.presenter,
        "initiator": event.initiator,
        "votes": [event.votes_for, event.votes_against],
    }
    return fields | {name: value for name, value in more.items() if name in wanted}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_a_release_tells(case: dict[str, Any]) -> None:
    usual = {"kind": "law", "body": "plenary", "readings": [], "date": PUBLISHED}
    found = find_events(case["title"], case["body"], PUBLISHED)
    wanted = [usual | event for event in case["events"]]
    assert [told(event, one) for event, one in zip(found, case["events"], strict=False)] == wanted
    assert len(found) == len(wanted)


COMMITTEE = "Комитет по социальной политике"


def mention(kind: MentionKind, text: str, written: str, normal: str, **value: int) -> Mention:
    start = text.index(written)
    return Mention(
        kind=kind,
        start=start,
        end=start + len(written),
        written=written,
        normal=normal,
        value=value,
        score=1,
        method="test",
    )


def test_mentions_tell_persons_committees_and_votes() -> None:
    body = (
        "На заседании Комитета по соцполитике принят законопроект «О воде», представленный Ж.Абдыраимом. "
        "Голоса разделились, 7 к 2."
    )
    text = f"Новости\n{body}"
    mentions = (
        mention(MentionKind.COMMITTEE, text, "Комитета по соцполитике", COMMITTEE),
        mention(MentionKind.PERSON, text, "Ж.Абдыраимом", "Жанар Абдыраим"),
        mention(MentionKind.VOTES, text, "7 к 2", "7:2", **{"for": 7, "against": 2}),
    )
    (event,) = find_events("Новости", body, PUBLISHED, mentions)
    assert (event.body, event.action, event.committee) == ("committee", Action.APPROVED, COMMITTEE)
    assert (event.presenter, event.votes_for, event.votes_against) == ("Жанар Абдыраим", 7, 2)


def test_the_score_tells_how_sure_it_is() -> None:
    def score(body: str, title: str = "Новости") -> float:
        (event,) = find_events(title, body, PUBLISHED)
        return event.score

    sure = score("На заседании Жогорку Кенеша 15 мая принят законопроект «О воде».")
    assert sure == 1
    assert score("На заседании Жогорку Кенеша принят законопроект «О воде».") < sure
    assert score("На заседании Жогорку Кенеша 15 мая принят законопроект о воде.") < sure
    assert score("15 мая принят законопроект «О воде».") < sure
    assert score("На заседании Жогорку Кенеша 15 мая принят законопроект «О воде.") < sure
    assert score("", title="Жогорку Кенеш 15 мая принял законопроект «О воде»") < sure


def test_the_words_that_decided_are_kept() -> None:
    (event,) = find_events("Новости", "Законопроект «О воде» не набрал нужных голосов.", PUBLISHED)
    assert event.words == ("rejected: не набрал нужных голосов",)


def test_a_day_without_a_year_is_near_the_release() -> None:
    (event,) = find_events("", "30 декабря Жогорку Кенеш принял законопроект «О воде».", date(2024, 1, 3))
    assert (event.day, event.day_stated) == (date(2023, 12, 30), True)


def test_a_day_too_far_away_is_of_something_else() -> None:
    body = "Жогорку Кенеш принял законопроект «О воде», 5 января этого года."
    (event,) = find_events("", body, PUBLISHED)
    assert (event.day, event.day_stated) == (PUBLISHED, False)


HOSTILE = {
    "nothing": "",
    "blanks": " \n\t ",
    "control characters": "\x00\x01\ufeff законопроект «О воде» принят" * 1000,
    "leads": "проект Закона «" * 60_000,
    "open quotes": "«" * 1_000_000,
    "closed quotes": "» мыйзам долбоору " * 50_000,
    "one word": "а" * 1_000_000,
    "mixed alphabets": "aа" * 500_000,
    "initials": "законопроект «О воде» принят. Инициатор - " + "А. Б. " * 150_000,
    "one sentence": "Депутаты приняли законопроект «О воде» " + "слово " * 150_000,
    "many drafts": " ".join(f"Депутаты приняли законопроект «О воде {number}»." for number in range(20_000)),
    "html": "<p>законопроект «О воде» принят</p>" * 28_000,
    "brackets": "законопроект «О («" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_time_and_raises_nothing(name: str) -> None:
    started = time.process_time()
    assert len(find_events("Новости", HOSTILE[name], PUBLISHED)) <= MOST_DRAFTS
    assert len(find_events(HOSTILE[name], "Новости", PUBLISHED)) <= MOST_DRAFTS
    assert time.process_time() - started < 6  # twice about a third of a second on a free core


SPLINTERS = (
    *(
        "«",
        "»",
        "(",
        ")",
        ".",
        ",",
        ":",
        "\n",
        "\x00",
        "a",
        "1",
        "законопроект ",
        "проект Закона «О",
        " принят ",
        "<p>",
    ),
    *(" в первом чтении ", " 31.02.2014 ", " Комитет по ", " мыйзам долбоору ", " за 5, против 999 ", " Инициатор - "),
)


@pytest.mark.parametrize("seed", range(20))
def test_releases_in_splinters_raise_nothing(seed: int) -> None:
    chance = Random(seed)
    for _ in range(40):
        case = chance.choice(CASES)
        body = list(case["body"])
        for _ in range(chance.randint(1, 25)):
            place = chance.randrange(len(body) + 1)
            body[place : place + chance.choice((0, 0, 1, 12))] = chance.choice(SPLINTERS)
        published = chance.choice((PUBLISHED, date.min, date.max))
        for event in find_events(chance.choice((case["title"], "")), "".join(body), published):
            assert event.draft.strip()
            assert event.readings == tuple(sorted(set(event.readings)))
            assert 0 < event.score <= 1
