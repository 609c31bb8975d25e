"""What people decide of links and bills, and how it is undone; on both databases where SQL matters."""

from datetime import date

import pytest

from db.audit import Audit
from db.bills import Bill, BillAlias, BillKey, BillsApart
from db.links import Link, LinkDecision
from db.sittings import AgendaItem
from tests.tracker.house import LAW, NUMBER, House, act, agenda, line, registered, vote_list
from tests.tracker.press_house import RELEASE, TITLE, because, bill_of, bills, later, log, tell, told
from tracker.link_review import changes, proposals
from tracker.linking import apart, decide, merge, split
from vocab.errors import UsageError
from vocab.numbers import BillNumber, ResolutionNumber

FIRST = f"{LAW} (вносится на первое чтение)"
PRESS = f"press_record:{RELEASE}"
VETS = "О проекте Закона «О ветеринарах»"
SECOND_NUMBER = BillNumber(6, 503, 17)
R = ResolutionNumber("71", date(2017, 3, 1))


def test_a_merge_can_go_on(house: House) -> None:
    """The bill that others were merged into is merged itself."""
    house.state(registered(LAW), registered(VETS, key="bill:2", number=SECOND_NUMBER, registered_on=date(2017, 2, 3)))
    house.state(registered("О проекте Закона «О мёде»", key="bill:3", number=BillNumber(6, 504, 17))).track()
    apart(house.engine, "n-6-503-17", "n-6-504-17", because())
    assert merge(house.engine, "n-6-503-17", "n-6-502-17", because()) == "n-6-502-17"
    # what is apart from the one stays apart from both
    assert [(row["left"], row["right"]) for row in house.rows(BillsApart)] == [("n-6-502-17", "n-6-504-17")]
    assert merge(house.engine, "n-6-504-17", "n-6-503-17", because()) == "n-6-502-17"
    assert {row["alias"]: row["bill_id"] for row in house.rows(BillAlias)} == {
        "n-6-503-17": "n-6-502-17",
        "n-6-504-17": "n-6-502-17",
    }
    assert house.rows(BillsApart) == []
    with house.engine.connect() as conn:
        [several] = proposals(conn)
        assert (several.what, several.words) == ("split", ("n-6-502-17", "n-6-503-17", "n-6-504-17"))
        assert len(changes(conn, "n-6-504-17")) == 3
    # the numbers of all three lead to it
    house.state(vote_list(f"О проекте Закона «О пчёлах» № {SECOND_NUMBER}")).track()
    assert bills(house) == ["n-6-502-17"]
    with pytest.raises(UsageError, match="one bill already"):
        merge(house.engine, "n-6-502-17", "n-6-503-17", because())
    with pytest.raises(UsageError, match="one bill"):
        apart(house.engine, "n-6-502-17", "n-6-503-17", because())


def test_a_merge_is_undone(each_house: House) -> None:
    house = each_house
    house.state(registered(LAW), registered(VETS, key="bill:2", number=SECOND_NUMBER)).track()
    house.state(act("О ветеринарах")).track()
    before = {row["id"]: row["title"] for row in house.rows(Bill)}
    merge(house.engine, "n-6-502-17", "n-6-503-17", because())
    assert split(house.engine, "n-6-503-17", because("two drafts after all")) == "n-6-503-17"
    assert {row["id"]: row["title"] for row in house.rows(Bill)} == before
    assert house.rows(BillAlias) == []
    assert bill_of(house, "kenesh:act:1") == bill_of(house, "kenesh:bill:2") == "n-6-503-17"
    house.track(everything=True)
    assert {row["id"]: row["title"] for row in house.rows(Bill)} == before
    assert [row["action"] for row in house.rows(Audit)] == ["bills merged", "link split"]
    assert [entry[0] for entry in log(house)] == ["merged", "merged", "split", "split"]


def test_an_undone_merge_needs_something_to_move(house: House) -> None:
    house.state(registered(LAW), registered(VETS, key="bill:2", number=SECOND_NUMBER)).track()
    decide(house.engine, "kenesh:bill:2", None, because())
    merge(house.engine, "n-6-502-17", "n-6-503-17", because())
    assert log(house)[-1] == ("merged", "bill", "n-6-503-17", "n-6-502-17", "decided")
    with pytest.raises(UsageError, match="nothing of n-6-502-17 came with n-6-503-17"):
        split(house.engine, "n-6-503-17", because())


def test_a_person_parts_what_a_number_joins(house: House) -> None:
    """The register gave one number twice: a person says that they are two bills, and so it stays."""
    house.state(registered(LAW), registered(VETS, key="bill:2", registered_on=date(2017, 2, 2))).track()
    assert bills(house) == ["n-6-502-17"]
    new = split(house.engine, "registry_entry:kenesh:bill:2", because())
    assert new.startswith("n-6-502-17-")
    house.track(everything=True)
    assert len(bills(house)) == 2
    assert {row["title"] for row in house.rows(Bill)} == {TITLE, "О ветеринарах"}
    [row] = house.rows(BillsApart)
    assert (row["left"], row["right"], row["reason"]) == ("n-6-502-17", new, "read both pages")
    # and back again: the other bill has nothing left, and people were told of nothing
    decide(house.engine, "kenesh:bill:2", "n-6-502-17", because("one draft"))
    house.track()
    assert bill_of(house, "kenesh:bill:2") == "n-6-502-17"


def test_a_number_that_a_person_gave_away_stays_where_it_was(house: House) -> None:
    """A line has the number of another bill by a slip of the pen: a person says which bill it speaks of."""
    house.state(registered(LAW), registered("О проекте Закона «О мёде»", key="bill:2", number=SECOND_NUMBER))
    house.state(vote_list(f"О проекте Закона «О пчёлах» № {NUMBER}"))
    tell(house, told("О меде и воске")).track()
    [line_key] = {row["record_key"] for row in house.rows(Link, record_type="agenda_entry", dossier_type="bill")}
    assert bill_of(house, line_key) == "n-6-502-17"
    decide(house.engine, line_key, "n-6-503-17", because())
    decide(house.engine, PRESS, "n-6-503-17", because())
    decide(house.engine, PRESS, None, because())
    house.track(everything=True)
    assert bill_of(house, line_key) == "n-6-503-17"
    assert {row["bill_id"] for row in house.rows(BillKey, value="n-6-502-17")} == {"n-6-502-17"}
    house.state(vote_list(f"О проекте Закона «О коровах» № {NUMBER}", key="vote_list:2", day=later(30))).track()
    assert {row["dossier_id"] for row in house.rows(Link, written="О коровах")} == {"n-6-502-17"}


def test_a_decision_goes_with_its_words(house: House) -> None:
    house.state(registered(LAW))
    tell(house, told("О ветеринарной службе"), told("О мёде")).track()
    assert decide(house.engine, PRESS, "n-6-502-17", because(), place="event:0") == "n-6-502-17"
    assert bill_of(house, RELEASE, "event:0") == "n-6-502-17"
    [decision] = house.rows(LinkDecision)
    assert (decision["written"], decision["decided_by"]) == ("О ветеринарной службе", "editor")
    tell(house, told("О мёде"), told("О ветеринарной службе")).track()
    assert bill_of(house, RELEASE, "event:1") == "n-6-502-17"
    honey = bill_of(house, RELEASE, "event:0")
    assert honey not in (None, "n-6-502-17")
    tell(house, told("О мёде")).track()
    assert bill_of(house, RELEASE, "event:0") == honey
    # the same words at the same place again, and once more further down
    tell(house, told("О ветеринарной службе"), told("О ветеринарной службе", body="committee")).track()
    assert bill_of(house, RELEASE, "event:0") == "n-6-502-17"


def test_a_refused_draft_stays_refused(house: House) -> None:
    tell(house, told()).track()
    [made] = bills(house)
    assert decide(house.engine, PRESS, None, because()) is None
    assert (bill_of(house, RELEASE, "event:0"), bills(house)) == (None, [made])
    house.state(registered(LAW)).track()
    house.track(everything=True)
    assert bill_of(house, RELEASE, "event:0") is None
    assert decide(house.engine, PRESS, "n-6-502-17", because(), place="event:0") == "n-6-502-17"
    assert log(house)[-1] == ("moved", "press_record", None, "n-6-502-17", "decided")


def test_a_decision_follows_its_bill(house: House) -> None:
    """What was decided for a bill that became another one holds for that."""
    house.state(registered(LAW), registered(VETS, key="bill:2", number=SECOND_NUMBER), act("О скоте")).track()
    decide(house.engine, "act_record:kenesh:act:1", "n-6-503-17", because())
    assert bill_of(house, "kenesh:act:1") == "n-6-503-17"
    merge(house.engine, "n-6-502-17", "n-6-503-17", because())
    house.track(everything=True)
    assert bill_of(house, "kenesh:act:1") == "n-6-502-17"
    house.state(act("Распоряжение", key="2", kind="Распоряжение")).track()
    decide(house.engine, "kenesh:act:2", "n-6-503-17", because())
    assert bill_of(house, "kenesh:act:2") == "n-6-502-17"


@pytest.mark.parametrize(
    ("record", "bill", "place", "message"),
    [
        ("kenesh:press:9", None, None, "no record"),
        ("sitting_record:kenesh:agenda:1", None, None, "no record"),
        (PRESS, None, None, "say which draft .* event:0 «О ветеринарии»; event:1 «О мёде»"),
        (PRESS, None, "event:7", "say which draft"),
        ("kenesh:press:2", None, None, "none yet"),
        ("kenesh:bill:6-502/17", None, "event:0", "has no places"),
        ("kenesh:bill:6-502/17", "no-such-bill", None, "no bill"),
    ],
)
def test_a_decision_names_what_is_there(
    house: House, record: str, bill: str | None, place: str | None, message: str
) -> None:
    house.state(registered(LAW), agenda(lines=(line("О разном"),)))
    tell(house, told(), told("О мёде"))
    tell(house, number=2).track()
    with pytest.raises(UsageError, match=message):
        decide(house.engine, record, bill, because(), place=place)
    assert house.rows(LinkDecision) == []


def test_a_split_needs_a_draft_and_a_bill(house: House) -> None:
    house.state(registered(LAW), vote_list("О разном"), act(TITLE)).track()
    [other] = house.rows(AgendaItem)
    with pytest.raises(UsageError, match="nothing to split"):
        split(house.engine, f"kenesh:vote_list:1:{other['id'].rpartition('-')[2]}", because())
    with pytest.raises(UsageError, match="does not name a draft"):
        split(house.engine, "kenesh:act:1", because())
    with pytest.raises(UsageError, match="reason"):
        because(" ")
