import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from vocab.agenda_item import AgendaItemText, CommitteeDecision, ItemKind, find_readings, read_agenda_item
from vocab.errors import ReadError
from vocab.numbers import BillNumber, ResolutionNumber
from vocab.text import title_key

# The items here are written for these tests, in the grammar of the real ones.
SCHOOL = "О школьном питании"
CULTURE = "Комитет по культуре, спорту и судебно-правовым вопросам"


def test_an_item_with_every_clause() -> None:
    text = (
        "12. О проекте Закона «О внесении изменений в некоторые законодательные акты Кыргызской Республики» "
        "(в Уголовный кодекс, законы «О театре», «О музеях») (вносится на второе чтение)(инициаторы – "
        "депутаты Исаев К.К., Бакир уулу Т., Правительство, постановление № 12 от 03.02.15) "
        "(решение Комитета по культуре, спорту и судебно-правовым вопросам – принять во втором и третьем "
        "чтениях, решение Комитета по туризму - одобрить) (обсуждение проводилось 05.03.15, 06.03.15) "
        "(докладчик – Исаев К.К.)(содокладчики: Абдиев К., министр культуры Орозов А.А.) (рег. № 6-777/15) "
        "(из пакета законопроектов о туризме) (о депутате Исаеве)"
    )
    assert read_agenda_item(text) == AgendaItemText(
        text=text,
        kind="law",
        title="О внесении изменений в некоторые законодательные акты Кыргызской Республики",
        amends=("Уголовный кодекс", "Закон «О театре»", "Закон «О музеях»"),
        readings=(2,),
        initiators=("Исаев К.К.", "Бакир уулу Т.", "Правительство"),
        government=True,
        resolutions=(ResolutionNumber("12", date(2015, 2, 3)),),
        committee_decisions=(
            CommitteeDecision(CULTURE, "adopt", (2, 3)),
            CommitteeDecision("Комитет по туризму", "approve"),
        ),
        discussed=(date(2015, 3, 5), date(2015, 3, 6)),
        rapporteurs=("Исаев К.К.", "Абдиев К., министр культуры Орозов А.А."),
        bill_number=BillNumber(6, 777, 15),
        package="законопроектов о туризме",
        subject="о депутате Исаеве",
    )


@pytest.mark.parametrize(
    ("text", "kind", "title", "amends"),
    [
        ("О проекте Закона «О школьном питании»(вносится на первое чтение)", "law", SCHOOL, []),
        ('О проекте Закона КР "О школьном питании"', "law", SCHOOL, []),
        ("О законопроекте «О школьном питании» (первое чтение)", "law", SCHOOL, []),
        ("Об объединенном проекте закона Кыргызской Республики О школьном питании", "law", SCHOOL, []),
        (
            "О проекте Закона «О внесении дополнения в Закон КР «О театре»(вносится на третье чтение)",
            "law",
            "О внесении дополнения в Закон КР «О театре»",
            ["Закон КР «О театре»"],
        ),
        (
            "О проекте Закона «О внесении поправки в Закон «О сборе (налоге) с гостей» (третье чтение)",
            "law",
            "О внесении поправки в Закон «О сборе (налоге) с гостей»",
            ["Закон «О сборе (налоге) с гостей»"],
        ),
        (
            "О проекте Закона «О ратификации Соглашения о дороге (№ 5), подписанного в Оше» (первое чтение)",
            "ratification",
            "О ратификации Соглашения о дороге (№ 5), подписанного в Оше",
            [],
        ),
        (
            "О проекте Закона «О присоединении к Конвенции о детях»",
            "ratification",
            "О присоединении к Конвенции о детях",
            [],
        ),
        ("О проекте конституционного Закона «О суде»", "constitutional_law", "О суде", []),
        ("О проекте Кодекса Кыргызской Республики «О детях»", "code", "О детях", []),
        (
            "О проекте Закона «Жилищный кодекс Кыргызской Республики»",
            "code",
            "Жилищный кодекс Кыргызской Республики",
            [],
        ),
        (
            "О проекте Трудового кодекса Кыргызской Республики",
            "code",
            "Трудовой кодекс Кыргызской Республики",
            [],
        ),
        ("О проекте Гражданского кодекса (второе чтение)", "code", "Гражданский кодекс", []),
        ("О проекте Налогового кодекса", "code", "Налоговый кодекс", []),
        (
            "Проект постановления ЖК КР «О создании комиссии (временной)»",
            "resolution",
            "О создании комиссии (временной)",
            [],
        ),
        (
            "О проекте постановления Жогорку Кенеша «О группе по Закону «О внесении изменений в акты» "
            "(в законы «О театре», «О музеях»)»",
            "resolution",
            "О группе по Закону «О внесении изменений в акты» (в законы «О театре», «О музеях»)",
            [],
        ),
        (
            "О проекте постановления «О внесении изменения в постановление «О составе» № 15-V от 3 мая 2014 года»",
            "resolution",
            "О внесении изменения в постановление «О составе» № 15-V от 3 мая 2014 года",
            ["Постановление «О составе» № 15-V от 3 мая 2014 года"],
        ),
        (
            "Об избрании судьи (решение Комитета по судам – принять проект постановления)",
            "resolution",
            "Об избрании судьи",
            [],
        ),
        ("Об отчете Правительства (Комитетом по бюджету рассмотрен)", "other", "Об отчете Правительства", []),
        ("О Законе «О театре», возвращенном с возражением Президента", "law", "О театре", []),
        (
            "«Театр жөнүндө» Кыргыз Республикасынын Мыйзамынын долбоору жөнүндө (биринчи окуу)",
            "law",
            "Театр жөнүндө",
            [],
        ),
        (
            "«Макулдашууну ратификациялоо жөнүндө» Мыйзам долбоору",
            "ratification",
            "Макулдашууну ратификациялоо жөнүндө",
            [],
        ),
        ("«Сот жөнүндө» конституциялык Мыйзамдын долбоору", "constitutional_law", "Сот жөнүндө", []),
        (
            "«Курамы жөнүндө» Жогорку Кеңештин токтомунун долбоору тууралуу",
            "resolution",
            "Курамы жөнүндө",
            [],
        ),
        ("«Ынтымак» фракциясынын маселеси", "other", "«Ынтымак» фракциясынын маселеси", []),
    ],
)
def test_kind_title_and_amended_acts(text: str, kind: ItemKind, title: str, amends: list[str]) -> None:
    item = read_agenda_item(text)
    assert (item.kind, item.title, list(item.amends), item.leftovers) == (kind, title, amends, ())


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("вносится на первое чтение", (1,)),
        ("вносится на второе и третье чтения", (2, 3)),
        ("во 2-м чтении", (2,)),
        ("III чтение", (3,)),
        ("для рассмотрения в двух чтениях", (1, 2)),
        ("в трёх чтениях", (1, 2, 3)),
        ("экинчи жана үчүнчү окуу", (2, 3)),
        ("үч окууда", (1, 2, 3)),
    ],
)
def test_readings(clause: str, expected: tuple[int, ...]) -> None:
    assert find_readings(clause) == expected
    assert read_agenda_item(f"О проекте Закона «О театре» ({clause})").readings == expected


@pytest.mark.parametrize(
    ("clause", "initiators", "government", "resolutions"),
    [
        ("инициатор - депутат Исаев К.К.", ["Исаев К.К."], False, []),
        ("инициаторы: депутаты ЖК Исаев К.К. и Абдиев К.", ["Исаев К.К.", "Абдиев К."], False, []),
        ("инициирован депутатом Исаевым К.К.", ["Исаевым К.К."], False, []),
        ("инициатор – Президент Кыргызской Республики", ["Президент Кыргызской Республики"], False, []),
        (
            "инициатор – Кабинет Министров, постановления № 7 от 04.02.22 и № 9 от 05.02.22",
            ["Кабинет Министров"],
            True,
            ["7", "9"],
        ),
        (
            "инициаторы – Правительство, постановление Правительства от 04.02.14 г. № 7, депутат Исаев К.К.",
            ["Правительство", "Исаев К.К."],
            True,
            ["7"],
        ),
        (
            "инициаторы – Правительство, постановление № 7 от 04.02.14, Исаев К.К., Бакир уулу Т.",
            ["Правительство", "Исаев К.К.", "Бакир уулу Т."],
            True,
            ["7"],
        ),
        ("демилгечи – депутат К.К. Исаев", ["К.К. Исаев"], False, []),
        (
            "демилгечилер – Өкмөт, 2014-жылдын 4-февралындагы № 7 токтому, ЖК депутаты Исаев К.К.",
            ["Өкмөт", "Исаев К.К."],
            True,
            ["7"],
        ),
    ],
)
def test_initiators(clause: str, initiators: list[str], government: bool, resolutions: list[str]) -> None:
    item = read_agenda_item(f"О проекте Закона «О театре» ({clause})")
    assert list(item.initiators) == initiators
    assert item.government is government
    assert [one.number for one in item.resolutions] == resolutions


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("решение Комитета по бюджету - отклонить", CommitteeDecision("Комитет по бюджету", "reject")),
        ("решение Комитета по бюджету–вернуть инициатору", CommitteeDecision("Комитет по бюджету", "return")),
        ("решение Комитета по бюджету – отложить", CommitteeDecision("Комитет по бюджету", "postpone")),
        ("решение Комитета по бюджету – принять к сведению", CommitteeDecision("Комитет по бюджету", "note")),
        (
            "решение профильного Комитета по бюджету – внести на рассмотрение Жогорку Кенеша",
            CommitteeDecision("Комитет по бюджету", "submit"),
        ),
        ("Комитетом по бюджету одобрен", CommitteeDecision("Комитет по бюджету", "approve")),
        ("Комитетом по бюджету рассмотрен и одобрен", CommitteeDecision("Комитет по бюджету", "approve")),
        ("комитетами рассмотрен", CommitteeDecision(None, "considered")),
    ],
)
def test_committee_decisions(clause: str, expected: CommitteeDecision) -> None:
    assert read_agenda_item(f"Об отчете ({clause})").committee_decisions == (expected,)


def test_several_committees_that_considered_an_item() -> None:
    item = read_agenda_item("О назначении (Комитетом по правам, законам и судам, Комитетом по спорту рассмотрен)")
    assert item.committee_decisions == (
        CommitteeDecision("Комитет по правам, законам и судам", "considered"),
        CommitteeDecision("Комитет по спорту", "considered"),
    )


@pytest.mark.parametrize(
    ("text", "readings", "rapporteurs"),
    [
        ("О проекте Закона «О театре» – второе чтение. Докладчик – Исаев К.К.", (2,), ("Исаев К.К.",)),
        ("О ходе реформы, докладчик: депутат Исаев К.К.", (), ("Исаев К.К.",)),
        (
            "О проекте Закона «О театре (в первом чтении; докладчики – Исаев К.К., Абдиев К.)",
            (1,),
            ("Исаев К.К.", "Абдиев К."),
        ),
        (
            "О проекте Закона «О театре» (вносится на первое чтение (докладчик – Исаев К.К.)",
            (1,),
            ("Исаев К.К.",),
        ),
        ("О проекте Закона «О театре» первое чтение) (докладчик – Исаев К.К.)", (1,), ("Исаев К.К.",)),
        ("О проекте Закона № 6-12/24 «О театре» (третье чтение", (3,), ()),
        ("О проекте Закона «О театре» (№ 6-12/24, 1-чтение, докладчик: Исаев К.К.)", (1,), ("Исаев К.К.",)),
        ("О проекте Закона «О театре» (вносится на первое, второе чтение)", (1, 2), ()),
        ("«Театр жөнүндө» Мыйзам долбоору, экинчи окуу, баяндамачы – К. Исаев", (2,), ("К. Исаев",)),
    ],
)
def test_clauses_without_brackets_or_with_a_missing_one(
    text: str, readings: tuple[int, ...], rapporteurs: tuple[str, ...]
) -> None:
    item = read_agenda_item(text)
    assert (item.readings, item.rapporteurs, item.leftovers) == (readings, rapporteurs, ())
    assert item.bill_number == (BillNumber(6, 12, 24) if "6-12" in text else None)


@pytest.mark.parametrize(
    ("text", "leftover"),
    [
        ("О проекте Закона «О театре» (с голоса) (первое чтение)", "с голоса"),
        ("О проекте Закона «О театре» и прочем (первое чтение)", "и прочем"),
        ("О ходе реформы (с голоса)", "с голоса"),
        ("О проекте Закона «О театре» (обсуждение проводилось 31.02.15)", "обсуждение проводилось 31.02.15"),
        ("О проекте Закона «О театре» (обсуждение проводилось вчера)", "обсуждение проводилось вчера"),
        ("О проекте Закона «О театре» (инициатор – Правительство, постановление № 5)", None),
        ("О проекте Закона «О театре» (инициатор – группа граждан)", "инициатор – группа граждан"),
        ("О проекте Закона «О театре» (инициатор)", "инициатор"),
        ("О проекте Закона «О театре» (докладчик)", "докладчик"),
        ("О проекте Закона «О театре» (решение Комитета по бюджету)", "решение Комитета по бюджету"),
        ("О проекте Закона «О театре» (решение Комитета по бюджету – подумать)", None),
        ("О проекте Закона «О театре» (комитетами)", "комитетами"),
        ("О проекте Закона «О театре вносится на первое чтение)", "«О театре вносится на первое чтение)"),
        ("О проекте Закона «О театре» (решение Комитета по бюджету – одобрить, решение иное)", None),
        ("О проекте Закона «О внесении изменений в Закон «О театре», прочее»", "Закон «О театре», прочее"),
        ("О проекте Закона «О театре» (рег. № 6-12/24, 6-13/24)", "рег. № 6-12/24, 6-13/24"),
    ],
)
def test_what_is_not_understood_is_kept(text: str, leftover: str | None) -> None:
    expected = leftover or text[text.index("(") + 1 : -1]
    assert read_agenda_item(text).leftovers == (expected,)


@pytest.mark.parametrize("text", ["", " 12. ", "–"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="no words"):
        read_agenda_item(text)


def test_every_real_item_is_read_and_nothing_is_left_over(shared_data: Path) -> None:
    root = shared_data / "kenesh-reconstructed"
    items = []
    for row in csv.DictReader((root / "index.csv").read_text(encoding="utf-8").splitlines()):
        if row["kind"] == "vote-list":
            for paragraph in re.findall("<p>(.*?)</p>", (root / row["file"]).read_text(encoding="utf-8"), re.DOTALL):
                text = unescape(re.sub("<[^>]+>", "", re.sub("<strong>.*?</strong>", "", paragraph)))
                items.append(read_agenda_item(text))
    assert [item.leftovers for item in items if item.leftovers] == []
    assert len(items) == 121
    assert Counter(item.kind for item in items) == {
        "law": 93, "ratification": 14, "resolution": 9, "other": 4, "constitutional_law": 1,
    }  # fmt: skip
    assert Counter(one.decision for item in items for one in item.committee_decisions) == {
        "adopt": 96, "approve": 29, "considered": 12, "submit": 1, "reject": 1,
    }  # fmt: skip
    assert sum(len(item.resolutions) for item in items) == 73
    assert sum(len(item.initiators) for item in items) == 167
    assert sum(len(item.amends) for item in items) == 119


# A field of the gold and what the parser gives for it.
FIELDS: dict[str, Callable[[AgendaItemText], object]] = {
    "type": lambda item: "law" if item.kind == "constitutional_law" else item.kind,
    "title": lambda item: title_key(item.title),
    "amends": lambda item: list(item.amends),
    "readings": lambda item: list(item.readings),
    "initiators": lambda item: list(item.initiators),
    "government_resolution": lambda item: [(one.number, one.day.isoformat()) for one in item.resolutions],
    "committee": lambda item: item.committee_decisions[0].committee if item.committee_decisions else None,
    "committee_decision": lambda item: item.committee_decisions[0].decision if item.committee_decisions else None,
    "committee_readings": lambda item: list(item.committee_decisions[0].readings) if item.committee_decisions else [],
    "discussed": lambda item: item.discussed[0].isoformat() if item.discussed else None,
}


def test_every_field_agrees_with_the_gold(shared_data: Path) -> None:
    lines = (shared_data / "gold/agenda_items.jsonl").read_text(encoding="utf-8").splitlines()
    wrong = []
    for gold in map(json.loads, lines):
        item = read_agenda_item(gold["text"])
        resolutions = gold.get("government_resolution", [])
        resolutions = resolutions if isinstance(resolutions, list) else [resolutions]
        gold["government_resolution"] = [(one["number"], one["date"]) for one in resolutions]
        gold["title"] = title_key(gold["title"])
        wrong += [
            (name, item.title) for name, read in FIELDS.items() if (read(item) or None) != (gold.get(name) or None)
        ]
    assert wrong == []
    assert len(lines) == 60
