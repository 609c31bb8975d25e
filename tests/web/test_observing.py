"""What the observers' form asks and sends, over HTTP."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
import time_machine
from PIL import Image
from sqlalchemy import Engine

from db.accounts import account_by_id
from db.audit import Act
from db.findings import Finding, FindingReview
from db.observations import Observation, Upload
from db.sessions import end_sessions
from db.settings import HomeSettings
from tests.tracker.house import LAW, House, agenda, deputies, line
from tests.tracker.noting import said, uuid
from tests.web.members import Client, Member, make_user, sign_in
from tracker.week.duties import assign
from vocab.observation import ObservationKind
from vocab.roles import Role
from web.app import create_app
from web.observe.words import QUESTIONS, in_both

NOW = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
TODAY, SITTING = NOW.date(), "plenary-2026-11-26"
TEXT = f"{LAW} (вносится на второе и третье чтения), инициатор – депутат Абдиев А.А."


@pytest.fixture
def hall(engine: Engine) -> House:
    """Today's sitting with one bill, and one of next week."""
    house = House(engine)
    house.state(*deputies(TODAY, convocation="VIII"))
    house.state(
        agenda(day=TODAY, lines=(line(TEXT, 3), line("О разном", 4))), agenda("agenda:2", TODAY + timedelta(days=6))
    )
    house.track()
    return house


@pytest.fixture
def client(hall: House, database_url: str, tmp_path: Path) -> Iterator[Client]:
    app = create_app(HomeSettings(home=tmp_path, database_url=database_url))
    yield Client(app)
    app.state.site.engine.dispose()


@pytest.fixture
def observer(hall: House) -> Member:
    return make_user(hall.engine, "aigul", Role.OBSERVER, language="ky")


@pytest.fixture
def inside(client: Client, observer: Member) -> Client:
    """A phone that is signed in and knows its token."""
    sign_in(client, observer)
    client.token = client.get("/observe/api/me").json()["csrf"]
    return client


def batch(*notes: Any, **changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {"device": "phone", "device_now": now.isoformat(), "notes": list(notes), **changes}


def note(number: int = 1, kind: str = "head_count", **changes: Any) -> dict[str, Any]:
    return said(number, kind, **{"sitting": SITTING, "device_at": "2026-11-26T11:02:10+06:00", **changes})


def send(client: Client, *notes: Any) -> list[dict[str, Any]]:
    answer = client.post_json("/observe/api/notes", batch(*notes))
    assert answer.status_code == 200, answer.text
    told: list[dict[str, Any]] = answer.json()["notes"]
    return told


def put(client: Client, data: bytes, name: str = uuid(1)) -> httpx.Response:
    headers = {"X-CSRF-Token": client.token, "Content-Type": "image/jpeg"}
    return client.ask("PUT", f"/observe/api/uploads/{name}", content=data, headers=headers)


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: Any) -> bytes:
    drawn = BytesIO()
    Image.new(mode, size, "red").save(drawn, form, **how)
    return drawn.getvalue()


def test_strangers_are_told_to_sign_in(client: Client, hall: House) -> None:
    assert client.get("/observe/api/me").status_code == 401
    assert client.post_json("/observe/api/notes", batch()).status_code in {401, 403}
    sign_in(client, make_user(hall.engine, "reader", Role.RESEARCHER))
    assert client.get("/observe/api/sittings").status_code == 403


def test_who_is_signed_in(inside: Client, observer: Member) -> None:
    told = inside.get("/observe/api/me").json()
    assert told["user"] == {"id": str(observer.id), "name": "Aigul", "login": "aigul", "roles": ["observer"]}
    assert (told["language"], told["form_version"], len(told["recovery_keys"])) == ("ky", 1, 1)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=20)):
        assert inside.get("/observe/api/me").json()["recovery_keys"] == []


def test_an_ended_session_is_over(inside: Client, observer: Member, hall: House) -> None:
    with hall.engine.begin() as conn:
        account = account_by_id(conn, observer.id)
        assert account
        end_sessions(conn, account, act=Act(who="admin", at=NOW))
    assert inside.post_json("/observe/api/notes", batch(note())).status_code in {401, 403}
    assert inside.get("/observe/api/notes?sitting=x").status_code == 401
    assert hall.rows(Observation) == []


def test_a_write_without_the_token_is_refused(inside: Client, hall: House) -> None:
    inside.token = "0" * 64
    assert inside.post_json("/observe/api/notes", batch(note())).status_code == 403
    assert put(inside, picture()).status_code == 403
    assert hall.rows(Observation) == []


def test_the_sittings_of_today_and_those_assigned(inside: Client, observer: Member, hall: House) -> None:
    with time_machine.travel(NOW):
        [today] = inside.get("/observe/api/sittings").json()["sittings"]
        with hall.engine.begin() as conn:
            assign(conn, "plenary-2026-12-02", observer.id, Act(who="coordinator", at=NOW))
        later = inside.get("/observe/api/sittings").json()["sittings"][1]
    assert (today["id"], today["day"], today["assigned"], today["observers"]) == (SITTING, "2026-11-26", False, [])
    assert (later["id"], later["assigned"], later["observers"]) == ("plenary-2026-12-02", True, ["Aigul"])


def test_everything_that_the_form_needs(inside: Client) -> None:
    told = inside.get(f"/observe/api/sittings/{SITTING}").json()
    assert (told["sitting"]["seats"], told["sitting"]["quorum"], told["sitting"]["body"]) == (90, 46, "plenary")
    item, other = told["items"]
    assert (other["number"], other["bill_id"], other["questions"]) == (4, None, [])
    assert (item["number"], item["readings"], item["kind"]) == (3, [2, 3], "law")
    assert item["bill_id"]
    asked = {one["kind"]: one for one in item["questions"]}
    assert {"opinion", "combined", "vote"} <= asked.keys()
    assert asked["combined"]["text"] == in_both(QUESTIONS[ObservationKind.COMBINED])
    assert {"registration", "head_count"} <= {one["kind"] for one in told["questions"]}
    assert {"id": "kasymov-kanat-kubatovich", "name": "Касымов Канат Кубатович", "faction": "Тоо"} in told["people"]
    assert told["fields"]["head_count"] == {"count": "number"}
    assert told["choices"]["ground"][-1] == "not_named"
    assert told["needed"]["head_count"] == "count"
    assert inside.get("/observe/api/sittings/plenary-2000-01-01").status_code == 404


def test_a_reviewer_asks_again(inside: Client, hall: House) -> None:
    [row] = hall.rows(Finding, subject_id=SITTING, check_id="R23")
    review = {"finding_id": row["id"], "decision": "asked_again", "reason": "Сколько в 11:00?", "decided_by": "lawyer"}
    hall.put(FindingReview, [{"id": 1, **review, "decided_at": NOW}], "id")
    for sitting in (SITTING, "plenary-2026-12-02"):
        first = inside.get(f"/observe/api/sittings/{sitting}").json()["questions"][0]
        assert (first["asked_again"], first["check"]) == ("Сколько в 11:00?", "R23")


def test_notes_are_answered_one_by_one(inside: Client, hall: House) -> None:
    good, bad = note(1, item=3), note(2, value={"count": "много"})
    first, second = send(inside, good, bad)
    assert (first["status"], first["marks"], first["unplaced"]) == ("received", [], None)
    assert (second["status"], second["field"], second["reason"]) == ("refused", "count", "not_a_number")
    assert "бүтүн сан" in second["message"]["ky"]
    assert "целое число" in second["message"]["ru"]
    assert send(inside, good)[0]["status"] == "known"
    [row] = hall.rows(Observation)
    assert row["value"]["bill"].startswith("t-")


def test_a_script_in_a_note_stays_text(inside: Client) -> None:
    send(inside, note(1, "note", value={"text": "<script>alert(1)</script>"}))
    half = json.dumps(batch({"uuid": "<script>\ud800"})).encode()
    headers = {"X-CSRF-Token": inside.token, "Content-Type": "application/json"}
    refused = inside.ask("POST", "/observe/api/notes", content=half, headers=headers)
    assert refused.json()["notes"][0]["uuid"] == "<script>"
    answer = inside.get(f"/observe/api/notes?sitting={SITTING}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["notes"][0]["value"]["text"] == "<script>alert(1)</script>"
    assert "<script>" not in inside.get(f"/ru/sittings/{SITTING}").text


def test_a_new_phone_gets_the_notes_back(inside: Client) -> None:
    send(inside, note(1), note(2, value={"count": 60}, corrects=uuid(1)), note(3, value={}, corrects=uuid(2)))
    notes = inside.get(f"/observe/api/notes?sitting={SITTING}").json()["notes"]
    assert [(one["uuid"], one["corrected"], one["withdrawn"]) for one in notes] == [
        (uuid(1), True, False),
        (uuid(2), True, False),
        (uuid(3), False, True),
    ]
    assert notes[0]["observed_at"].startswith("2026-11-26T05:02:")
    assert inside.get("/observe/api/notes?sitting=%00").json()["notes"] == []


def test_what_is_no_batch(inside: Client) -> None:
    headers = {"X-CSRF-Token": inside.token, "Content-Type": "application/json"}
    for body, status, reason in (
        (b"no json", 400, "not_a_batch"),
        (b"[" * 100_000, 400, "not_a_batch"),
        (b"[]", 400, "not_a_batch"),
        (json.dumps(batch(notes={})).encode(), 400, "not_a_batch"),
        (json.dumps(batch(device=None)).encode(), 400, "not_a_batch"),
        (json.dumps(batch(device_now="2026-11-27T10:00:00")).encode(), 400, "not_a_batch"),
        (json.dumps(batch(*[{}] * 201)).encode(), 413, "too_many"),
        (b" " * (2 * 1024 * 1024 + 1), 413, "too_large"),
    ):
        answer = inside.ask("POST", "/observe/api/notes", content=body, headers=headers)
        assert (answer.status_code, answer.json()["reason"]) == (status, reason)


def test_a_picture_is_kept_without_its_secrets(inside: Client, hall: House, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Phone of Aigul"
    exif.get_ifd(0x8825)[1] = "N"
    sent = picture(exif=exif, comment=b"secret place")
    first, again = put(inside, sent), put(inside, sent)
    assert (first.status_code, first.json()["status"]) == (201, "received")
    assert (again.status_code, again.json()["status"]) == (200, "known")
    kept = inside.get(f"/observe/api/uploads/{uuid(1)}").content
    with Image.open(BytesIO(kept)) as shown:
        assert (shown.format, shown.size, dict(shown.getexif())) == ("JPEG", (40, 60), {})
    assert b"Aigul" not in kept
    assert b"secret" not in kept
    [row] = hall.rows(Upload)
    assert (row["width"], row["height"], row["size"]) == (40, 60, len(kept))
    [file] = (tmp_path / "uploads").rglob("*.jpg")
    assert file.stat().st_mode & 0o777 == 0o600


def test_pictures_that_are_refused(inside: Client, hall: House) -> None:
    for data, status, reason in (
        (b"<svg onload='alert(1)'/>", 415, "not_a_picture"),
        (picture("PNG", (8000, 7000), "1"), 413, "too_many_pixels"),
        (b"\xff" * (10 * 1024 * 1024 + 1), 413, "too_large"),
    ):
        answer = put(inside, data)
        assert (answer.status_code, answer.json()["reason"]) == (status, reason)
        assert answer.json()["message"]["ky"]
    assert hall.rows(Upload) == []


def test_ten_megabytes_are_accepted(inside: Client) -> None:
    sent = picture()
    assert put(inside, sent + b"\0" * (10 * 1024 * 1024 - len(sent))).status_code == 201


def test_pictures_belong_to_who_sent_them(inside: Client, client: Client, hall: House) -> None:
    assert put(inside, picture(), "no-uuid").json()["reason"] == "bad_uuid"
    put(inside, picture())
    assert put(inside, picture(size=(9, 9))).json()["reason"] == "upload_conflict"
    sign_in(client, make_user(hall.engine, "bakyt", Role.OBSERVER))
    assert client.get(f"/observe/api/uploads/{uuid(1)}").status_code == 404
    sign_in(client, make_user(hall.engine, "coordinator", Role.COORDINATOR))
    assert client.get(f"/observe/api/uploads/{uuid(1)}").status_code == 200
    assert client.get("/observe/api/uploads/nothing").status_code == 404
