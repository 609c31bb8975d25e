"""Pictures from rows that a person can count: their sentences, their tables, what is left out, where knots stand."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from publish.charts import attendance, findings, intervals, path, registered, transfers
from publish.charts.layout import positions
from publish.charts.picture import Look, Origin, Picture, Theme
from publish.charts.rendering import CARD_PIXELS, png, svg
from publish.charts.style import sentence

ENGLISH, ORIGIN = Look(lang="en"), Origin(asked_on=date(2026, 11, 27))
ALL = (path, registered, attendance, transfers, intervals, findings)


def sitting(day: date, least: int, most: int, *, counted: int | None = None) -> dict[str, Any]:
    row = {"sitting_id": f"plenary-{day}", "day": day, "title": "", "registrations": 2, "least": least, "most": most}
    return row | {"counted_least": counted, "counted_most": counted, "seats": 120, "quorum": 61}


def transfer(giver: str, holder: str, number: int) -> dict[str, Any]:
    return {"from_id": None, "from_name": giver, "to_id": None, "to_name": holder, "number": number}


def interval(bill: str, days: int, verdict: str, *, seen: bool = True) -> dict[str, Any]:
    limits = [
        {"name": name, "limit": limit, "seen": seen, "since": since, "until": until}
        for name, limit in (("least", 10), ("most", 30))
        for since, until in ((date(2011, 12, 2), date(2022, 11, 17)), (date(2022, 11, 17), None))
    ]
    row = {"bill_id": bill, "title": bill, "from_reading": 1, "to_reading": 2, "start": date(2022, 10, 1)}
    row |= {"day": date(2022, 12, 1), "days": days, "least": 10, "most": 30, "seen": seen, "verdict": verdict}
    return row | {"limits": limits}


def finding(check: str, month: date, verdict: str, number: int) -> dict[str, Any]:
    return {"check_id": check, "month": month, "verdict": verdict, "number": number}


def values(picture: Picture, layer: int) -> list[dict[str, Any]]:
    """The data of one layer."""
    assert picture.spec is not None
    rows: list[dict[str, Any]] = picture.spec["datasets"][picture.spec["layer"][layer]["data"]["name"]]
    return rows


@pytest.mark.parametrize("kind", ALL)
def test_no_data_is_a_sentence(kind: Any) -> None:
    picture = kind.draw((), ENGLISH, ORIGIN)
    assert picture.spec is None
    assert picture.text.endswith(".")
    assert picture.title in str(sentence(picture, ENGLISH, ORIGIN)["title"]["text"])


def test_registrations_are_told_with_their_base() -> None:
    rows = [sitting(date(2017, 5, 17), 54, 97, counted=61), sitting(date(2017, 5, 18), 61, 110)]
    picture = registered.draw(rows, ENGLISH, ORIGIN)
    assert "Sittings with a registration: 2" in picture.text
    assert "registrations: 4" in picture.text
    assert "smallest was 54 (17 May 2017), the largest 110 (18 May 2017)" in picture.text
    assert "below the quorum: 1" in picture.text
    assert "observers counted the hall: 1" in picture.text
    spec = str(picture.spec)
    assert "quorum: 61" in spec
    assert "Data collected on 27 November 2026" in spec


def test_weeks_of_all_and_of_one() -> None:
    monday = date(2018, 1, 8)
    rows = [
        {"person_id": "a", "name": "А", "week": monday, "sittings": 2, "named": 0},
        {"person_id": "b", "name": "Б", "week": monday, "sittings": 2, "named": 2},
    ]
    picture = attendance.draw(rows, ENGLISH, ORIGIN)
    assert "sittings with a protocol: 2" in picture.text
    assert "Named most often is Б: 2" in picture.text
    assert [row["name"] for row in picture.rows] == ["Б", "А"]
    nobody = attendance.draw([row | {"named": 0} for row in rows], ENGLISH, ORIGIN)
    assert "Named most often" not in nobody.text
    alone = attendance.draw(rows[1:], ENGLISH, ORIGIN)
    assert "Times that Б is named as absent: 2" in alone.text
    assert "'line': '2018'" in str(alone.spec)


def test_the_strongest_pairs_are_drawn_and_the_others_are_said() -> None:
    rows = [transfer(f"Депутатов Депутат {n}", "Асанов Асан Асанович", n) for n in range(1, 101)]
    picture = transfers.draw(rows, ENGLISH, ORIGIN)
    assert "Votes given in protocols: 5,050, pairs of deputies: 100" in picture.text
    assert "is Асанов Асан Асанович: 5,050" in picture.text
    assert any("Pairs in the picture: 40 of 100" in note for note in picture.notes)
    assert len(values(picture, 0)) == 2 * 40
    assert transfers.draw(rows, ENGLISH, ORIGIN) == picture
    assert transfers.draw(rows[:1], ENGLISH, ORIGIN).spec
    even = transfers.draw([transfer("А", "Б", 2), transfer("Б", "А", 2)], ENGLISH, ORIGIN)
    assert "Most often" not in even.text
    assert "held most" not in even.text


def test_knots_fill_the_square_and_tied_ones_stand_near() -> None:
    knots = [f"k{n}" for n in range(12)]
    places = positions(knots, {("k0", "k6"): 5.0})
    assert places == positions(knots, {("k0", "k6"): 5.0})
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places.values())
    assert len(set(places.values())) == 12

    def apart(one: str, other: str) -> float:
        return sum((a - b) ** 2 for a, b in zip(places[one], places[other], strict=True))

    assert apart("k0", "k6") < apart("k1", "k7")
    assert positions(["one"], {}) == {"one": (0.5, 0.5)}


def test_limits_are_lines_of_their_edition() -> None:
    rows = [interval("a", 5, "broken"), interval("b", 24, "kept"), interval("c", 40, "cannot_tell")]
    picture = intervals.draw(rows, ENGLISH, ORIGIN)
    assert "The shortest is 5, the middle one (median) 24, the longest 40" in picture.text
    assert "Kept: 1; cannot tell: 1; not kept (reviewed by a person): 1" in picture.text
    limits = values(picture, 1)
    assert [(one["limit"], one["from"], one["until"]) for one in limits] == [
        (10, "2022-10-01", "2022-12-01"),
        (30, "2022-10-01", "2022-12-01"),
    ]
    assumed = intervals.draw([interval("a", 12, "kept", seen=False)], ENGLISH, ORIGIN)
    assert any("assumed" in note for note in assumed.notes)
    assert "limits" not in assumed.rows[0]


def test_findings_of_many_months_and_rules_say_what_is_left_out() -> None:
    months = [date(2005 + n // 6, n % 6 * 2 + 1, 1) for n in range(72)]
    rows = [finding(f"R{n % 12 + 1:02}", month, "kept", 2) for n, month in enumerate(months)]
    card = findings.draw(rows, Look(lang="en", card=True), ORIGIN)
    assert "Findings: 144, rules: 12, from 01.2005 to 11.2016" in card.text
    assert any("Lines in the picture: 10 of 12" in note for note in card.notes)
    assert any("Months in the picture: 120" in note for note in card.notes)
    assert len(card.rows) == 72


def test_the_path_counts_bills_at_each_stage() -> None:
    rows = [
        {"stage": "first_reading", "state": "done", "number": 2, "bills": 4, "of": 9},
        {"stage": "first_reading", "state": "open", "number": 1, "bills": 4, "of": 9},
    ]
    picture = path.draw(rows, ENGLISH, Origin(invented=True))
    assert "Bills looked at: 4" in picture.text
    assert "First reading: 3" in picture.text
    assert "Counted are the newest 4 of 9." in picture.notes
    assert "invented" in str(picture.spec)


def test_a_picture_is_drawn_as_lines_and_as_a_card() -> None:
    look = Look(lang="ky", theme=Theme.DARK, card=True)
    picture = registered.draw([sitting(date(2017, 5, 17), 54, 97)], look, ORIGIN)
    assert picture.spec is not None
    drawn = svg(picture.spec).decode()
    assert "Жогорку Кеңештин" in drawn
    assert "#14181b" in drawn
    with Image.open(BytesIO(png(picture.spec))) as card:
        assert card.size == CARD_PIXELS
