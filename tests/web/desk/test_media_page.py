"""From the desk to everywhere: a video of a sitting, an interview, a quote that waits; and out of everywhere again."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from db.audit import newest, verify
from db.bills import Bill
from db.engine import reader
from db.planning import SittingMark
from db.settings import HomeSettings
from db.sittings import Sitting
from publish.run import publish
from publish.settings import load_public_settings
from tests.web import sample
from tests.web.desk.conftest import SignIn
from tests.web.members import Client
from vocab.dates import BISHKEK
from vocab.roles import Role
from web.bulk.run import Wish, export

URL, QUOTE, HOW = "https://www.youtube.com/watch?v=aB3_-efghij", "Слова депутата", "тайное письмо"
TODAY = datetime.now(BISHKEK).date()
SOON = "plenary-soon"
VIDEO = {"sitting": SOON, "url": f"{URL}&utm_source=x", "starts": ""}
INTERVIEW = {"person": sample.PERSON, "bill": "", "title": "Беседа <b>", "language": "ru", "url": "https://gazeta.kg/1"}
APPROVAL = {"approver": "А. Асанов", "approved_how": HOW, "approved_on": "2026-11-19"}
PLACES = (
    *("/ru/", "/ky/week", f"/en/sittings/{SOON}", f"/ru/persons/{sample.PERSON}", f"/ky/bills/{sample.BILL}"),
    *(f"/api/v1/sittings/{SOON}", f"/api/v1/people/{sample.PERSON}", f"/api/v1/bills/{sample.BILL}"),
    *("/api/v1/happenings", "/api/v1/changes", "/ru/corrections", "/feeds/ru/all.atom", "/calendar/ru/sittings.ics"),
)


@pytest.fixture
def desk(app: FastAPI, engine: Engine, enter: SignIn) -> Client:
    """An editor, and a sitting of today."""
    row = {"id": SOON, "body": "plenary", "day": TODAY, "starts_at": time(10, 0)}
    with engine.begin() as conn:
        sample.add(conn, Sitting, row | {"title": "Повестка", "extraordinary": False, "cancelled": False})
    client = enter("editor", Role.EDITOR)[0]
    client.get("/desk/media")
    return client


def everywhere(app: FastAPI, engine: Engine, settings: HomeSettings, folder: Path) -> dict[str, str]:
    """What anybody can read, by address: pages, API, feeds, calendar, and an export."""
    publish(engine, settings.public_dir, public=load_public_settings({}), now=datetime.now(UTC))
    outside = Client(app)
    read = {place: outside.get(place).text.replace("\r\n ", "") for place in PLACES}
    made = export(engine, folder, Wish(day=TODAY, tables=("live_videos", "interviews", "happenings")))
    return read | {path.name: path.read_text() for path in (made.path / "jsonl").iterdir()}


def naming(read: dict[str, str], word: str) -> set[str]:
    return {place for place, text in read.items() if word in text}


def test_what_is_kept_is_everywhere_and_what_is_withdrawn_nowhere(
    app: FastAPI, engine: Engine, settings: HomeSettings, desk: Client, tmp_path: Path
) -> None:
    assert desk.post("/desk/media/videos", VIDEO).status_code == 303
    interview = INTERVIEW | {"bill": sample.BILL, "day": "2026-11-18", "quote": QUOTE}
    assert desk.post("/desk/media/interviews", interview).status_code == 303
    read = everywhere(app, engine, settings, tmp_path / "1")
    shown = {"/feeds/ru/all.atom", "/calendar/ru/sittings.ics", "/api/v1/happenings", "/api/v1/changes"}
    shown |= {f"/en/sittings/{SOON}", f"/api/v1/sittings/{SOON}", "live_videos.jsonl"}
    assert naming(read, URL) == shown
    assert "Watch live on YouTube" in read[f"/en/sittings/{SOON}"]
    assert "YouTube аркылуу түз эфир, башталышы 10:00" in read["/ky/week"]
    assert "прямая трансляция на YouTube" in read["/ru/"]
    assert naming(read, "Беседа <b>") <= {one for one in read if not one.startswith(("/ru/", "/ky/", "/en/"))}
    assert "Беседа &lt;b&gt;" in read[f"/ru/persons/{sample.PERSON}"]
    assert (naming(read, QUOTE), naming(read, HOW)) == (set(), set())
    assert "1 цитата ждёт одобрения" in desk.get("/desk").text

    assert desk.post("/desk/media/interviews/1/approve", APPROVAL).status_code == 303
    read = everywhere(app, engine, settings, tmp_path / "2")
    quoted = {f"/ru/persons/{sample.PERSON}", f"/ky/bills/{sample.BILL}", f"/api/v1/people/{sample.PERSON}"}
    quoted |= {f"/api/v1/bills/{sample.BILL}", "/api/v1/happenings", "/api/v1/changes", "/feeds/ru/all.atom"}
    assert naming(read, QUOTE) == quoted | {"interviews.jsonl"}
    assert "Сөздү бекиткен: А. Асанов, 2026-ж., 19-ноябрь" in read[f"/ky/bills/{sample.BILL}"]
    assert naming(read, HOW) == set()
    assert json.loads(read["interviews.jsonl"])["bill_id"] == sample.BILL

    for address in ("videos/1", "interviews/1"):
        assert desk.post(f"/desk/media/{address}/withdraw", {"reason": "просьба"}).status_code == 303
    read = everywhere(app, engine, settings, tmp_path / "3")
    assert [naming(read, word) for word in (URL, QUOTE, "Беседа", "gazeta.kg", "А. Асанов", "просьба")] == [set()] * 6
    assert naming(read, "Интервью от") >= {"/ru/corrections", "/feeds/ru/all.atom"}
    with reader(engine) as conn:
        acts = [row["action"] for row in newest(conn, 5)]
        assert acts[0] == "interview withdrawn"
        assert (set(acts[1:]), verify(conn)) == (
            {"video withdrawn", "quote approved", "interview added", "video added"},
            None,
        )


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@ON_SQLITE
def test_what_is_wrong_is_summed_up_and_what_was_typed_stays(desk: Client, engine: Engine) -> None:
    with engine.begin() as conn:
        twice = ({"id": key, "title": "Один номер", "kind": "law", "number": "7-1/26"} for key in ("t-one", "t-two"))
        sample.add(conn, Bill, *twice)
    page = desk.post("/desk/media/videos", VIDEO | {"url": "https://youtube.com.evil.example/", "starts": "x"})
    assert page.status_code == 422
    assert 'href="#v-url"' in page.text
    assert 'href="#v-starts"' in page.text
    assert "https://youtube.com.evil.example/" in page.text
    wrong: dict[str, Any] = INTERVIEW | {"day": "2099-01-01", "bill": "ничего такого", "approver": "А. Асанов"}
    page = desk.post("/desk/media/interviews", wrong)
    assert page.status_code == 422
    assert [f'href="#i-{name}"' in page.text for name in ("bill", "day", "quote", "approved_on")] == [True] * 4
    several = INTERVIEW | {"day": "2026-11-18", "bill": "7-1/26"}
    page = desk.post("/desk/media/interviews", several)
    assert page.status_code == 422
    assert "Подходят несколько законопроектов" in page.text
    assert 'name="chosen" value="t-two"' in page.text
    assert desk.post("/desk/media/interviews", several | {"chosen": "t-two"}).status_code == 303
    assert desk.post("/desk/media/interviews/1/approve", {"approver": "x"}).status_code == 422
    found = desk.get("/desk/media?text=Асанов")
    assert f"/desk/media?person={sample.PERSON}#h-interview" in found.text


@ON_SQLITE
def test_a_sitting_that_is_called_off_shows_no_video_and_a_past_day_none_that_came_later(
    app: FastAPI, engine: Engine, desk: Client
) -> None:
    for sitting in (SOON, sample.SITTING):
        assert desk.post("/desk/media/videos", VIDEO | {"sitting": sitting}).status_code == 303
    outside = Client(app)
    assert "Запись на YouTube" in outside.get(f"/ru/sittings/{sample.SITTING}").text
    assert URL not in outside.get(f"/ru/sittings/{sample.SITTING}?as_of=2026-09-02").text
    mark = {"sitting_id": SOON, "change": "cancelled", "reason": "", "marked_by": "x", "marked_at": sample.NOW}
    with engine.begin() as conn:
        sample.add(conn, SittingMark, mark)
    assert URL not in outside.get(f"/ru/sittings/{SOON}").text
    assert "трансляция на YouTube с" not in outside.get("/ru/week").text
    assert f'name="sitting" value="{SOON}"' not in desk.get("/desk/media").text


@ON_SQLITE
def test_the_second_person_is_told_and_nobody_else_may(desk: Client, app: FastAPI, enter: SignIn) -> None:
    assert desk.post("/desk/media/videos", VIDEO).status_code == 303
    assert desk.post("/desk/media/videos", VIDEO | {"url": URL}).status_code == 303
    assert desk.get("/desk/media").text.count("/desk/media/videos/1/withdraw") == 2
    assert "/desk/media/videos/2/withdraw" not in desk.get("/desk/media").text
    assert desk.post("/desk/media/videos", VIDEO | {"starts": "11:00"}).status_code == 409
    other = enter("other", Role.EDITOR)[0]
    other.get("/desk/media")
    assert other.post("/desk/media/videos/1/withdraw", {"reason": " "}).status_code == 409
    assert other.post("/desk/media/videos/1/withdraw", {"reason": "не то"}).status_code == 303
    assert desk.post("/desk/media/videos/1/withdraw", {"reason": "не то"}).status_code == 409
    assert "не то" in desk.get("/desk/media").text
    assert desk.post("/desk/media/videos", VIDEO | {"sitting": "nowhere"}).status_code == 404
    assert desk.post("/desk/media/videos", {**VIDEO, "csrf_token": "0"}).status_code == 403
    lawyer = enter("lawyer", Role.LAWYER)[0]
    assert lawyer.get("/desk/media").status_code == 403
    assert lawyer.post("/desk/media/videos", VIDEO).status_code == 403
    assert Client(app).get("/desk/media").status_code in {302, 303, 401}
