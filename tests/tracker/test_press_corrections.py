"""What feeds told of a press release, and what they say when it is read anew; on both databases where SQL matters."""

from typing import Any

import pytest

from db.happenings import Happening, HappeningAbout
from tests.tracker.house import LAW, House, registered
from tests.tracker.press_house import RELEASE, TITLE, because, bill_of, tell, told
from tracker.linking import decide, merge, split
from tracker.press_corrections import CORRECTED
from vocab.numbers import BillNumber

OTHER = "О мёде"
VETS = registered("О проекте Закона «О ветеринарах»", key="bill:2", number=BillNumber(6, 503, 17))


def said(house: House) -> list[tuple[str, str]]:
    """What was said of bills out of press releases, in order: kind and bill."""
    rows = sorted(house.rows(Happening), key=lambda row: row["seq"])
    return [
        (row["kind"].removeprefix("bill_told_"), row["subject_id"])
        for row in rows
        if row["kind"].startswith("bill_told_")
    ]


def kinds(house: House) -> list[str]:
    return [kind for kind, _ in said(house)]


def about(house: House, key: str) -> set[tuple[str, str]]:
    rows = house.rows(HappeningAbout, happening_key=key)
    return {(row["dossier_type"], row["dossier_id"]) for row in rows}


@pytest.mark.parametrize(
    ("reading", "kinds_after"),
    [
        ([], ["rejected", "corrected"]),
        ([told(action="rejected", score=0.5)], ["rejected", "corrected"]),
        ([told(action="adopted")], ["rejected", "corrected", "adopted"]),
        ([told(action="rejected", readings=[2])], ["rejected", "corrected", "rejected"]),
        ([told(action="rejected", votes_for=31)], ["rejected"]),
        ([told(OTHER), told(action="rejected")], ["rejected", "adopted"]),
    ],
)
def test_what_is_read_no_more_is_corrected_once(
    each_house: House, reading: list[dict[str, Any]], kinds_after: list[str]
) -> None:
    house = each_house
    house.state(registered(LAW))
    tell(house, told(action="rejected", body="plenary")).track()
    [first] = house.rows(Happening, kind="bill_told_rejected")
    tell(house, *reading).track()
    assert sorted(kinds(house)) == sorted(kinds_after)
    for how in ({}, {"everything": True}):
        assert house.track(**how).happenings == 0
    for correction in house.rows(Happening, kind=CORRECTED):
        assert correction["key"] == f"{CORRECTED}:{first['key']}:2"
        assert correction["facts"] == {"told": first["key"]}
        assert (correction["title"], correction["day"], correction["evidence"]) == (
            TITLE,
            first["day"],
            first["evidence"],
        )
        assert correction["seen_at"] == house.now
        assert about(house, correction["key"]) == about(house, first["key"])


def test_other_releases_keep_their_word(house: House) -> None:
    tell(house, told())
    tell(house, told(), number=2).track()
    tell(house, number=2).track()
    assert kinds(house) == ["adopted", "adopted", "corrected"]
    [correction] = house.rows(Happening, kind=CORRECTED)
    assert "press:2" in correction["facts"]["told"]


def test_what_is_read_again_after_a_correction_is_said_again(house: House) -> None:
    house.state(registered(LAW))
    for reading in ([told()], [], [told()], [], [told()]):
        tell(house, *reading).track()
        assert house.track(everything=True).happenings == 0
    assert kinds(house) == ["adopted", "corrected", "adopted", "corrected", "adopted"]
    rows = sorted(house.rows(Happening), key=lambda row: row["seq"])
    first, *later = (row for row in rows if row["kind"].startswith("bill_told_"))
    topic = first["key"]
    assert [row["key"] for row in later] == [
        f"{CORRECTED}:{topic}:2",
        f"{topic}:3",
        f"{CORRECTED}:{topic}:4",
        f"{topic}:5",
    ]
    assert {row["facts"]["told"] for row in later} == {topic}
    assert later[1]["facts"]["readings"] == [1]


def test_other_words_for_the_draft_are_no_news(house: House) -> None:
    house.state(registered(LAW)).track()
    tell(house, told("О ветеринарии", initiator="Депутаты")).track()
    tell(house, told("«О ветеринарии»")).track()
    house.track(everything=True)
    assert said(house) == [("adopted", "n-6-502-17")]


def test_another_bill_is_told_of_and_the_first_one_corrected(house: House) -> None:
    tell(house, told("О ветеринари")).track()
    tell(house, told(OTHER), number=2).track()
    wrong, honey = bill_of(house, RELEASE, "event:0"), bill_of(house, "kenesh:press:2", "event:0")
    tell(house, told(OTHER)).track()
    assert said(house) == [("adopted", wrong), ("adopted", honey), ("adopted", honey), ("corrected", wrong)]


def test_a_person_gives_a_release_to_another_bill(house: House) -> None:
    house.state(registered(LAW), VETS)
    tell(house, told()).track()
    decide(house.engine, f"press_record:{RELEASE}", "n-6-503-17", because(), place="event:0")
    house.track(everything=True)
    one, other = "n-6-502-17", "n-6-503-17"
    assert said(house) == [("adopted", one), ("corrected", one), ("adopted", other)]
    decide(house.engine, f"press_record:{RELEASE}", None, because(), place="event:0")
    house.track(everything=True)
    assert said(house)[3:] == [("corrected", other)]
    for key in (row["key"] for row in house.rows(Happening, subject_id=one, kind=CORRECTED)):
        assert about(house, key) == {("bill", one)}


def test_a_merge_corrects_nothing(house: House) -> None:
    house.state(registered(LAW), VETS)
    tell(house, told("О ветеринарах")).track()
    merge(house.engine, "n-6-502-17", "n-6-503-17", because())
    house.track(everything=True)
    assert said(house) == [("adopted", "n-6-503-17")]
    # what is read no more then is corrected for the bill as it is called now
    tell(house).track()
    [correction] = house.rows(Happening, kind=CORRECTED)
    assert about(house, correction["key"]) == {("bill", "n-6-502-17"), ("bill", "n-6-503-17")}
    tell(house, told("О ветеринарах")).track()
    split(house.engine, "n-6-503-17", because())
    house.track(everything=True)
    one, other = "n-6-502-17", "n-6-503-17"
    assert said(house) == [
        ("adopted", other),
        ("corrected", other),
        ("adopted", one),
        ("corrected", one),
        ("adopted", other),
    ]
    assert house.track(everything=True).happenings == 0
