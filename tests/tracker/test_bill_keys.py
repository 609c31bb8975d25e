"""By which keys records name bills, and which drafts are one bill. Pure."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.identify.bill_index import BillIndex, KnownBills, Match, Placed
from tracker.identify.bill_keys import Draft, in_order
from vocab.numbers import BillNumber, ResolutionNumber
from vocab.text import title_key

DAY = date(2014, 10, 8)
R1, R2 = ResolutionNumber("494", date(2014, 8, 29)), ResolutionNumber("72", date(2014, 2, 4))
N1, N2 = BillNumber(6, 502, 24), BillNumber(6, 503, 24)
SOME = "О внесении изменений в некоторые законодательные акты Кыргызской Республики"
ACTS = ("Закон «О залоге»", "Земельный кодекс")


def draft(title: str = "О ветеринарии", **said: object) -> Draft:
    values: dict[str, object] = {
        "record_type": "agenda_entry",
        "key": "e:1",
        "day": DAY,
        "title": title,
        "kind": "law",
        "sitting_key": "s:1",
    }
    return Draft(**(values | said))  # type: ignore[arg-type]


def index(*bills: tuple[str, Draft]) -> BillIndex:
    made = BillIndex(KnownBills())
    for bill_id, one in bills:
        made.add(one, bill_id)
    return made


DEPUTY, OTHERS = ("Абдиев А.А.",), ("Касымов К.К.", "Борубаев Б.Б.")


@pytest.mark.parametrize(
    ("known", "new", "match"),
    [
        # numbers and resolutions are keys by themselves
        (draft(number=N1), draft("О другом", number=N1), Match("b", "number")),
        (draft(number=N1), draft(number=N2), None),
        (
            draft(resolutions=(R1,)),
            draft("О другом", sitting_key="s:2", resolutions=(R1, R2)),
            Match("b", "resolution"),
        ),
        (draft(resolutions=(R1,)), draft(resolutions=(R2,)), None),
        # title with initiators, in whichever order and form
        (draft(initiators=OTHERS), draft(initiators=OTHERS[::-1]), Match("b", "title_initiators")),
        (
            draft(initiators=("Касымов Канат Кубатович",)),
            draft(initiators=("Касымову К.К.",)),
            Match("b", "title_initiators"),
        ),
        (draft(initiators=DEPUTY), draft(initiators=OTHERS), None),
        (
            draft(resolutions=(R1,)),
            draft(initiators=("Правительство",), government=True),
            Match("b", "title_initiators"),
        ),
        # the bare title where one side does not tell its initiators
        (draft(initiators=DEPUTY), draft(), Match("b", "title", 0.8)),
        (draft(), draft(initiators=DEPUTY), Match("b", "title", 0.8)),
        (draft(), draft("«О  Ветеринарии»"), Match("b", "title", 0.8)),
        (draft(), draft("О медиации"), None),
        (draft(), draft(day=date(2016, 1, 1)), None),
        # a title that dozens share tells nothing without the acts
        (draft(SOME, amends=ACTS, initiators=DEPUTY), draft(SOME, amends=ACTS[::-1]), Match("b", "title", 0.8)),
        (draft(SOME, amends=ACTS), draft(SOME, amends=ACTS[:1]), None),
        (draft(SOME, amends=ACTS), draft(SOME), Match(None, "unknown", 0.0)),
        (draft(SOME, resolutions=(R1,)), draft(SOME, resolutions=(R1,)), Match("b", "resolution")),
        # acts that the title names itself may be left out of the brackets
        (
            draft("О внесении изменения в Закон «О залоге»", amends=("Закон «О залоге»",)),
            draft("О внесении изменения в Закон «О залоге»"),
            Match("b", "title", 0.8),
        ),
        (draft(amends=("?!",)), draft(amends=("?!",)), Match("b", "title", 0.8)),
    ],
)
def test_which_bill_a_draft_is(known: Draft, new: Draft, match: Match | None) -> None:
    assert index(("b", known)).match(new) == match


def test_two_bills_of_one_title_stay_open() -> None:
    two = index(("a", draft(resolutions=(R1,))), ("b", draft(resolutions=(R2,))))
    assert two.match(draft()) == Match(None, "ambiguous", 0.0, ("a", "b"))
    assert two.match(draft(government=True)) == Match(None, "ambiguous", 0.0, ("a", "b"))
    assert two.match(draft(initiators=DEPUTY)) is None


def test_keys_of_two_bills_are_a_conflict() -> None:
    two = index(("a", draft("О первом", resolutions=(R1,))), ("b", draft("О втором", resolutions=(R2,))))
    both = draft("Объединенный", sitting_key="s:2", resolutions=(R1, R2))
    assert two.match(both) == Match("a", "conflict", 0.5, ("a", "b"))


@pytest.mark.parametrize(
    ("readings", "one_bill"),
    [(({1}, {1}), False), (({1}, {2}), True), ((set(), set()), False), ((set(), {1}), True)],
)
def test_drafts_of_one_package_are_told_apart(readings: tuple[set[int], set[int]], *, one_bill: bool) -> None:
    first = draft("О первом", resolutions=(R1,), readings=frozenset(readings[0]))
    second = draft("О втором", resolutions=(R1,), readings=frozenset(readings[1]))
    made = index((first.new_id(), first))
    assert (made.match(second) is not None) is one_bill
    assert made.new_id(second) == f"gov-494-2014-08-29-{second.title_digest()}"


def test_a_later_reading_of_a_package_goes_by_its_title() -> None:
    package = index(("a", draft("О первом", resolutions=(R1,))), ("b", draft("О втором", resolutions=(R1,))))
    assert package.match(draft("О втором", sitting_key="s:2", resolutions=(R1,))) == Match("b", "resolution")


def test_what_is_stored_is_known_again() -> None:
    keys = [("resolution", "gov-494-2014-08-29", "a")]
    placed = [("a", Placed(day=DAY, sitting_key="s:1", readings=frozenset({1}), title=title_key("О первом")))]
    known = BillIndex(KnownBills(keys=keys, placed=placed))
    assert known.match(draft("О втором", resolutions=(R1,), readings=frozenset({1}))) is None
    assert known.match(draft("О втором", resolutions=(R1,), readings=frozenset({2}))) == Match("a", "resolution")
    assert known.add(draft("О первом", sitting_key=None, resolutions=(R1,)), "a") == list(
        draft("О первом", resolutions=(R1,)).title_keys()
    )


@pytest.mark.parametrize(
    ("one", "bill_id"),
    [
        (draft(number=N1, resolutions=(R1,)), "n-6-502-24"),
        (draft(resolutions=(R1,)), "gov-494-2014-08-29"),
        (draft(), f"t-o-veterinarii-{draft().title_digest()}"),
        (draft(SOME, number=N1), "n-6-502-24"),
    ],
)
def test_the_strongest_key_makes_the_public_id(one: Draft, bill_id: str) -> None:
    assert index().new_id(one) == bill_id
    assert one.title_digest() == replace(one, day=date(2015, 1, 1)).title_digest()


@pytest.mark.parametrize(
    ("one", "initiator", "shown"),
    [
        (draft(), None, "О ветеринарии"),
        (draft(initiators=("Президент",)), None, "О ветеринарии"),
        (draft(initiators=DEPUTY), "deputies", "О ветеринарии"),
        (draft(resolutions=(R1,)), "government", "О ветеринарии"),
        (draft(SOME, amends=ACTS, government=True), "government", f"{SOME} (в {'; '.join(ACTS)})"),
        (draft(initiators=("№ 17",)), None, "О ветеринарии"),
    ],
)
def test_what_is_shown_of_a_bill(one: Draft, initiator: str | None, shown: str) -> None:
    assert (one.initiator, one.shown_title()) == (initiator, shown)


def test_before_the_first_convocation_keys_have_none() -> None:
    assert draft(day=date(2009, 1, 1)).convocation == ""
    assert draft(initiators=("№ 17",)).title_keys() != draft().title_keys()


def test_drafts_come_by_day_with_the_strongest_keys_first() -> None:
    bare, named, strong = draft(key="a"), draft(key="b", initiators=DEPUTY), draft(key="c", resolutions=(R1,))
    later = draft(key="0", day=date(2014, 11, 13), number=N1)
    assert in_order([later, bare, named, strong]) == [strong, named, bare, later]


def press(title: str = "О ветеринарии", **said: object) -> Draft:
    values: dict[str, object] = {"record_type": "press_record", "key": "p:1", "sitting_key": "p:1", "place": "event:0"}
    return draft(title, **(values | said))


def test_bills_resemble_each_other_until_something_tells_them_apart() -> None:
    known = index(
        ("a", draft(number=N1)),
        ("b", press(reached=1, readings=frozenset({1}))),
        ("c", press(day=date(2014, 12, 1), readings=frozenset({1}))),
        ("d", press(brought_by="government")),
        ("e", press(brought_by="deputies")),
        ("f", draft(number=N2, day=date(2016, 12, 1))),
    )
    together = {one + other for one in "abcdef" for other in "abcdef" if one < other and known.resemble(one, other)}
    assert together == {"ab", "ac", "ad", "ae", "bd", "be", "cd", "ce"}


def test_likeness_chooses_among_the_bills_of_a_title() -> None:
    known = index(("a", draft(number=N1)), ("b", draft(number=N2)), ("z", draft("О мёде")))
    likely = known.match(press(), [("z", 0.99), ("b", 0.95), ("a", 0.9), ("b", 0.9)])
    assert likely == Match("b", "similar", 0.95)
    assert known.match(press(), [("z", 0.99)]) == Match(None, "ambiguous", 0.0, ("a", "b"))


def test_a_bill_merged_into_another_leaves_its_keys_and_its_id() -> None:
    known = index(("a", press()), ("b", press("О мёде", number=N1)), ("c", draft("О пчёлах")))
    known.fold("a", "b")
    assert known.match(draft("О другом", number=N1)) == Match("a", "number")
    known.fold("a", "c")
    assert known.match(press("О пчёлах")) == Match("a", "title", 0.8)


def test_what_is_apart_from_a_merged_bill_is_apart_from_the_whole() -> None:
    keys = [("number", "n", "a"), ("number", "n", "b"), ("number", "m", "a"), ("number", "m", "c")]
    known = BillIndex(KnownBills(keys=keys, apart={frozenset("ab")}))
    assert known.twins("a") == [("c", "number")]
    known.fold("c", "a")
    assert known.twins("c") == []


def test_ids_of_other_bills_are_not_given_again() -> None:
    taken = {draft(number=N1).new_id(), draft(number=N1).second_id(), draft().new_id()}
    known = BillIndex(KnownBills(taken=taken))
    assert known.new_id(draft(number=N1)) == f"{draft(number=N1).second_id()}-2"
    assert known.new_id(draft()) == f"{draft().new_id()}-2"
    assert BillIndex(KnownBills(taken=taken).but_free(taken)).new_id(draft()) == draft().new_id()
