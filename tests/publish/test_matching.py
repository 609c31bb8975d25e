"""The pure rules of what begins to fit a followed list; the same over real tables in test_following."""

from datetime import UTC, datetime, timedelta

import pytest

from publish.matching import Look, Match, Why, changes, under_present_ids

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
LOOK = Look(now=NOW, told_seq=10, last_seq=12, new=frozenset({"new"}))


def match(dossier: str, **more: object) -> Match:
    known: dict[str, object] = {"search_id": "s", "dossier_id": dossier, "first_matched": NOW - timedelta(days=9)}
    return Match(**(known | {"why": Why.FIRST, "from_seq": 3} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dossier", "before", "why", "times"),
    [
        ("old", None, Why.BEGAN, 1),
        ("new", None, Why.NEW, 1),
        ("back", match("back", gone_at=NOW, until_seq=5), Why.AGAIN, 2),
        ("back", match("back", gone_at=NOW, until_seq=5, times=4, why=Why.AGAIN), Why.AGAIN, 5),
    ],
)
def test_what_begins_to_fit_is_told_from_the_last_look_on(
    dossier: str, before: Match | None, why: Why, times: int
) -> None:
    known = {dossier: before} if before else {}
    (changed,) = changes("s", known, {dossier}, {dossier}, LOOK)
    assert changed == Match(
        search_id="s", dossier_id=dossier, first_matched=NOW, why=why, times=times, from_seq=LOOK.told_seq
    )


def test_what_fits_no_more_ends_with_what_was_known_and_the_rest_stays() -> None:
    known = {one: match(one) for one in ("stays", "goes", "elsewhere")} | {"went": match("went", gone_at=NOW)}
    (gone,) = changes("s", known, {"stays", "goes", "went"}, {"stays"}, LOOK)
    assert (gone.dossier_id, gone.gone_at, gone.until_seq) == ("goes", NOW, LOOK.last_seq)
    assert (gone.why, gone.from_seq, gone.first_matched) == (Why.FIRST, 3, NOW - timedelta(days=9))


def test_a_merged_bill_goes_on_under_its_present_id_and_nothing_is_told_twice() -> None:
    other = match("kept", search_id="t", gone_at=NOW)
    written, gone = under_present_ids([match("gone"), match("gone", search_id="t"), other], {"gone": "kept"})
    assert [(one.search_id, one.dossier_id, one.gone_at, one.why) for one in written] == [
        ("s", "kept", None, Why.FIRST),
        ("t", "kept", None, Why.FIRST),
    ]
    assert {(one.search_id, one.dossier_id) for one in gone} == {("s", "gone"), ("t", "gone")}
