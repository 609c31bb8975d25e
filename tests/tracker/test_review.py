"""Observers' notes come in, people decide about findings."""

from datetime import date

import pytest

from db.audit import Audit
from db.findings import Finding, FindingReview
from db.happenings import Happening, HappeningAbout
from scrapers.items import Absence
from tests.tracker.house import DAY, LAW, House, deputies, protocol, registered
from tracker.review import Decided, DecidedMeanwhile, NoLongerStands, review
from vocab.errors import UsageError
from vocab.verdicts import Review, Verdict

SITTING = "plenary-2017-05-17"
CROSSING = Absence(seq=2, name="Абдиев А.А.", transfer_to="Касымову К.К.", written_form=True)


@pytest.fixture
def crossed(house: House) -> House:
    """A sitting with one vote given across factions."""
    house.state(*deputies(date(2017, 5, 1)), protocol(absences=(CROSSING,)), registered(LAW)).track()
    return house


def broken(house: House) -> str:
    [row] = house.rows(Finding, verdict=Verdict.BROKEN, check_id="R28", superseded_at=None)
    found: str = row["id"]
    return found


def decide(
    house: House, finding: str, decision: Review = Review.CONFIRMED, reason: str = "оба списка прочитаны"
) -> str:
    return review(house.engine, finding, Decided(decision=decision, reason=reason, who="editor"), now=house.now)


def kinds(house: House) -> list[str]:
    rows = sorted(house.rows(Happening), key=lambda row: row["seq"])
    return [row["kind"] for row in rows if row["kind"].startswith("finding")]


def test_a_confirmed_finding_is_told_to_all_whom_it_concerns(crossed: House) -> None:
    finding = broken(crossed)
    assert decide(crossed, finding[:6]) == finding
    [told] = crossed.rows(Happening, kind="finding_confirmed")
    assert (told["key"], told["subject_id"], told["day"]) == (f"finding_confirmed:{finding}:1", SITTING, DAY)
    assert (told["facts"]["finding"], told["facts"]["check"], told["facts"]["verdict"]) == (finding, "R28", "broken")
    about = {
        (row["dossier_type"], row["dossier_id"]) for row in crossed.rows(HappeningAbout, happening_key=told["key"])
    }
    assert about == {
        ("sitting", SITTING),
        ("person", "abdiev-almaz-akmatovich"),
        ("person", "kasymov-kanat-kubatovich"),
    }
    [audit] = crossed.rows(Audit)
    assert (audit["who"], audit["action"], audit["target"]) == ("editor", "finding confirmed", finding)


def test_decisions_can_be_made_anew_and_the_history_stays(crossed: House) -> None:
    finding = broken(crossed)
    for decision in (Review.CONFIRMED, Review.CONFIRMED, Review.DISMISSED, Review.DISMISSED, Review.CONFIRMED):
        decide(crossed, finding, decision)
    assert kinds(crossed) == ["finding_confirmed", "finding_withdrawn", "finding_confirmed"]
    decisions = [row["decision"] for row in crossed.rows(FindingReview)]
    assert decisions == ["confirmed", "dismissed", "confirmed"]
    assert len(crossed.rows(Audit)) == 3


def test_asking_the_observers_again_takes_an_accusation_back(crossed: House) -> None:
    finding = broken(crossed)
    for decision in (Review.ASKED_AGAIN, Review.CONFIRMED, Review.ASKED_AGAIN, Review.ASKED_AGAIN, Review.DISMISSED):
        decide(crossed, finding, decision)
    assert kinds(crossed) == ["finding_confirmed", "finding_withdrawn"]
    decisions = [row["decision"] for row in crossed.rows(FindingReview)]
    assert decisions == ["asked_again", "confirmed", "asked_again", "asked_again", "dismissed"]


def test_the_second_of_two_reviewers_is_told_what_the_first_decided(crossed: House) -> None:
    finding = broken(crossed)

    def second(seen: int) -> None:
        decided = Decided(decision=Review.CONFIRMED, reason="сверено", who="second", seen=seen)
        review(crossed.engine, finding, decided, now=crossed.now)

    decide(crossed, finding, Review.DISMISSED)
    with pytest.raises(DecidedMeanwhile, match=r"editor decided dismissed at .*: оба списка прочитаны"):
        second(seen=0)
    [row] = crossed.rows(FindingReview)
    second(seen=row["id"])
    assert [row["decision"] for row in crossed.rows(FindingReview)] == ["dismissed", "confirmed"]


def test_what_is_said_of_another_finding_does_not_count(house: House) -> None:
    absences = (CROSSING, Absence(seq=3, name="Борубаев Б.Б.", transfer_to="Касымову К.К.", written_form=True))
    house.state(*deputies(date(2017, 5, 1)), protocol(absences=absences)).track()
    rows = house.rows(Finding, verdict=Verdict.BROKEN, check_id="R28")
    for row in rows:
        decide(house, row["id"])
    assert {row["key"] for row in house.rows(Happening, kind="finding_confirmed")} == {
        f"finding_confirmed:{row['id']}:1" for row in rows
    }
    assert len(rows) == 2


def test_what_was_never_public_is_not_withdrawn(crossed: House) -> None:
    decide(crossed, broken(crossed), Review.DISMISSED)
    assert kinds(crossed) == []


def test_only_an_accusation_is_told_when_confirmed(crossed: House) -> None:
    decide(crossed, crossed.rows(Finding, verdict=Verdict.KEPT)[0]["id"])
    assert kinds(crossed) == []
    assert len(crossed.rows(FindingReview)) == 1


def test_a_confirmed_finding_that_is_no_longer_said_is_withdrawn(crossed: House) -> None:
    finding = broken(crossed)
    decide(crossed, finding)
    crossed.state(protocol(absences=())).track()
    assert kinds(crossed) == ["finding_confirmed", "finding_withdrawn"]
    with pytest.raises(NoLongerStands, match=r"superseded on 2026-11-01: nothing stands in its place"):
        decide(crossed, finding)
    crossed.state(protocol(absences=(CROSSING,))).track()
    assert broken(crossed) == finding
    assert kinds(crossed) == ["finding_confirmed", "finding_withdrawn", "finding_confirmed"]
    keys = [row["key"] for row in crossed.rows(Happening) if row["kind"].startswith("finding")]
    assert keys == [
        f"finding_confirmed:{finding}:1",
        f"finding_withdrawn:{finding}:2",
        f"finding_confirmed:{finding}:3",
    ]


def test_a_finding_that_was_replaced_names_the_one_that_stands(crossed: House) -> None:
    finding = broken(crossed)
    other = Absence(seq=2, name="Борубаев Б.Б.", transfer_to="Касымову К.К.", written_form=True)
    crossed.state(protocol(absences=(other,))).track()
    with pytest.raises(UsageError, match=f"look at {broken(crossed)}, which stands now"):
        decide(crossed, finding)


@pytest.mark.parametrize(
    ("finding", "reason", "message"),
    [
        ("", "ясно", "no finding ''; `baikoo findings` lists them"),
        ("zzz", "ясно", "no finding 'zzz'"),
        ("%", "ясно", "no finding '%'"),
        ("0", "  ", "needs a reason"),
    ],
)
def test_what_cannot_be_decided_is_refused(crossed: House, finding: str, reason: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        decide(crossed, finding, reason=reason)


@pytest.mark.parametrize(("count", "end"), [(2, "ab13; add letters"), (7, "ab16 …; add letters")])
def test_letters_that_several_findings_share_are_refused(crossed: House, count: int, end: str) -> None:
    [row] = crossed.rows(Finding, id=broken(crossed))
    crossed.put(Finding, [{**row, "id": f"ab{number}"} for number in range(12, 12 + count)], "id")
    with pytest.raises(UsageError, match=f"several findings start with 'ab': ab12.*{end}"):
        decide(crossed, "ab")
    assert decide(crossed, "ab12") == "ab12"
