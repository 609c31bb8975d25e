import time
from datetime import date
from pathlib import Path

import pytest

from nlp.evaluation.gold import releases
from nlp.mentions.bodies import find_bodies
from nlp.mentions.finding import find_mentions
from nlp.mentions.mention import MentionKind
from nlp.mentions.votes import find_votes
from nlp.persons.gazetteer import Gazetteer

DAY = date(2023, 4, 24)
NOBODY_KNOWN = Gazetteer(officials=False)
SOCIAL = "Комитет по социальной политике"
AGRARIAN = "Комитет по аграрной политике, водным ресурсам, экологии и региональному развитию"


def test_everything_that_a_text_names() -> None:
    text = (
        "Комитет одобрил проект № 6-502/24\n"
        "Сегодня, 25 мая, на заседании Комитета Жогорку Кенеша по социальной политике депутат Асан Орозов "
        "от фракции «Ынтымак» представил проект по постановлению Правительства от 29.08.2014 г. № 494. "
        "За проголосовали 94, против 6."
    )
    found = find_mentions(text, NOBODY_KNOWN, DAY)
    assert [(one.kind.value, one.normal) for one in found] == [
        ("bill_number", "6-502/24"),
        ("day", "2023-05-25"),
        ("committee", SOCIAL),
        ("person", "Асан Орозов"),
        ("faction", "Фракция «Ынтымак»"),
        ("resolution", "№ 494 от 29.08.2014"),
        ("day", "2014-08-29"),
        ("votes", "for 94, against 6"),
    ]
    assert all(text[one.start : one.end] == one.written for one in found)
    assert all(0 < one.score <= 1 for one in found)
    assert found[5].value == {"number": "494", "day": "2014-08-29"}


@pytest.mark.parametrize(
    ("text", "normal", "known"),
    [
        ("Комитета по социальной политике", SOCIAL, SOCIAL),
        ("в комитете ЖК КР по социальной политике прошло", SOCIAL, SOCIAL),
        ("Комитетом Жогорку Кенеша Кыргызской Республики по социальной политике", SOCIAL, SOCIAL),
        ("Комитет по аграрной политике, водным ресурсам, экологии и региональному развитию под", AGRARIAN, AGRARIAN),
        ("Комитет по аграрной политике рассмотрел", "Комитет по аграрной политике", AGRARIAN),
        ("Комитет по делам молодёжи, сегодня", "Комитет по делам молодёжи", None),
        ("комитета по науке, спорту и туризму Асан Орозов", "Комитет по науке, спорту и туризму", None),
        ("Комитет по борьбе с коррупцией одобрил", "Комитет по борьбе с коррупцией", None),
        ("комитет по ТЭК обсудил", "Комитет по ТЭК", None),
        ("Социалдык саясат боюнча комитетинин жыйыны", "Социалдык саясат боюнча комитет", SOCIAL),
        ("Жогорку Кеңештин Жаштар иштери боюнча комитетинде", "Жаштар иштери боюнча комитет", None),
        ("в профильном комитете", "Профильный комитет", None),
        ("профилдик комитетте", "Профилдик комитет", None),
    ],
)
def test_committees(text: str, normal: str, known: str | None) -> None:
    (found,) = find_bodies(text, DAY)
    assert (found.kind, found.normal, found.value["known"]) == (MentionKind.COMMITTEE, normal, known)


@pytest.mark.parametrize(
    "text",
    [
        "Государственный комитет по экологии",
        "Улуттук коопсуздук боюнча мамлекеттик комитети",
        "комитет по",
        "комитет по 5",
        "комитет по итогам рассмотрения проекта",
        "комитет по вопросам, внесённым депутатами",
        "боюнча комитет",
        "фракция большинства",
        "группа депутатов",
    ],
)
def test_what_is_no_body_of_the_parliament(text: str) -> None:
    assert find_bodies(text, None) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("лидер фракции «Ынтымак»", ["Фракция «Ынтымак»"]),
        ("фракций «Ынтымак», «Альянс» и «Ишеним»", ["Фракция «Ынтымак»", "Фракция «Альянс»", "Фракция «Ишеним»"]),
        ("фракции СДПК и фракцией Ата Мекен", ["Фракция «СДПК»", "Фракция «Ата Мекен»"]),
        ("фракция «Онугуу - Прогресс»", ["Фракция «Онугуу-Прогресс»"]),
        ("депутатской группы “Элдик”", ["Депутатская группа «Элдик»"]),
        ("«Бутун Кыргызстан» фракциясынын", ["Фракция «Бүтүн Кыргызстан»"]),
        ("«Мекенчил» депутаттык тобунун", ["Депутатская группа «Мекенчил»"]),
        ("фракцию «Новая сила»", ["Фракция «Новая сила»"]),
    ],
)
def test_factions(text: str, expected: list[str]) -> None:
    assert [one.normal for one in find_bodies(text, DAY)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("За проголосовали 88 депутатов, против — 4. Зарегистрировано 95.", {"for": 88, "against": 4}),
        ("За проголосовали 69 депутатов, против - 0.", {"for": 69, "against": 0}),
        ("94 депутата проголосовали «за», против – 6", {"for": 94, "against": 6}),
        ("Закон принят при 5 против", {"against": 5}),
        ("за – 61, против – 38, воздержались – 2", {"for": 61, "against": 38, "abstained": 2}),
        ("за – 61 против – 38", {"for": 61, "against": 38}),
        ("94 за, 6 против, 2 воздержались", {"for": 94, "against": 6, "abstained": 2}),
        ("«За» проголосовали 72 депутата, «против» - 3 депутата", {"for": 72, "against": 3}),
        ("За законопроект проголосовали 64 депутата, двое воздержались", {"for": 64, "abstained": 2}),
        ("Против никто не проголосовал, за проголосовали 80 депутатов", {"for": 80, "against": 0}),
        ("Его поддержали 70 депутатов, против выступил один.", {"for": 70, "against": 1}),
        (
            "За принятие проголосовало 85 депутатов, против - 10 и 1 воздержался",
            {"for": 85, "against": 10, "abstained": 1},
        ),
        ("Проголосовали 61 депутат", {"for": 61}),
        ("макул – 70, каршы – 5", {"for": 70, "against": 5}),
        ("70 депутат макул, 5 депутат каршы добуш берди", {"for": 70, "against": 5}),
        ("Акыры 41 депутат сунушка каршы, 29 колдоп добуш берди", {"for": 29, "against": 41}),
        ("каршы – 3, калыс – 1", {"against": 3, "abstained": 1}),
    ],
)
def test_votes(text: str, expected: dict[str, int]) -> None:
    (found,) = find_votes(text)
    assert found.value == expected


@pytest.mark.parametrize(
    "text",
    [
        "должен проголосовать 61 депутат",
        "Депутат выступил против статьи 5 закона",
        "Он против его принятия, сказал он 5 мая",
        "Комитет против коррупции собрался 16 марта",
        "94 депутата уехали за границу, многие против",
        "против – 500",
        "голосование депутатов за один из вариантов («за», «против»)",
        "поддержали 70 депутатов, воздержавшись от речей",
        "",
    ],
)
def test_what_is_no_vote(text: str) -> None:
    assert find_votes(text) == []


def test_two_outcomes_in_one_sentence() -> None:
    found = find_votes("Сначала за – 50, против – 40, потом за – 61, против – 30")
    assert [one.value for one in found] == [{"for": 50, "against": 40}, {"for": 61, "against": 30}]


@pytest.mark.parametrize(
    "piece",
    [
        *("комитет по ", "боюнча комитет ", "фракции «", "против 5 ", "за 5, против ", "01.01.2020 ", "6-1/24 "),
        *("постановление № 1 от 01.01.2020, ", "\x00\x01", "<p>&nbsp;", "«»", "и жана ", "комитет по а, б, в, "),
    ],
)
def test_hostile_text_is_read_in_time(piece: str) -> None:
    started = time.process_time()
    find_mentions(piece * (100_000 // len(piece)), NOBODY_KNOWN, DAY)
    assert time.process_time() - started < 10


def test_committees_of_real_releases(shared_data: Path) -> None:
    wanted = found = 0
    for release in releases(shared_data / "gold", shared_data / "kenesh-reconstructed"):
        names = {event["committee"] for event in release.label["events"] if "committee" in event}
        text = f"{release.title}\n{release.body}"
        wanted += len(names)
        found += len(names & {one.normal for one in find_mentions(text, NOBODY_KNOWN, release.published)})
    assert wanted > 10
    assert found / wanted >= 0.95
