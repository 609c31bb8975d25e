"""What the desk shows first, by role, and an observer's private calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import Engine, insert

from db.audit import Act
from db.sittings import Sitting
from db.upsert import table_of
from tests.web.desk.conftest import SignIn
from tracker.week import duties
from tracker.week.sittings import call_off
from vocab.dates import BISHKEK
from vocab.roles import Role

ACT = Act(who="chief", at=datetime.now(UTC))


def sitting(engine: Engine, in_days: int) -> str:
    day = datetime.now(BISHKEK).date() + timedelta(days=in_days)
    row: dict[str, Any] = {"id": f"plenary-{day}", "body": "plenary", "day": day, "title": "Повестка"}
    with engine.begin() as conn:
        conn.execute(insert(table_of(Sitting)).values(**row, extraordinary=False, cancelled=False))
    return str(row["id"])


def test_everybody_sees_what_is_theirs(engine: Engine, enter: SignIn) -> None:
    sitting(engine, 3)
    coordinator = enter("chief", Role.COORDINATOR)[0].get("/desk").text
    assert "Никто не назначен:" in coordinator
    assert "Выводы на проверку" not in coordinator.partition("<main")[2]
    assert "ждёт решения" in enter("lawyer", Role.LAWYER)[0].get("/desk").text
    assert "1 неуверенная связь" in enter("editor", Role.EDITOR)[0].get("/desk").text
    assert "1 неуверенная связь" in enter("reader", Role.RESEARCHER)[0].get("/desk").text


def test_an_empty_week_is_told_from_one_that_is_in_order(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("chief", Role.COORDINATOR)
    assert "заседаний не известно" in desk.get("/desk").text
    _, me = enter("aigul", Role.OBSERVER)
    coming = sitting(engine, 13)
    with engine.begin() as conn:
        duties.assign(conn, coming, me.id, ACT)
        duties.request_sent(conn, coming, datetime.now(BISHKEK).date(), ACT)
    assert "Ничего не ждёт" in desk.get("/desk").text
    assert "наблюдатель назначен" in enter("admin", Role.ADMIN)[0].get("/desk/audit").text


@pytest.mark.parametrize(("language", "heading"), [("ru", "Мои заседания"), ("ky", "Менин жыйындарым")])
def test_an_observer_sees_the_own_week(engine: Engine, enter: SignIn, language: str, heading: str) -> None:
    desk, me = enter("aigul", Role.OBSERVER, language=language)
    _, other = enter("bakyt", Role.OBSERVER)
    assert heading in desk.get("/desk").text
    coming = sitting(engine, 3)
    with engine.begin() as conn:
        for member in (me, other):
            duties.assign(conn, coming, member.id, ACT)
    page = desk.get("/desk").text
    assert f"/{language}/sittings/{coming}" in page
    assert "Bakyt" in page


def test_a_calendar_has_a_private_address(engine: Engine, enter: SignIn) -> None:
    desk, me = enter("aigul", Role.OBSERVER)
    first, second = sitting(engine, 3), sitting(engine, 5)
    with engine.begin() as conn:
        for one in (first, second):
            duties.assign(conn, one, me.id, ACT)
        call_off(conn, second, "", ACT)
    desk.get("/desk")
    page = desk.post("/desk/calendar").text
    address = page.split("/duties/")[1].split(".ics")[0]
    stranger = desk.ask("GET", f"/duties/{address}.ics")
    assert stranger.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(stranger.content).walk("VEVENT")
    assert [(str(event["uid"]), str(event["status"])) for event in events] == [
        (f"duty-{first}@baikoo", "CONFIRMED"),
        (f"duty-{second}@baikoo", "CANCELLED"),
    ]
    desk.get("/desk")
    desk.post("/desk/calendar")
    assert desk.get(f"/duties/{address}.ics").status_code == 404


def test_the_form_in_the_room_knows_what_was_called_off(engine: Engine, enter: SignIn) -> None:
    phone, me = enter("aigul", Role.OBSERVER)
    coming, off = sitting(engine, 1), sitting(engine, 2)
    with engine.begin() as conn:
        for one in (coming, off):
            duties.assign(conn, one, me.id, ACT)
        call_off(conn, off, "", ACT)
    told = phone.get("/observe/api/sittings").json()["sittings"]
    assert {one["id"]: one["cancelled"] for one in told} == {coming: False, off: True}
