"""The review desk as a browser uses it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update

from db.audit import newest
from db.engine import reader
from db.findings import Finding, FindingReview
from db.settings import HomeSettings
from db.upsert import table_of
from publish.run import publish
from publish.settings import PublicSettings
from tests.tracker.noting import said, send, uuid
from tests.web import sample
from tests.web.desk.conftest import SignIn
from vocab.roles import Role
from web.desk.parameters import QueueQuery
from web.desk.review_query import queue

ADDRESS = f"/desk/findings/{sample.UNREVIEWED}"


def decisions(engine: Engine, finding: str = sample.UNREVIEWED) -> list[tuple[str, str, str]]:
    review = table_of(FindingReview)
    query = select(review.c.decision, review.c.decided_by, review.c.reason).where(review.c.finding_id == finding)
    with reader(engine) as conn:
        return [tuple(row) for row in conn.execute(query.order_by(review.c.id))]


def test_the_queue_does_not_read_what_nobody_has_to_look_at(engine: Engine) -> None:
    """Of 20,000 bills there are some 400,000 findings; a few thousand of them wait."""
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by the number of rows")
    query = queue(QueueQuery()).compile(engine)
    with reader(engine) as conn:
        plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", tuple(query.params.values())).all()
    assert any("ix_finding_waiting" in str(line) for line in plan)


def test_the_queue_begins_with_what_was_not_kept(enter: SignIn) -> None:
    desk, _ = enter("lawyer", Role.LAWYER)
    page = desk.get("/desk/findings")
    assert page.status_code == 200
    assert ADDRESS in page.text
    assert sample.DISMISSED not in page.text
    for state, finding in (("dismissed", sample.WITHDRAWN), ("confirmed", sample.BROKEN)):
        assert f"/desk/findings/{finding}" in desk.get(f"/desk/findings?state={state}").text
    assert "Таких выводов нет." in desk.get("/desk/findings?state=asked_again").text
    assert "Здесь пусто." in desk.get("/desk/findings?check=R99").text


def test_a_finding_is_confirmed_and_decided_anew(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("lawyer", Role.LAWYER)
    assert "ст. 82" in desk.get(ADDRESS).text
    assert desk.get(f"/ru/findings/{sample.UNREVIEWED}").status_code == 404
    answer = desk.post(ADDRESS, {"decision": "confirmed", "reason": "сверено", "seen": 0})
    assert answer.headers["location"] == f"{ADDRESS}?done=confirmed"
    assert desk.get(f"/ru/findings/{sample.UNREVIEWED}").status_code == 200
    page = desk.get(f"{ADDRESS}?done=confirmed").text
    assert "Записано: подтверждено." in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert desk.post(ADDRESS, {"decision": "asked_again", "reason": "Сколько?", "seen": seen}).status_code == 303
    assert desk.get(f"/ru/findings/{sample.UNREVIEWED}").status_code == 410
    assert decisions(engine) == [("confirmed", "user:1", "сверено"), ("asked_again", "user:1", "Сколько?")]
    with reader(engine) as conn:
        assert [row["action"] for row in newest(conn, 2)] == ["finding asked_again", "finding confirmed"]


def test_feeds_stop_saying_what_was_dismissed_at_once(engine: Engine, enter: SignIn, settings: HomeSettings) -> None:
    desk, _ = enter("lawyer", Role.LAWYER)
    desk.get(ADDRESS)
    desk.post(ADDRESS, {"decision": "confirmed", "reason": "сверено", "seen": 0})
    publish(engine, settings.public_dir, public=PublicSettings(public_url=""), now=datetime.now(UTC))
    said = desk.get("/feeds/ru/findings.atom").text
    assert f"{sample.UNREVIEWED}</id>" in said
    seen = desk.get(ADDRESS).text.split('name="seen" value="')[1].split('"')[0]
    desk.post(ADDRESS, {"decision": "dismissed", "reason": "ошибка", "seen": seen})
    [line] = [one for one in said.splitlines() if "<summary" in one][:1]
    assert line not in desk.get("/feeds/ru/findings.atom").text


def test_a_decision_has_a_reason(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("lawyer", Role.LAWYER)
    desk.get(ADDRESS)
    page = desk.post(ADDRESS, {"decision": "dismissed", "reason": "  "})
    assert (page.status_code, "Укажите причину" in page.text) == (422, True)
    assert decisions(engine) == []


def test_the_second_reviewer_learns_what_the_first_decided(engine: Engine, enter: SignIn) -> None:
    first, _ = enter("first", Role.LAWYER)
    second, _ = enter("second", Role.LAWYER)
    first.get(ADDRESS)
    second.get(ADDRESS)
    first.post(ADDRESS, {"decision": "dismissed", "reason": "опечатка", "seen": 0})
    page = second.post(ADDRESS, {"decision": "confirmed", "reason": "мой довод", "seen": 0})
    assert page.status_code == 409
    assert "First опередил(а) вас, решение: отклонено. Причина: опечатка" in page.text
    assert "мой довод" in page.text
    assert len(decisions(engine)) == 1
    seen = page.text.split('name="seen" value="')[1].split('"')[0]
    assert second.post(ADDRESS, {"decision": "confirmed", "reason": "мой довод", "seen": seen}).status_code == 303
    assert [decision for decision, _, _ in decisions(engine)] == ["dismissed", "confirmed"]


def test_a_finding_that_was_replaced_meanwhile_leads_to_what_stands(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("lawyer", Role.LAWYER)
    desk.get(ADDRESS)
    finding = table_of(Finding)
    later = sample.NOW + timedelta(days=2)
    with engine.begin() as conn:
        row = dict(conn.execute(select(finding).where(finding.c.id == sample.UNREVIEWED)).mappings().one())
        conn.execute(update(finding).where(finding.c.id == row["id"]).values(superseded_at=later))
        conn.execute(finding.insert().values(**row | {"id": "f-stands", "computed_at": later}))
    page = desk.post(ADDRESS, {"decision": "confirmed", "reason": "сверено", "seen": 0})
    assert page.status_code == 409
    assert 'href="/desk/findings/f-stands"' in page.text
    assert decisions(engine) == []


def test_notes_among_the_evidence_name_their_observer(engine: Engine, enter: SignIn) -> None:
    _, observer = enter("aigul", Role.OBSERVER)
    send(engine, said(1, value={"count": 54}), observer=str(observer.id))
    piece = {"record": f"observation:{uuid(1)}", "page_id": None, "url": None, "place": None, "seen_at": None}
    finding = table_of(Finding)
    with engine.begin() as conn:
        conn.execute(update(finding).where(finding.c.id == sample.UNREVIEWED).values(evidence=[piece]))
    desk, _ = enter("lawyer", Role.LAWYER)
    page = desk.get(ADDRESS).text
    assert "Aigul" in page
    assert "54" in page


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.COORDINATOR, Role.EDITOR])
def test_only_a_lawyer_decides(engine: Engine, enter: SignIn, role: Role) -> None:
    other, _ = enter("other", role)
    assert other.get("/desk/findings").status_code == 403
    assert other.post(ADDRESS, {"decision": "confirmed", "reason": "x", "seen": 0}).status_code == 403
    assert decisions(engine) == []


def test_what_is_no_finding_is_told(enter: SignIn) -> None:
    desk, _ = enter("lawyer", Role.LAWYER)
    assert desk.get("/desk/findings/nothing").status_code == 404
    assert desk.post("/desk/findings/nothing", {"decision": "confirmed", "reason": "x"}).status_code == 404
