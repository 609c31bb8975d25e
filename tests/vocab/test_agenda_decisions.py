"""What committees decided, in wordings that the recorded vote lists lack: refused, sent back, withdrawn, vetoed."""

import pytest

from vocab.agenda_item import CommitteeDecision, Decision, ItemKind, read_agenda_item

DRAFT = "О проекте Закона «О театре»"


@pytest.mark.parametrize(
    ("what", "decision", "readings"),
    [
        ("не поддержать", "reject", ()),
        ("не принимать в первом чтении", "reject", (1,)),
        ("отклонить", "reject", ()),
        ("направить на доработку", "return", ()),
        ("одобрить, вернуть во второе чтение", "return", (2,)),
        ("отклонить возражение Президента и принять в ранее принятой редакции", "adopt", ()),
        ("преодолеть возражение Президента", "adopt", ()),
    ],
)
def test_a_decision_is_not_taken_for_its_contrary(what: str, decision: Decision, readings: tuple[int, ...]) -> None:
    item = read_agenda_item(f"{DRAFT} (решение Комитета по спорту – {what})")
    assert item.committee_decisions == (CommitteeDecision("Комитет по спорту", decision, readings),)


@pytest.mark.parametrize("what", ["снять с рассмотрения", "согласиться с возражением Президента", "отозвать"])
def test_a_decision_of_another_kind_stays_with_the_leftovers(what: str) -> None:
    item = read_agenda_item(f"{DRAFT} (решение Комитета по спорту – {what})")
    assert item.committee_decisions == ()
    assert item.leftovers == (f"решение Комитета по спорту – {what}",)


@pytest.mark.parametrize(
    ("clause", "decisions"),
    [
        (
            "решение Комитета по правам – принять в первом чтении, Комитета по бюджету – отклонить",
            (CommitteeDecision("Комитет по правам", "adopt", (1,)), CommitteeDecision("Комитет по бюджету", "reject")),
        ),
        (
            "решение Комитета по правам и Комитета по бюджету – отклонить",
            (CommitteeDecision("Комитет по правам и Комитета по бюджету", "reject"),),
        ),
        (
            "решение Комитета по правам, Комитета по бюджету – отклонить",
            (CommitteeDecision("Комитет по правам", "reject"), CommitteeDecision("Комитет по бюджету", "reject")),
        ),
    ],
)
def test_decisions_of_several_committees(clause: str, decisions: tuple[CommitteeDecision, ...]) -> None:
    assert read_agenda_item(f"{DRAFT} ({clause})").committee_decisions == decisions


@pytest.mark.parametrize(
    ("clause", "initiators", "government"),
    [
        ("внесен Правительством", ("Правительство",), True),
        ("внесён Кабинетом Министров", ("Кабинет Министров",), True),
        ("внесен Президентом", ("Президент",), False),
        ("инициатор – депутатская группа «Элдик»", ("депутатская группа «Элдик»",), False),
        ("инициатор – фракция «Ынтымак»", ("фракция «Ынтымак»",), False),
    ],
)
def test_initiators_that_are_no_persons(clause: str, initiators: tuple[str, ...], government: bool) -> None:
    item = read_agenda_item(f"{DRAFT} ({clause})")
    assert (item.initiators, item.government, item.leftovers) == (initiators, government, ())


def test_a_draft_that_comes_again() -> None:
    assert read_agenda_item(f"{DRAFT} (вносится повторно на второе чтение)").readings == (2,)


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        (
            "О проекте Кодекса Кыргызской Республики о правонарушениях (первое чтение)",
            "code",
            "Кодекс Кыргызской Республики о правонарушениях",
        ),
        ("О проекте Кодекса о детях", "code", "Кодекс о детях"),
        ("О проекте Кодекса Кыргызской Республики «О детях»", "code", "О детях"),
        ("О проекте Налогового кодекса Кыргызской Республики", "code", "Налоговый кодекс Кыргызской Республики"),
    ],
)
def test_the_draft_of_a_code(text: str, kind: ItemKind, title: str) -> None:
    item = read_agenda_item(text)
    assert (item.kind, item.title) == (kind, title)
