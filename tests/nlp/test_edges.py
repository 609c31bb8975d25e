import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, select

from db.annotations import DraftBlock, DraftEdge, DraftMention, PressEventRow
from db.records import RegistryEntry
from db.upsert import table_of, upsert
from db.versions import Statement, store_statements
from nlp.drafts.draft import Draft
from nlp.drafts.edges import Record, relation, stored_blocks, update_edges, wanted_blocks
from nlp.drafts.records import Mention, act_mention, entry_mention, event_mention, registry_mention, whole_title
from nlp.drafts.title_form import read_title

NOW = datetime(2023, 7, 1, tzinfo=UTC)
MEDIATION = "О медиации и примирении сторон"
AD = "О внесении изменений в Закон «О рекламе»"
MAY, JUNE = date(2023, 5, 10), date(2023, 6, 10)
LINES = {"key": "a", "title": MEDIATION, "kind": "law", "day": MAY, "sitting_key": "s1"}


def statement(record_type: str, key: str, fields: dict[str, Any], columns: dict[str, Any]) -> Statement:
    return Statement(record_type=record_type, key=key, site="t", scope="t", part="list", fields=fields, columns=columns)


def bill(key: str, title: str, day: date = MAY, **fields: Any) -> Statement:
    columns = {"number": fields.get("number"), "registered_on": day, "title": title}
    return statement("registry_entry", key, {"title": title, **fields}, columns)


def line(key: str, title: str, day: date = JUNE, sitting: str = "s1", **item: Any) -> Statement:
    columns = {"sitting_key": sitting, "day": day, "position": 1, "kind": "law", "title": title, "ballot": None}
    readings = ",".join(map(str, item.get("readings", ())))
    return statement("agenda_entry", key, {"item": {"title": title, **item}}, {**columns, "readings": readings})


def act(key: str, title: str, day: date | None = date(2023, 6, 25)) -> Statement:
    columns = {"code": key, "title": title, "kind": "Закон КР", "adopted_on": day, "published_on": day}
    return statement("act_record", key, {"title": title}, columns)


def tell(conn: Connection, release: str, *drafts: str, day: date = JUNE, quoted: bool = True) -> Record:
    told = {"kind": "law", "body": "plenary", "committee": None, "action": "adopted", "day_stated": True, "score": 1.0}
    nobody: dict[str, Any] = {
        "presenter": None,
        "initiator": None,
        "votes_for": None,
        "votes_against": None,
        "words": [],
    }
    rows = [
        {"record_key": release, "seq": seq, "draft": draft, "day": day, "readings": [2], "quoted": quoted}
        | told
        | nobody
        for seq, draft in enumerate(drafts)
    ]
    upsert(conn, PressEventRow, rows, key=("record_key", "seq"))
    return "press_record", release


def store(conn: Connection, *statements: Statement) -> list[Record]:
    store_statements(conn, statements, now=NOW)
    return [(one.record_type, one.key) for one in statements]


def edges(conn: Connection) -> list[tuple[str, ...]]:
    table = table_of(DraftEdge)
    columns = [table.c[name] for name in ("left_key", "left_place", "right_key", "right_place", "relation", "method")]
    return sorted(tuple(row) for row in conn.execute(select(*columns)))


def test_registry_agenda_press_and_act_are_one_draft(engine: Engine) -> None:
    with engine.begin() as conn:
        records = store(conn, bill("r", MEDIATION), line("a", f"{MEDIATION}"), act("x", f"Закон КР «{MEDIATION}»"))
        records.append(tell(conn, "p", "О недрах и воде", "О медиации и о примирении сторон"))
        touched = update_edges(conn, records)
        assert touched == set(records)
        same = ("same", "title")
        assert edges(conn) == [
            ("a", "", "p", "event:1", *same),
            ("a", "", "r", "", *same),
            ("p", "event:1", "r", "", *same),
            ("x", "", "a", "", *same),
            ("x", "", "p", "event:1", *same),
            ("x", "", "r", "", *same),
        ]
        assert update_edges(conn, records) == set(), "nothing new"


SAID = [
    bill("r1", MEDIATION, number="6-1/23", initiators=["Иванов И.И."]),
    bill("r2", AD, resolutions=[{"number": "7", "day": "2023-05-03"}]),
    bill("r3", "О внесении изменения в Закон «О рекламе»", initiators=["Асанов А.А."]),
    bill("r4", "О республиканском бюджете на 2023 год и прогнозе доходов и расходов", day=date(2022, 11, 1)),
    bill("r5", "О республиканском бюджете на 2024 год и прогнозе доходов и расходов", day=date(2023, 11, 1)),
    line("a1", MEDIATION, initiators=["И.И. Иванов"], readings=[1]),
    line("a2", MEDIATION, date(2023, 6, 20), "s2", readings=[2], bill_number="6-1/23"),
    line("a3", AD, amends=["Закон «О рекламе»"], resolutions=[{"number": "7", "day": "2023-05-03"}]),
    line("a4", "О внесении изменений в Уголовный кодекс", readings=[1]),
    line("a5", "О внесении изменений в Уголовный кодекс", date(2023, 6, 20), "s2", readings=[2]),
    act("x1", f"Закон Кыргызской Республики «{MEDIATION}»"),
]


def run_of(engine: Engine, order: Sequence[Statement], size: int) -> list[tuple[str, ...]]:
    with engine.begin() as conn:
        records = store(conn, *order)
        for start in range(0, len(records), size):
            update_edges(conn, records[start : start + size])
        found = edges(conn)
        for table in (DraftEdge, DraftMention, DraftBlock):
            conn.execute(delete(table_of(table)))
    return found


def test_edges_do_not_depend_on_the_order_of_arrival(sqlite_engine: Engine) -> None:
    expected = run_of(sqlite_engine, SAID, len(SAID))
    assert {row[:1] + row[2:3] + row[4:] for row in expected} == {
        ("a1", "a2", "same", "title"),
        ("a1", "r1", "same", "title"),
        ("a2", "r1", "same", "number"),
        ("x1", "a1", "same", "title"),
        ("x1", "a2", "same", "title"),
        ("x1", "r1", "same", "title"),
        ("a3", "r2", "same", "resolution"),
        ("a3", "r3", "alternative", "acts"),
        ("r2", "r3", "alternative", "acts"),
        ("r4", "r5", "similar", "title"),
    }
    chance = random.Random(3)
    for size in (1, 2, 5):
        order = chance.sample(SAID, len(SAID))
        assert run_of(sqlite_engine, order, size) == expected


def test_a_change_rewrites_the_edges_of_its_record_only(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        records = store(conn, bill("r", MEDIATION), line("a", MEDIATION), line("b", MEDIATION, MAY, "s0"))
        update_edges(conn, records)
        assert len(edges(conn)) == 3
        changed = store(conn, line("a", "О нотариате и адвокатуре"))
        assert update_edges(conn, changed) == {("agenda_entry", "a"), ("agenda_entry", "b"), ("registry_entry", "r")}
        assert [row[0] + row[2] for row in edges(conn)] == ["br"]


def test_what_is_gone_or_speaks_of_no_draft_loses_its_edges(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        records = store(conn, bill("r", MEDIATION), line("a", MEDIATION))
        records.append(tell(conn, "p", MEDIATION))
        update_edges(conn, records)
        tell(conn, "p", MEDIATION, quoted=False)
        assert update_edges(conn, [("press_record", "p")])
        conn.execute(delete(table_of(RegistryEntry)))
        update_edges(conn, [("registry_entry", "r")])
        assert edges(conn) == []
        assert update_edges(conn, []) == set()
        assert update_edges(conn, [("deputy_record", "d"), ("agenda_entry", "unknown")]) == set()


def test_lines_of_one_list_for_one_reading_are_other_drafts(sqlite_engine: Engine) -> None:
    first, other = "О защите прав потребителей услуг", "О защите и охране прав потребителей услуг"
    with sqlite_engine.begin() as conn:
        update_edges(conn, store(conn, line("a", first), line("b", other), line("c", first)))
        assert [row for row in edges(conn) if row[4] == "same"] == []
        update_edges(conn, store(conn, line("c", first, readings=[2])))
        assert [(row[0], row[2]) for row in edges(conn) if row[4] == "same"] == [("a", "c"), ("b", "c")]
        numbers = [line(key, first, bill_number="6-1/23") for key in "ab"]
        update_edges(conn, store(conn, *numbers))
        assert ("a", "", "b", "", "same", "number") in edges(conn)


def test_blocks_of_thin_titles_belong_to_their_time() -> None:
    thin = entry_mention("a", LINES | {"title": "О рекламе"}, {})
    whole = entry_mention("a", LINES, {})
    assert thin
    assert whole
    assert all("@" in block for block in stored_blocks(thin.draft()))
    assert stored_blocks(thin.draft()) < wanted_blocks(thin.draft())
    assert stored_blocks(whole.draft()) == wanted_blocks(whole.draft())


def test_a_mention_is_kept_as_it_was_said() -> None:
    item = {
        "amends": ["Закон КР «О рекламе» от 24 декабря 1998 года № 155"],
        "initiators": ["Иванов И.И.", "Комитет по аграрной политике"],
        "bill_number": "6-1/23",
        "readings": [1, 2],
    }
    mention = entry_mention("a", LINES | {"title": "О внесении изменений в некоторые акты"}, {"item": item})
    assert mention
    assert (
        mention.title == "О внесении изменений в некоторые акты (в Закон КР «О рекламе» от 24 декабря 1998 года № 155)"
    )
    assert mention.acts == ("law:o-reklame", "no:155:1998-12-24")
    assert mention.initiators == ("иванов",)
    assert mention.brought_by == "deputies"
    assert Mention.from_said(mention.side, mention.day, mention.said()) == mention


def test_what_names_no_draft_gives_no_mention() -> None:
    assert entry_mention("a", LINES | {"kind": "other"}, {}) is None
    adopted = {"title": "Закон КР «О рекламе»", "kind": "Закон", "adopted_on": MAY}
    assert act_mention("x", adopted)
    for change in ({"kind": "Указ"}, {"kind": None}, {"adopted_on": None}, {"title": "«»"}):
        assert act_mention("x", adopted | change) is None


def test_initiators_of_a_release_tell_their_kind_only() -> None:
    event = {"record_key": "p", "seq": 0, "draft": MEDIATION, "day": MAY, "kind": "law", "readings": [], "quoted": True}
    kinds = {None: None, "Кабинет Министров": "government", "Дастан Бекешев": "deputies", "группа депутатов": None}
    for written, kind in kinds.items():
        mention = event_mention(event | {"initiator": written})
        assert mention
        assert (mention.brought_by, mention.initiators) == (kind, ())


@pytest.mark.parametrize(
    "title", ["", "\x00", "«" * 100_000, "а" * 1_000_000, "№ 6-1/23", "<b>О рекламе</b>", "1. 2. 3."]
)
def test_hostile_titles_give_no_error(title: str) -> None:
    columns = {"number": "no number", "registered_on": None, "title": title}
    mentions: Collection[Mention | None] = (
        registry_mention("r", columns, {"initiators": [title]}),
        entry_mention("a", LINES | {"title": title}, {"item": {"amends": [title], "initiators": [title]}}),
        act_mention("x", {"title": title, "kind": "Закон", "adopted_on": MAY}),
    )
    for mention in filter(None, mentions):
        assert len(mention.title) <= 10_000
        assert stored_blocks(mention.draft()) <= wanted_blocks(mention.draft())
        relation(mention.draft(), mention.draft())


def test_acts_that_a_title_names_are_not_named_again() -> None:
    assert whole_title("О внесении изменений в Закон «О рекламе»", ["Закон «О рекламе»"]) == (
        "О внесении изменений в Закон «О рекламе»"
    )
    assert whole_title("О разном", ["«»", "Закон «О связи»"]) == "О разном (в Закон «О связи»)"


@pytest.mark.parametrize(
    ("title", "kyrgyz"),
    [
        ("О медиации", False),
        ("О границах айыла Көк-Жар", False),
        ("«Медиация жөнүндө» Кыргыз Республикасынын Мыйзамына өзгөртүүлөрдү киргизүү тууралуу", True),
    ],
)
def test_the_language_of_a_title_is_told(title: str, kyrgyz: bool) -> None:
    mention = entry_mention("a", LINES | {"title": title}, {})
    assert mention
    assert mention.draft().kyrgyz == kyrgyz


def test_a_sitting_that_considers_two_drafts_on_one_act_has_alternatives(sqlite_engine: Engine) -> None:
    acts: dict[str, Any] = {
        "amends": ["Закон «О рекламе»", "Закон КР «О связи» от 2 апреля 1998 года № 31"],
        "readings": [1],
    }
    government = line(
        "a", "О поправках по вопросам вещания", resolutions=[{"number": "7", "day": "2023-05-03"}], **acts
    )
    deputies = line("b", "О внесении изменений в некоторые законы", initiators=["Асанов А.А."], **acts)
    with sqlite_engine.begin() as conn:
        update_edges(conn, store(conn, government, deputies))
        assert edges(conn) == []  # one amends, the other says otherwise: titles that do not do the same
        deputies = line("b", "О поправках в некоторые законы", initiators=["Асанов А.А."], **acts)
        update_edges(conn, store(conn, deputies))
        assert edges(conn) == [("a", "", "b", "", "alternative", "acts")]


def test_two_languages_meet_by_the_number_of_an_act(sqlite_engine: Engine) -> None:
    act_31: dict[str, Any] = {"amends": ["Закон КР «О связи» от 2 апреля 1998 года № 31"]}
    russian = line("a", "О внесении изменений в Закон «О связи»", **act_31)
    kyrgyz = line("b", "«Байланыш жөнүндө» Мыйзамына өзгөртүүлөрдү киргизүү тууралуу", sitting="s2", **act_31)
    with sqlite_engine.begin() as conn:
        update_edges(conn, store(conn, russian, kyrgyz))
        assert edges(conn) == [("a", "", "b", "", "same", "act")]


def test_nearly_one_title_is_a_question_for_a_person() -> None:
    said = "О внесении изменения в Закон Кыргызской Республики «О защите банковских вкладов{}»"
    one = Draft(key="a", title=read_title(said.format(" (депозитов)")), day=date(2023, 4, 13), readings=frozenset({2}))
    other = replace(one, key="b", title=read_title(said.format("")), day=date(2023, 4, 27), readings=frozenset({3}))
    found = relation(one, other)
    assert found is not None
    assert found[0] == "perhaps"
    assert relation(one, replace(one, key="c")) is not None
    assert relation(one, replace(other, title=read_title("О туристической деятельности на озере Иссык-Куль"))) is None
