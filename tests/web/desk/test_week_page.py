"""The coordinator's week as a browser uses it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select

from db.audit import Audit, newest
from db.engine import reader
from db.observations import Observation
from db.planning import AccessRequest, Duty, PlannedSitting, SittingMark, WatchedCommittee
from db.sittings import Sitting
from db.upsert import table_of
from tests.tracker.noting import said, send
from tests.web import sample
from tests.web.desk.conftest import SignIn
from vocab.dates import BISHKEK
from vocab.roles import Role

DAY = date(2099, 9, 2)
WEEK = f"/desk/week?from={DAY}"
COMING = sample.COMING


def rows(engine: Engine, model: Any) -> list[dict[str, Any]]:
    table = table_of(model)
    with reader(engine) as conn:
        return [dict(row) for row in conn.execute(select(table).order_by(*table.primary_key.columns)).mappings()]


def test_a_week_is_planned(engine: Engine, enter: SignIn) -> None:
    _, one = enter("aigul", Role.OBSERVER)
    _, other = enter("bakyt", Role.OBSERVER)
    desk, _ = enter("chief", Role.COORDINATOR)
    page = desk.get(WEEK)
    assert page.status_code == 200
    assert "31 августа 2099" in page.text
    assert "Никто не назначен." in page.text
    for member in (one, other):
        answer = desk.post(f"/desk/sittings/{COMING}/observers", {"user_id": member.id, "back": WEEK})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{WEEK}#{COMING}")
    assert [row["user_id"] for row in rows(engine, Duty)] == [one.id, other.id]
    page = desk.get(WEEK)
    assert "Никто не назначен." not in page.text
    assert 'aria-label="Снять: Aigul"' in page.text
    _, third = enter("third", Role.OBSERVER)
    refused = desk.post(f"/desk/sittings/{COMING}/observers", {"user_id": third.id})
    assert (refused.status_code, "Уже назначены два наблюдателя" in refused.text) == (409, True)
    desk.post(f"/desk/sittings/{COMING}/observers", {"user_id": one.id, "step": "remove"})
    assert [row["user_id"] for row in rows(engine, Duty)] == [other.id]
    with reader(engine) as conn:
        acts = [(row["who"], row["action"]) for row in newest(conn, 3)]
    assert ("user:3", "observer taken off") in acts


def test_a_sitting_is_entered_moved_and_called_off(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("chief", Role.COORDINATOR)
    desk.get(WEEK)
    form = {"body": "committee", "day": "2099-09-03", "committee": "Комитет по бюджету", "starts_at": "14:00"}
    answer = desk.post("/desk/week/sittings", form)
    assert answer.status_code == 303
    [plan] = rows(engine, PlannedSitting)
    assert answer.headers["location"] == f"/desk/week?from=2099-08-31#{plan['id']}"
    assert (plan["planned_by"], plan["title"]) == ("user:1", "Заседание комитета")
    page = desk.get(WEEK).text
    assert "внесено вручную" in page
    assert "14:00" in page
    assert "внесли наблюдатели" in desk.get(f"/ru/sittings/{plan['id']}").text
    desk.post(f"/desk/sittings/{plan['id']}/mark", {"step": "cancelled", "reason": "звонок"})
    assert "звонок" in desk.get(f"/desk/sittings/{plan['id']}").text
    desk.post(f"/desk/sittings/{plan['id']}/mark", {"step": "unmark"})
    desk.post(f"/desk/sittings/{plan['id']}/mark", {"step": "moved", "to": COMING})
    assert [(row["sitting_id"], row["moved_to"]) for row in rows(engine, SittingMark)] == [(plan["id"], COMING)]
    circle = desk.post(f"/desk/sittings/{COMING}/mark", {"step": "moved", "to": plan["id"]})
    assert (circle.status_code, "не могут стать друг другом" in circle.text) == (409, True)
    desk.post(f"/desk/sittings/{plan['id']}/mark", {"step": "unmark"})
    dropped = desk.post(f"/desk/sittings/{plan['id']}/mark", {"step": "drop"})
    assert (dropped.status_code, rows(engine, PlannedSitting)) == (303, [])
    assert desk.get(f"/desk/sittings/{plan['id']}").status_code == 404
    no_name = desk.post("/desk/week/sittings", {"body": "committee", "day": "2099-09-03"})
    assert (no_name.status_code, len(rows(engine, Sitting))) == (422, 4)


def test_committees_are_chosen(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("chief", Role.COORDINATOR)
    page = desk.get("/desk/week")
    assert "(предлагается)" in page.text
    name = next(row["committee"] for row in rows(engine, Sitting) if row["committee"])
    desk.post("/desk/week/committees", {"watched": name})
    assert [row["name"] for row in rows(engine, WatchedCommittee)] == [name]
    desk.post("/desk/week/committees")
    assert rows(engine, WatchedCommittee) == []


def test_an_application_is_followed(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("chief", Role.COORDINATOR)
    desk.get(WEEK)
    address = f"/desk/sittings/{COMING}/access"
    for form in ({"step": "sent"}, {"step": "granted", "note": "два места"}):
        assert desk.post(address, form).status_code == 303
    [row] = rows(engine, AccessRequest)
    assert (row["sent_by"], row["answer"], row["note"]) == ("user:1", "granted", "два места")
    assert desk.post(address, {"step": "back"}).status_code == 303
    assert rows(engine, AccessRequest) == []
    assert desk.post(address, {"step": "refused"}).status_code == 409


def test_notes_of_an_unknown_sitting_are_placed(engine: Engine, enter: SignIn) -> None:
    _, observer = enter("aigul", Role.OBSERVER)
    send(engine, said(1, sitting="made-7"), observer=str(observer.id))
    desk, _ = enter("chief", Role.COORDINATOR)
    page = desk.get("/desk/week").text
    assert "записано о заседании, которое никому не известно" in page
    assert "Aigul: 1 запись" in page
    assert desk.post("/desk/week/notes", {"sitting": "made-7", "to": "nowhere"}).status_code == 409
    assert desk.post("/desk/week/notes", {"sitting": "made-7", "to": sample.SITTING}).status_code == 303
    assert "made-7" not in desk.get("/desk/week").text
    assert "Aigul" in desk.get(f"/desk/sittings/{sample.SITTING}").text


def test_notes_under_a_name_that_is_no_id_are_placed_too(engine: Engine, enter: SignIn) -> None:
    """A note may name its sitting by anything that can be written, and none may stay without a place for that."""
    _, observer = enter("aigul", Role.OBSERVER)
    name = "<b>заседание / 5"
    [answer] = send(engine, said(1, sitting=name), observer=str(observer.id))
    assert answer.unplaced == "sitting_unknown"
    desk, _ = enter("chief", Role.COORDINATOR)
    assert "<b>заседание" not in desk.get("/desk/week").text
    assert desk.post("/desk/week/notes", {"sitting": "a\0b", "to": sample.SITTING}).status_code == 422
    assert desk.post("/desk/week/notes", {"sitting": name, "to": sample.SITTING}).status_code == 303
    assert "Aigul" in desk.get(f"/desk/sittings/{sample.SITTING}").text


def test_who_sent_what_is_told(engine: Engine, enter: SignIn) -> None:
    _, sent = enter("aigul", Role.OBSERVER)
    _, silent = enter("bakyt", Role.OBSERVER)
    desk, _ = enter("chief", Role.COORDINATOR)
    day = datetime.now(BISHKEK).date() - timedelta(days=1)
    row: dict[str, Any] = {"id": f"plenary-{day}", "body": "plenary", "day": day, "title": "Повестка"}
    with engine.begin() as conn:
        conn.execute(insert(table_of(Sitting)).values(**row, extraordinary=False, cancelled=False))
    desk.get(WEEK)
    for member in (sent, silent):
        desk.post(f"/desk/sittings/{row['id']}/observers", {"user_id": member.id})
    for number in (1, 2):
        send(engine, said(number, sitting=row["id"]), observer=str(sent.id))
    page = desk.get(f"/desk/week?from={day}").text
    assert "2 записи" in page
    assert "ничего не отправлено" in page
    assert "Bakyt: нет записей о заседании" in desk.get("/desk").text
    assert len(rows(engine, Observation)) == 3


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.EDITOR, Role.RESEARCHER])
def test_only_a_coordinator_plans(engine: Engine, enter: SignIn, role: Role) -> None:
    other, member = enter("other", role)
    before = len(rows(engine, Audit))
    assert other.get(WEEK).status_code == 403
    for address in (f"sittings/{COMING}/observers", "week/sittings", "week/committees", "week/notes"):
        form = {"user_id": member.id, "body": "plenary", "day": "2099-09-04", "sitting": "a", "to": COMING}
        assert other.post(f"/desk/{address}", form).status_code == 403
    assert len(rows(engine, Audit)) == before


def test_a_write_without_its_token_is_refused(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("chief", Role.COORDINATOR)
    desk.token = "0" * 64
    assert desk.post("/desk/week/sittings", {"body": "plenary", "day": "2099-09-04"}).status_code == 403
    assert rows(engine, PlannedSitting) == []


def test_two_observers_stand_side_by_side(engine: Engine, enter: SignIn) -> None:
    _, one = enter("aigul@example.kg", Role.OBSERVER)
    _, other = enter("bakyt", Role.OBSERVER)
    send(engine, said(1, value={"count": 54}), observer=str(one.id))
    send(engine, said(2, value={"count": 90}), observer=str(other.id))
    send(engine, said(3, kind="note", value={"text": sample.SCRIPT}), observer=str(other.id))
    desk, _ = enter("chief", Role.COORDINATOR, Role.LAWYER)
    page = desk.get(f"/desk/sittings/{sample.SITTING}").text
    assert "расходится" in page
    assert "совпадает 0 из 1" in page
    assert 'href="mailto:aigul%40example.kg?subject=' in page
    assert "&lt;script&gt;alert(&#39;x&#39;)" in page
    assert "совпадает 0 из 1" in desk.get("/desk/week?from=2017-05-17").text
    assert "совпадает 0 из 1" in desk.get(f"/desk/findings/{sample.UNREVIEWED}").text
    assert sample.SCRIPT not in page
