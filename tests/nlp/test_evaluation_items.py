"""Acts and agenda items against the labels of a reader; acts in long real documents; hostile and long texts."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from nlp.acts.finding import find_acts
from nlp.acts.registry import ActRegistry, ActRow
from nlp.evaluation import acts, agenda_items
from nlp.evaluation.gold import releases
from nlp.evaluation.titles import same_title
from nlp.mentions.mention import Mention
from vocab.errors import UsageError
from vocab.numbers import ActRef


def test_acts_of_the_labelled_releases(shared_data: Path) -> None:
    outcome = acts.score(shared_data / "gold", shared_data / "kenesh-reconstructed")
    assert outcome.n == 75
    assert outcome.f1 is not None
    assert outcome.f1 >= 0.95, outcome.misses


def test_fields_of_the_labelled_agenda_items(shared_data: Path) -> None:
    outcome = agenda_items.score(shared_data / "gold", shared_data / "kenesh-reconstructed")
    assert outcome.n == 488
    assert min(outcome.parts.values()) >= 0.97, outcome.misses
    assert outcome.accuracy is not None
    assert outcome.accuracy >= 0.99


def test_what_is_read_wrong_is_a_miss(tmp_path: Path) -> None:
    label = {
        "url": "http://kenesh.kg/1",
        "text": "О проекте Закона «О театре» (вносится на первое чтение) (инициатор – Исаев К.К.)",
        "type": "law",
        "title": "О театрах",
        "readings": [2],
        "initiators": ["К.К. Абдиев"],
    }
    empty = {"url": "http://kenesh.kg/2", "text": "12.", "government_resolution": {"number": "5", "date": "2014-08-29"}}
    (tmp_path / "agenda_items.jsonl").write_text("\n".join(json.dumps(one) for one in (label, empty)), "utf-8")
    outcome = agenda_items.score(tmp_path, tmp_path)
    assert outcome.parts == {"type": 1, "title": 0, "readings": 0, "initiators": 0, "government_resolution": 0}
    assert [miss.where.rpartition(" ")[2] for miss in outcome.misses] == [
        "title", "readings", "initiators", "government_resolution",
    ]  # fmt: skip
    with pytest.raises(UsageError, match="no file"):
        agenda_items.score(tmp_path / "nowhere", tmp_path)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("«О медиации»", "О медиации", True),
        ("О Счётной палате КР", "о счетной  палате Кыргызской Республики", True),
        ("О медиации", "О рекламе", False),
        ("", "О рекламе", False),
        ("«»", "«»", False),
    ],
)
def test_titles_are_compared_as_the_gold_says(one: str, other: str, answer: bool) -> None:
    assert same_title(one, other) is answer


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("Закон КР «О связи»", "Закон «О связи» от 2 апреля 1998 года № 31", True),
        ("Закон «О связи» от 3 мая 1999 года", "Закон «О связи» от 2 апреля 1998 года", False),
        ("Закон «О связи»", "Кодекс «О связи»", False),
        ("Грантовое соглашение с АБР о дорогах", "Кредитное соглашение с АБР о дорогах", False),
        ("Указ № 1 от 31.02.2020", "Указ № 1 от 31.02.2020", False),
        ("О связи", "О связи", True),
    ],
)
def test_acts_are_the_same_by_kind_title_number_and_day(one: str, other: str, answer: bool) -> None:
    assert acts.same_act(one, other) is answer


def test_each_label_is_met_once_and_by_the_best_pairing() -> None:
    wanted = ["Закон «О связи, почте и телеграфе»", "Закон «О связи, почте»"]
    assert len(acts.matched(["Закон «О связи, почте»", wanted[0]], wanted)) == 2
    assert len(acts.matched([wanted[1], wanted[1]], wanted[1:])) == 1


def test_acts_in_the_rules_of_procedure(shared_data: Path) -> None:
    text = (shared_data / "kenesh/law/reglament_2022-10-20_ru.txt").read_text("utf-8")
    found = find_acts(text)
    normal = {one.normal for one in found}
    assert {
        "Конституция",
        "Бюджетный кодекс Кыргызской Республики",
        "Кодекс Кыргызской Республики о правонарушениях",
        "Закон Кыргызской Республики «О Регламенте Жогорку Кенеша Кыргызской Республики» от 25 ноября 2011 года № 223",
        "Закон Кыргызской Республики «О внесении изменений в Закон Кыргызской Республики «О Регламенте Жогорку Кенеша "
        "Кыргызской Республики»» от 8 августа 2017 года № 172",
        "Закон Кыргызской Республики «О бухгалтерском учете»",
    } <= normal
    cited = {(one.value["key"], one.value["article"], one.value["part"]) for one in found}
    assert ("constitution", "116", None) in cited
    assert ("constitution", "79", "2") in cited
    assert 80 <= len(found) <= 120
    assert all(text[one.start : one.end] == one.written for one in found)


def test_acts_in_kyrgyz_documents(shared_data: Path) -> None:
    law = shared_data / "kenesh/law"
    note, draft = (
        {one.normal: one for one in find_acts(path.read_text("utf-8"))}
        for path in (next(law.glob("Spravka*.txt")), next(law.glob("Zakonoproekt*.txt")))
    )
    decree = next(one for one in note.values() if one.value["kind"] == "decree")
    assert (decree.value["number"], decree.value["day"]) == ("376", "2022-11-15")
    laws = "«Кыргыз Республикасынын ченемдик укуктук актылары жөнүндө» Кыргыз Республикасынын Мыйзамы"
    assert note[laws].value["article"] == "22"
    assert len(note) == 2
    assert {"Кыргыз Республикасынын Салык кодекси", "Кыргыз Республикасынын Конституциясы"} <= set(draft)
    assert draft["Кыргыз Республикасынын Салык кодекси"].value["key"] == ActRef.parse("Налоговый кодекс").key


def test_releases_and_titles_are_read_fast(shared_data: Path) -> None:
    texts = [f"{one.title}\n{one.body}" for one in releases(shared_data / "gold", shared_data / "kenesh-reconstructed")]
    for text in texts:
        find_acts(text)
    started = time.process_time()
    for text in texts:
        find_acts(text)
    assert (time.process_time() - started) / len(texts) < 0.004  # about 0.7 ms alone on the machine


@pytest.mark.parametrize(
    "piece",
    [
        "«", "»", "(«", "Закон ", "Закон «О ", "статьи 1, ", "Уголовный, ", "Уголовно-", "Соглашение между ", "\n",
        "«О внесении изменений в Закон ", "«О ратификации Соглашения ", "«А жөнүндө», ", "мыйзам жөнүндө ", "\x00Зaкон",
        "Постановление Правительства о ", "2019-жылдын ", "№ 1 от 1 мая 2020 года ", "<b", "&", "и\u0306", "1, ",
    ],
)  # fmt: skip
def test_hostile_text_is_read_in_time(piece: str) -> None:
    text = piece * (200_000 // len(piece)) + " кодексы мыйзам"
    started = time.process_time()
    found = find_acts(text)
    assert time.process_time() - started < 4  # under half a second alone on the machine
    assert all(text[one.start : one.end] == one.written for one in found)


REGISTRY = ActRegistry.of(
    [
        ActRow(key="act:1", title="Закон Кыргызской Республики «О связи»", kind="Закон", adopted_on=date(1998, 4, 2)),
        ActRow(key="act:2", title="О рекламе", kind="Закон", adopted_on=date(1998, 12, 24)),
        ActRow(key="act:3", title="Налоговый кодекс Кыргызской Республики", adopted_on=date(2008, 10, 17)),
        ActRow(key="act:4", title="Налоговый кодекс Кыргызской Республики", adopted_on=date(2022, 1, 18)),
        ActRow(key="act:5", title="Указ Президента «О мерах» № 26", kind="Указ", adopted_on=date(2021, 2, 8)),
        ActRow(key="act:6", title="О связи", kind="Постановление", adopted_on=date(2021, 2, 8)),
        ActRow(key="act:7", title="Указ № 5 от 31.02.2021"),
        ActRow(key="act:8", title="Закон «О чае» № 26 от 8 февраля 2021 года"),
        ActRow(key="act:9", title="Указ «О кофе» № 26 от 8 февраля 2021 года"),
        ActRow(key="act:10", title="Постановление Правительства № 270 от 5 мая 2015 года"),
    ]
)


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("Закона «О связи»", "act:1"),
        ("Закона «О связи» от 2 апреля 1998 года № 31", "act:1"),
        ("Закона «О связи» от 3 апреля 1998 года", None),
        ("Закона КР «О рекламе»", "act:2"),
        ("Налогового кодекса", None),
        ("постановления Жогорку Кенеша «О связи»", "act:6"),
        ("Указа Президента «О мерах»", "act:5"),
        ("Указа № 26 от 8 февраля 2021 года", None),
        ("Закона «О чае» от 8 февраля 2021 года № 27", None),
        ("постановлением Правительства КР от 5 мая 2015 года № 270", "act:10"),
        ("Закона «О кофе»", None),
    ],
)
def test_an_act_is_joined_with_the_one_record_that_fits(text: str, record: str | None) -> None:
    (mention,) = find_acts(text)
    assert REGISTRY.join(mention).value["record"] == record


def test_editions_of_a_code_are_told_apart_by_the_day() -> None:
    ref = ActRef("code", "Налоговый кодекс", day=date(2022, 1, 18))
    found = REGISTRY.find(ref)
    assert found is not None
    assert found.key == "act:4"


def test_a_mention_without_a_title_is_joined_with_nothing() -> None:
    (mention,) = find_acts("Указ № 5 от 31.02.2021")
    assert mention.value["key"] is None
    assert REGISTRY.join(mention) == mention
    bare = Mention(**{**{name: getattr(mention, name) for name in Mention.__slots__}, "value": {"title": None}})
    assert REGISTRY.join(bare) == bare
