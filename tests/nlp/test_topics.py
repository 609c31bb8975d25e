"""Topics: what a title or a press release is about."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from db.annotations import TopicDecision, TopicRow
from db.audit import Audit
from db.bills import Bill, BillAlias
from db.engine import reader
from db.links import Link
from db.pending import pending_keys
from db.upsert import table_of
from nlp.evaluation.topics import score
from nlp.topics.choices import SubjectTopics, decide_topics, topics_of
from nlp.topics.classifying import classify
from nlp.topics.model import explain, labelled_lines, opinion
from nlp.topics.words import words_of
from vocab.errors import UsageError
from vocab.topics import TOPICS

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)

# Titles as the parliament would word them, written for this test alone.
TITLES = [
    ("О внесении изменений в Закон «О республиканском бюджете на 2024 год»", 1),
    ("«2024-жылга республикалык бюджет жөнүндө» мыйзамга өзгөртүүлөр", 1),
    ("Депутаты отклонили поправки о мирных собраниях", 2),
    ("О закупке аппаратов гемодиализа для районных больниц", 3),
    ("Ооруканаларды дары-дармек менен камсыздоо", 3),
    ("О мерах против падежа скота и болезней животных", 4),
    ("Жайыттарды пайдалануу жана мал чарбасы жөнүндө", 4),
    ("О снижении рабочего времени и охране труда шахтёров", 5),
    ("Отозван законопроект о платном обучении в школах", 6),
    ("Мугалимдердин айлыгын көтөрүү жана мектептерди оңдоо", 6),
    ("О раздельном сборе мусора и переработке отходов", 7),
    ("Айлана-чөйрөнү булгагандык үчүн төлөм", 7),
    ("О тарифах на электроэнергию для насосов и теплиц населения", 8),
    ("О лишении гражданства", 9),
    ("О штрафстоянках, парковке и эвакуации автомобилей", 10),
    ("Кылмыш-жаза кодексине өзгөртүү киргизүү", 12),
    ("Президент наложил вето на поправки в Уголовный кодекс", 12),
    ("Об увеличении пособия на детей малоимущих семей", 13),
    ("Пенсияларды индексациялоо жөнүндө", 13),
    ("О снижении процента по ипотеке для молодых семей, не имеющих жилья", 14),
    ("О микрофинансовых организациях и ставках по займам", 15),
    ("Об отсрочке от призыва на военную службу", 16),
    ("О лицензиях операторов мобильной связи и интернета", 17),
    ("О ставках ввозных таможенных пошлин", 18),
    ("Торага Япониянын элчиси менен жолугушту", 19),
    ("Об отзыве депутатов местных кенешей и досрочных выборах", 20),
    ("Шайлоо жөнүндө конституциялык мыйзам", 20),
    ("О передаче пастбищных угодий под добычу полезных ископаемых", 21),
    ("О юрточном городке, комузе и народном искусстве", 23),
]


@pytest.mark.parametrize(("title", "topic"), TITLES, ids=[title[:40] for title, _ in TITLES])
def test_a_title_tells_its_topic(title: str, topic: int) -> None:
    [main, *_] = classify(title, "")
    assert main.topic == topic
    assert 0 < main.score <= 1
    assert main.words
    assert main.method in {"lexicon", "model", "lexicon+model"}


def test_the_words_that_decided_stand_in_the_text() -> None:
    title = "Депутат поднял вопрос о питьевой воде"
    [main, *_] = classify(title, "Жители пяти сёл остались без питьевой воды и канализации.")
    assert main.topic == 7
    assert main.words[0] == "питьевой воде"
    assert "канализации" in main.words


def test_a_phrase_outweighs_its_words() -> None:
    assert classify("О питьевой воде", "")[0].topic == 7
    assert classify("О поливной воде", "")[0].topic == 21


def test_a_vague_title_is_decided_by_the_body() -> None:
    [main, *_] = classify("Депутаты подняли ряд вопросов", "Речь шла о нехватке врачей и о ремонте районной больницы.")
    assert main.topic == 3


@pytest.mark.parametrize(
    "committee",
    [
        "Комитет по международным делам, обороне, безопасности и миграции",
        "Комитет Жогорку Кенеша по международным делам, обороне, безопасности и миграции",
        "Эл аралык иштер, коргоо, коопсуздук жана миграция боюнча комитет",
    ],
)
def test_the_name_of_a_committee_is_no_subject(committee: str) -> None:
    [main, *_] = classify(f"{committee}: о пенсиях", "")
    assert main.topic == 13
    assert classify(f"{committee} обсудил план", "") == ()


def test_two_subjects_give_two_topics() -> None:
    found = classify("О больницах и школах", "")
    assert {one.topic for one in found} == {3, 6}


@pytest.mark.parametrize("text", ["", "   ", "О внесении изменений в некоторые законодательные акты", "12 34 №", "abc"])
def test_nothing_decides(text: str) -> None:
    assert classify(text, "") == ()
    assert classify("", text) == ()


def test_the_model_decides_where_the_lexicon_knows_no_word() -> None:
    [main, *_] = classify("О переименовании улиц", "")
    assert (main.topic, main.method) == (20, "model")
    assert main.words[0].startswith("переимен")


def test_latin_letters_inside_words_do_not_hide_them() -> None:
    latin = "О здравоохранении".replace("а", "a").replace("о", "o")
    assert classify(latin, "")[0].topic == classify("О здравоохранении", "")[0].topic == 3


@pytest.mark.parametrize(
    "piece",
    [
        "комитет по ",
        "«",
        "питьевой ",
        "а",
        "\x00\u200bи",
        "<p>&nbsp;",
        "парламентская лидер ",
        "боюнча комитет ",
        "a1-",
    ],
)
def test_a_megabyte_of_anything_is_read_at_once(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    classify("О пенсиях", "")
    started = time.process_time()
    classify(text, text)
    assert time.process_time() - started < 2


def test_own_lines_speak_of_every_topic_in_both_languages() -> None:
    lines = labelled_lines()
    assert len({line for _, line in lines}) == len(lines) >= 600
    assert {topic for topic, _ in lines} == set(TOPICS)
    assert {one.topic for one in [classify(line, "")[0] for _, line in lines if classify(line, "")]} == set(TOPICS)


def test_the_model_gives_chances_and_reasons() -> None:
    words = words_of("О ветеринарной службе")
    chances = opinion(words)
    assert sum(chances.values()) == pytest.approx(1)
    assert max(chances, key=lambda topic: chances[topic]) == 4
    assert explain(words, 4)[0] == "ветеринарной"
    assert opinion(["и", "щщщщщщ"]) == {}


def test_the_gold_is_met(shared_data: Path) -> None:
    result = score(shared_data / "gold", shared_data / "kenesh-reconstructed")
    assert result.n == 110
    assert result.accuracy is not None
    assert result.accuracy >= 0.85
    assert result.parts["agenda_items"] >= 0.9
    assert all(miss.where for miss in result.misses)


def store(engine: Engine, model: type, *rows: dict[str, object]) -> None:
    with engine.begin() as conn:
        conn.execute(insert(table_of(model)), list(rows))


def topic(record_type: str, key: str, *topics: int) -> list[dict[str, object]]:
    return [
        {
            "record_type": record_type,
            "record_key": key,
            "rank": rank,
            "topic": one,
            "score": 0.8 / rank,
            "method": "lexicon",
            "words": [f"word {one}"],
        }
        for rank, one in enumerate(topics, 1)
    ]


def link(record_type: str, key: str, bill: str, place: str = "") -> dict[str, object]:
    return {
        "record_type": record_type,
        "record_key": key,
        "place": place,
        "dossier_type": "bill",
        "dossier_id": bill,
        "method": "number",
    }


@pytest.fixture
def known(engine: Engine) -> Engine:
    """A bill with a registry entry, an item and a press release; one known from a press release alone; one silent."""
    bills: list[dict[str, object]] = [
        {"id": one, "title": one, "kind": "law"} for one in ("pensions", "told", "silent")
    ]
    store(engine, Bill, *bills)
    store(engine, BillAlias, {"alias": "old-pensions", "bill_id": "pensions", "method": "number", "since": NOW})
    rows = (
        topic("registry_entry", "r1", 13, 20)
        + topic("agenda_entry", "a1", 13, 1)
        + topic("press_record", "p1", 19)
        + topic("press_record", "p2", 6, 3)
    )
    store(engine, TopicRow, *rows)
    links = [link("registry_entry", "r1", "pensions"), link("agenda_entry", "a1", "pensions")]
    links += [link("press_record", "p1", "pensions", "event:0"), link("press_record", "p2", "told", "event:1")]
    store(engine, Link, *links)
    return engine


def shown(engine: Engine, kind: str, *ids: str) -> dict[str, SubjectTopics]:
    with reader(engine) as conn:
        return topics_of(conn, kind, ids)


def test_a_bill_has_the_topics_of_its_records(known: Engine) -> None:
    found = shown(known, "bill", "pensions", "told", "silent")
    assert found["pensions"] == SubjectTopics(topics=(13,), words=("word 13",))
    assert found["told"].topics == (6, 3)
    assert "silent" not in found
    assert shown(known, "press_record", "p2", "p9") == {"p2": SubjectTopics(topics=(6, 3), words=("word 6",))}
    assert shown(known, "bill") == {}


def decide(engine: Engine, subject: str, *topics: int, reason: str = "прочитан") -> tuple[int, ...]:
    return decide_topics(engine, subject, topics, who="editor", reason=reason, now=NOW)


def test_a_persons_choice_wins_until_the_next_one(known: Engine) -> None:
    assert decide(known, "bill:pensions", 20, 20, 13) == (20, 13)
    chosen = shown(known, "bill", "pensions")["pensions"]
    assert (chosen.topics, chosen.decided_by, chosen.reason) == ((20, 13), "editor", "прочитан")
    decide(known, "bill:pensions", 20, 13, reason="still so")
    decide(known, "bill:old-pensions", 13)
    assert shown(known, "bill", "pensions")["pensions"].topics == (13,)
    decide(known, "bill:silent", 5)
    with reader(known) as conn:
        kept = conn.execute(select(table_of(TopicDecision)).order_by(table_of(TopicDecision).c.id)).all()
        acts = conn.execute(select(table_of(Audit))).all()
    assert [row.topics for row in kept] == [[20, 13], [13], [5]]
    assert len(acts) == 3


def test_a_choice_lets_the_tracker_look_at_the_bill_again(known: Engine) -> None:
    with reader(known) as conn:
        before = pending_keys(conn)
    decide(known, "bill:pensions", 20)
    with reader(known) as conn:
        assert pending_keys(conn) != before


def test_a_choice_made_before_two_bills_became_one_stays(known: Engine) -> None:
    row = {"subject_type": "bill", "subject_id": "old-pensions", "topics": [1], "decided_by": "a", "decided_at": NOW}
    store(known, TopicDecision, row | {"reason": "before"})
    assert shown(known, "bill", "pensions")["pensions"].topics == (1,)


@pytest.mark.parametrize(
    ("subject", "topics", "reason", "says"),
    [
        ("bill:pensions", (13,), " ", "needs a reason"),
        ("bill:pensions", (11,), "x", "no topic 11; topics are 1, 2"),
        ("bill:pensions", (), "x", "no topic given"),
        ("bill:nothing", (13,), "x", "no bill:nothing"),
        ("press_record:nothing", (13,), "x", "no press_record:nothing"),
        ("person:x", (13,), "x", "write bill:ID"),
        ("bill", (13,), "x", "write bill:ID"),
    ],
)
def test_wrong_choices_are_refused(
    known: Engine, subject: str, topics: tuple[int, ...], reason: str, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        decide(known, subject, *topics, reason=reason)
