"""The editors' desk: links, runs and the quarantine, as a browser uses them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from db.audit import Audit
from db.bills import BillAlias, BillsApart
from db.links import LinkDecision
from db.runs import Quarantine, Run
from db.settings import HomeSettings
from scrapers.items import Absence
from tests.tracker.house import LAW, START, House, deputies, protocol, registered
from tests.tracker.press_house import RELEASE, alike, event_at, tell, told
from tests.web.members import Client, make_user, sign_in
from vocab.numbers import BillNumber
from vocab.roles import Role
from web.app import create_app
from web.desk.links_query import queue

ONE, OTHER = "n-6-502-17", "n-6-503-17"
PRESS = {"of": "bill", "record": f"press_record:{RELEASE}", "place": "event:0"}
ADDRESS = f"/desk/links/one?of=bill&record=press_record:{RELEASE}&place=event:0"
NAME = {"of": "person", "record": "sitting_record:kenesh:protocol:5", "place": "absence:1"}


EACH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """SQLite, and PostgreSQL for the tests that ask for EACH."""
    url: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return url


@pytest.fixture
def house(engine: Engine) -> House:
    """Two bills, a release that resembles one of them, a name that nobody on the lists has."""
    other = registered("О проекте Закона «О мёде»", key="bill:2", number=BillNumber(6, 503, 17))
    house = House(engine).state(registered(LAW), other)
    house.state(*deputies(date(2017, 5, 1)), protocol(absences=(Absence(seq=1, name="Абдыев Б.Б."),)))
    tell(house, told("закон о врачах", quoted=False))
    alike(house, event_at(), ("registry_entry", "kenesh:bill:6-502/17", ""), 0.9).track()
    return house


@pytest.fixture
def app(house: House, settings: HomeSettings) -> Iterator[FastAPI]:
    opened = create_app(settings)
    yield opened
    opened.state.site.engine.dispose()


def editor(app: FastAPI, engine: Engine, login: str = "editor", role: Role = Role.EDITOR) -> Client:
    return sign_in(Client(app), make_user(engine, login, role))


@EACH
def test_a_link_is_decided_once(app: FastAPI, engine: Engine, house: House) -> None:
    desk = editor(app, engine)
    assert "закон о врачах" in desk.get("/desk/links").text
    page = desk.get(ADDRESS).text
    assert "Сходство 90" in page
    assert "мёд" in page
    assert ONE in page
    assert desk.post("/desk/links/one", PRESS | {"choice": OTHER}).status_code == 422
    assert desk.post("/desk/links/one", PRESS | {"choice": "other", "reason": "сверено"}).status_code == 422
    typed = {"choice": "other", "typed": OTHER, "reason": "сверено", "seen": 0}
    assert desk.post("/desk/links/one", PRESS | typed).status_code == 303
    assert "Ни одна связь не ждёт" in desk.get("/desk/links").text
    late = desk.post("/desk/links/one", PRESS | {"choice": "none", "reason": "нет", "seen": 0})
    assert late.status_code == 409
    assert "Ваше решение не записано" in late.text
    assert desk.post("/desk/links/one", PRESS | {"choice": "release", "reason": "ошибка", "seen": 9}).status_code == 303
    assert house.rows(LinkDecision) == []
    assert [row["action"] for row in house.rows(Audit)][-2:] == ["link decided", "link decision taken back"]
    assert "решение отменено" in desk.get("/desk/links/log").text
    assert desk.get("/desk/links/one?of=bill&record=press_record:none&place=").status_code == 404


def test_a_name_is_decided(app: FastAPI, engine: Engine, house: House) -> None:
    desk = editor(app, engine)
    assert "Абдыев Б.Б." in desk.get("/desk/links?of=person").text
    address = "/desk/links/one?of=person&record={record}&place={place}".format(**NAME)
    assert "Абдиев Алмаз Акматович" in desk.get(address).text
    said = {"choice": "abdiev-almaz-akmatovich", "reason": "один такой", "seen": 0}
    assert desk.post("/desk/links/one", NAME | said).status_code == 303
    assert [row["dossier_id"] for row in house.rows(LinkDecision)] == ["abdiev-almaz-akmatovich"]
    assert desk.post("/desk/links/one", NAME | {"choice": "release", "reason": "нет", "seen": 9}).status_code == 303


def test_bills_are_merged_parted_and_kept_apart(app: FastAPI, engine: Engine, house: House) -> None:
    desk = editor(app, engine)
    assert "Нет предложений" in desk.get("/desk/links/bills").text
    pair = f"/desk/links/pair?one={ONE}&other={OTHER}"
    assert f"{ONE} остаётся" in desk.get(pair).text
    both = {"one": ONE, "other": OTHER, "seen": 9}
    assert desk.post("/desk/links/pair", both | {"step": "merge"}).status_code == 422
    merged = desk.post("/desk/links/pair", both | {"step": "merge", "reason": "один проект"})
    assert merged.headers["location"] == f"/desk/links/bills/{ONE}?done=1"
    assert [row["alias"] for row in house.rows(BillAlias)] == [OTHER]
    assert desk.get(pair).headers["location"] == f"/desk/links/bills/{ONE}"
    assert "Это один законопроект или несколько?" in desk.get("/desk/links/bills").text
    assert OTHER in desk.get(f"/desk/links/bills/{OTHER}").text
    undone = desk.post(f"/desk/links/bills/{ONE}", {"what": OTHER, "reason": "два проекта", "seen": 99})
    assert undone.status_code == 303
    assert house.rows(BillAlias) == []
    assert desk.post(f"/desk/links/bills/{ONE}", {"what": OTHER, "reason": "два", "seen": 99}).status_code == 409
    assert desk.post("/desk/links/pair", both | {"step": "join", "reason": "нет", "seen": 99}).status_code == 303
    assert house.rows(BillsApart) == []
    assert desk.post("/desk/links/pair", both | {"step": "apart", "reason": "нет", "seen": 1}).status_code == 409


def test_a_researcher_reads_and_does_not_decide(app: FastAPI, engine: Engine) -> None:
    desk = editor(app, engine, "researcher", Role.RESEARCHER)
    assert 'name="choice"' not in desk.get(ADDRESS).text
    assert desk.post("/desk/links/one", PRESS | {"choice": "none", "reason": "нет"}).status_code == 403
    assert editor(app, engine, "observer", Role.OBSERVER).get("/desk/links").status_code == 403


def test_the_queue_does_not_read_what_is_certain(engine: Engine) -> None:
    query = queue("bill").compile(engine)
    with engine.connect() as conn:
        plan = str(conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", tuple(query.params.values())).all())
    assert "ix_link_unsure" in plan
    assert "TEMP B-TREE" not in plan


@EACH
def test_runs_and_the_quarantine_are_shown(app: FastAPI, engine: Engine, house: House) -> None:
    desk = editor(app, engine)
    assert "Карантин пуст" in desk.get("/desk/quarantine").text
    run: dict[str, Any] = {"stage": "crawl", "site": "kenesh", "origin": "live", "asked": "", "outcome": None}
    run["started_at"] = START
    run |= {"ended_at": None, "figures": {"pages_fetched": 7, "pages_unchanged": 5}, "reasons": []}
    red = {"outcome": "red", "ended_at": START, "reasons": ["press: <b>no page</b>"]}
    clean = {"outcome": "clean", "ended_at": START}
    house.put(Run, [run | clean | {"id": 101}, run | red | {"id": 102}, run | {"id": 103}], "id")
    row: dict[str, Any] = {"site": "kenesh", "kind": "press", "page_id": None, "reason": "no day"}
    row["excerpt"] = "<script>x</script>"
    row |= {"record_lost": True, "first_seen": START, "last_seen": START, "settled_at": None}
    house.put(Quarantine, [row | {"id": n, "address": f"https://kenesh.kg/{n}", "place": "p"} for n in (1, 2)], "id")
    page = desk.get("/desk/runs?outcome=red").text
    assert "&lt;b&gt;no page" in page
    assert "/desk/runs/102" in page
    under_way = desk.get("/desk/runs/103").text
    assert "получено страниц 7" in under_way
    assert "видел страниц: 12" in under_way
    assert desk.get("/desk/runs/9999").status_code == 404
    assert "потеряны 2 записи" in desk.get("/desk/quarantine").text
    shown = desk.get("/desk/quarantine?site=kenesh&kind=press&reason=no+day").text
    assert "&lt;script&gt;" in shown
    assert "--from-archive" in shown


def test_the_desk_says_what_waits(app: FastAPI, engine: Engine) -> None:
    desk = editor(app, engine)
    page = desk.get("/desk").text
    assert "2 неуверенные связи" in page
    assert "Сбоев нет." in desk.get("/desk/sources").text


def test_topics_are_chosen_once(app: FastAPI, engine: Engine, house: House) -> None:
    desk, address = editor(app, engine), f"/desk/topics/{ONE}"
    assert address in desk.get("/desk/topics?text=ветеринарии").text
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"main": "4"}).status_code == 422
    assert desk.post(address, {"main": "99", "reason": "сверено"}).status_code == 422
    assert desk.post(address, {"main": "4", "second": "", "reason": "о скоте", "seen": 0}).status_code == 303
    assert "Сельское хозяйство" in desk.get("/desk/topics").text
    assert desk.post(address, {"main": "3", "reason": "о врачах", "seen": 0}).status_code == 409
    assert [row["action"] for row in house.rows(Audit)][-1] == "topics decided"
    assert desk.get("/desk/topics/none").status_code == 404
