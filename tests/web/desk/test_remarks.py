"""From «Report an error» and «Reply» to the desk and back to the page."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, select

from db.audit import newest, verify
from db.engine import reader
from db.happenings import HappeningAbout
from db.remarks import Remark, RemarkContact
from db.upsert import table_of
from tests.web import sample
from tests.web.desk.conftest import SignIn
from tests.web.members import Client
from tracker import remarks as kept
from vocab.roles import Role
from web.public.remark_form import FREE, LONGEST

PAGE = f"/findings/{sample.BROKEN}"
REPLY = {"page": PAGE, "kind": "reply", "name": "Асан Асанов", "post": "Комитет, пресс-служба"}
HOSTILE = f"{sample.SCRIPT}\nТел. +996 555 12 34 56, a@b.example\u202e"
SHOW = {"decision": "shown", "reason": "письмо с бланка", "shown_as": "Комитет", "verified": "true", "seen": 0}

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def guest(app: FastAPI, page: str = PAGE, lang: str = "ru") -> Client:
    client = Client(app)
    assert client.get(f"/{lang}/remarks/new?page={page}").status_code == 200
    return client


def sent(client: Client, **form: str) -> str:
    answer = client.post("/ru/remarks/new", form)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removesuffix("?new=1")


def test_a_reply_is_shown_only_after_a_lawyer_verified_it(app: FastAPI, engine: Engine, enter: SignIn) -> None:
    outside = guest(app)
    receipt = sent(outside, **REPLY, text=HOSTILE, contact="a@b.example")
    assert "ждёт" in outside.get(receipt).text
    with reader(engine) as conn:
        assert b"a@b" not in conn.execute(select(table_of(RemarkContact).c.sealed)).scalar_one().encode()
    assert "Асан Асанов" not in outside.get(f"/ru{PAGE}").text
    desk, _ = enter("lawyer", Role.LAWYER)
    page = desk.get("/desk/remarks/1").text
    assert ("a@b.example" in page, "<script>alert" in page) == (True, False)
    for lacking in ({"verified": ""}, {"reason": " "}, {"shown_as": ""}):
        assert desk.post("/desk/remarks/1", SHOW | lacking).status_code == 422
    assert desk.post("/desk/remarks/1", SHOW).headers["location"] == "/desk/remarks/1?done=shown"
    for lang in ("ky", "ru", "en"):
        page = outside.get(f"/{lang}{PAGE}").text
        assert "Комитет" in page
        assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page
        assert ("a@b.example" in page, "+996 555" in page, "\u202e" in page) == (False, False, False)
    with reader(engine) as conn:
        assert conn.execute(select(table_of(RemarkContact))).all() == []
        assert (newest(conn, 1)[0]["action"], verify(conn)) == ("remark shown", None)
    taken_down = SHOW | {"decision": "refused", "answer": "не от него", "seen": 1}
    assert desk.post("/desk/remarks/1", taken_down).status_code == 303
    assert "Асан" not in outside.get(f"/ru{PAGE}").text
    assert "не от него" in outside.get(receipt).text


@ON_SQLITE
def test_an_error_is_answered_by_an_editor_and_a_reply_is_not(app: FastAPI, enter: SignIn) -> None:
    outside = guest(app, f"/bills/{sample.BILL}")
    receipt = sent(outside, page=f"/bills/{sample.BILL}", text="Номер не тот.")
    sent(outside, **REPLY, text="Мы против.")
    editor, _ = enter("editor", Role.EDITOR)
    assert "Номер не тот." in editor.get("/desk/remarks").text
    assert "Номер не тот." not in editor.get("/desk/remarks?kind=reply").text
    assert editor.post("/desk/remarks/2", SHOW).status_code == 403
    editor.get("/desk/remarks/1")
    assert editor.post("/desk/remarks/1", SHOW).status_code == 422
    assert editor.post("/desk/remarks/1", {"decision": "answered", "reason": "верно"}).status_code == 422
    answer = {"decision": "answered", "reason": "верно", "answer": "Исправлено, спасибо."}
    assert editor.post("/desk/remarks/1", answer).status_code == 303
    assert "Исправлено, спасибо." in outside.get(receipt).text
    assert enter("observer", Role.OBSERVER)[0].get("/desk/remarks").status_code == 403


@ON_SQLITE
def test_the_second_person_learns_what_the_first_decided(app: FastAPI, enter: SignIn) -> None:
    sent(guest(app), page=PAGE, text="Не так.")
    first, second = enter("first", Role.LAWYER)[0], enter("second", Role.LAWYER)[0]
    first.post("/desk/remarks/1", {"decision": "checking", "reason": "смотрю"})
    page = second.post("/desk/remarks/1", {"decision": "refused", "reason": "мой довод", "answer": "нет"})
    assert (page.status_code, "First" in page.text, "мой довод" in page.text) == (409, True, True)


@ON_SQLITE
def test_nothing_is_kept_about_a_page_that_nobody_sees(app: FastAPI) -> None:
    client = guest(app)
    nowhere = ("/bills/none", "/rules/R999", "/committees/none", "/search", "//evil.example", "")
    for page in (f"/findings/{sample.UNREVIEWED}", *nowhere):
        assert client.get(f"/ru/remarks/new?page={page}").status_code == 404
        assert client.post("/ru/remarks/new", {"page": page, "text": "?"}).status_code == 404
    assert client.post("/ru/remarks/new", {"page": f"/bills/{sample.BILL}", "kind": "reply"}).status_code == 404


@ON_SQLITE
def test_what_is_missing_is_said_and_what_was_typed_stays(app: FastAPI, engine: Engine) -> None:
    client = guest(app)
    for form in (
        {"page": PAGE, "text": " "},
        {"page": PAGE, "text": "а" * (LONGEST + 1)},
        {"page": PAGE, "text": "да", "website": "http://spam.example"},
        REPLY | {"text": "да", "name": ""},
        REPLY | {"text": "да", "post": ""},
    ):
        answer = client.post("/ru/remarks/new", form)
        assert (answer.status_code, form["text"].strip() in answer.text) == (422, True)
    assert Client(app).post("/ru/remarks/new", {"page": PAGE, "text": "чужая форма"}).status_code == 403
    with reader(engine) as conn:
        assert conn.execute(select(table_of(Remark))).all() == []
    assert client.get("/ru/remarks/" + "x" * 22).status_code == 404


@ON_SQLITE
def test_a_flood_is_braked(app: FastAPI, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    client = guest(app)
    for n in range(FREE):
        sent(client, page=PAGE, text=f"раз {n}")
    answer = client.post("/ru/remarks/new", {"page": PAGE, "text": "ещё"})
    assert (answer.status_code, "ещё" in answer.text, "Слишком много" in answer.text) == (429, True, True)
    monkeypatch.setattr(kept, "MOST_WAITING", FREE)
    with engine.begin() as conn, pytest.raises(kept.QueueFull):
        kept.keep_remark(conn, None, datetime.now(UTC))  # type: ignore[arg-type]


def test_contacts_and_refused_texts_are_forgotten(app: FastAPI, engine: Engine, enter: SignIn) -> None:
    client = guest(app)
    for text in ("первое", "второе"):
        sent(client, page=PAGE, text=text, contact="a@b.example")
    desk, _ = enter("lawyer", Role.LAWYER)
    desk.get("/desk/remarks/2")
    desk.post("/desk/remarks/2", {"decision": "refused", "reason": "брань", "answer": "нет"})
    now, year = datetime.now(UTC), timedelta(days=365)
    for moment, found in ((now, (0, 0)), (now + year, (1, 1)), (now + year, (0, 0))):
        with engine.begin() as conn:
            forgotten = kept.forget_contacts(conn, moment, year), kept.forget_refused(conn, moment, year)
        assert forgotten == found
    with reader(engine) as conn:
        assert conn.execute(select(table_of(Remark).c.text)).scalars().all() == ["первое", ""]


@ON_SQLITE
def test_a_correction_is_seen_by_everybody(app: FastAPI, enter: SignIn) -> None:
    place = f"/bills/{sample.BILL}"
    desk, _ = enter("editor", Role.EDITOR)
    assert desk.get("/desk/corrections?page=/nowhere").status_code == 404
    desk.get(f"/desk/corrections?page={place}")
    words = {"page": place, "said": "№ 1", "correct": sample.SCRIPT, "reason": "описка", "since": "2026-01-02"}
    assert desk.post("/desk/corrections", words | {"reason": ""}).status_code == 422
    assert desk.post("/desk/corrections", words | {"since": "2099-01-01"}).status_code == 422
    assert desk.post("/desk/corrections", words).status_code == 303
    for address in (f"/en{place}", "/en/corrections"):
        page = Client(app).get(address).text
        assert ("№ 1" in page, "описка" in page, "<script>alert" in page) == (True, True, False)
    assert "by: Editor" in Client(app).get(f"/en{place}").text
    assert "user:" not in Client(app).get(f"/en{place}").text


@ON_SQLITE
def test_a_correction_of_a_finding_is_told_to_those_who_follow_its_sitting(
    app: FastAPI, engine: Engine, enter: SignIn
) -> None:
    place = f"/findings/{sample.BROKEN}"
    desk, _ = enter("editor", Role.EDITOR)
    desk.get(f"/desk/corrections?page={place}")
    words = {"page": place, "said": "97", "correct": "98", "reason": "описка"}
    assert desk.post("/desk/corrections", words).status_code == 303
    about = table_of(HappeningAbout).c
    with reader(engine) as conn:
        told = conn.execute(select(about.dossier_type).add_columns(about.dossier_id)).all()
    assert set(told) == {("finding", sample.BROKEN), ("sitting", sample.SITTING)}


@ON_SQLITE
def test_the_desk_says_how_many_remarks_wait(app: FastAPI, enter: SignIn) -> None:
    desk, _ = enter("editor", Role.EDITOR)
    assert 'href="/desk/remarks">0 ' in desk.get("/desk").text
    sent(guest(app), page=PAGE, kind="error", text="Не та цифра")
    assert 'href="/desk/remarks">1 ' in desk.get("/desk").text


@ON_SQLITE
def test_an_admin_erases_somebody_who_never_comes_back(app: FastAPI, engine: Engine, enter: SignIn) -> None:
    admin, _ = enter("admin", Role.ADMIN)
    observer, member = enter("aigul@example.kg", Role.OBSERVER)
    page = f"/desk/users/{member.id}"
    admin.get(page)
    assert admin.post(f"{page}/erase", {"login": "another"}).status_code == 422
    assert observer.get("/account").status_code == 200
    assert admin.post(f"{page}/erase", {"login": "Aigul@example.kg"}).headers["location"] == f"{page}?done=erased"
    assert observer.get("/account").status_code == 303
    assert "aigul" not in admin.get(page).text.casefold()
    for step in ("activate", "roles", "erase"):
        form = {"roles": "observer", "login": f"erased-{member.id}"}
        assert admin.post(f"{page}/{step}", form).status_code == 422, step
    assert admin.post(f"{page}/link").status_code == 409
    with reader(engine) as conn:
        assert verify(conn) is None


@ON_SQLITE
def test_the_privacy_page_tells_the_terms(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    for lang, word in (("ky", "365 күн"), ("ru", "365 дней"), ("en", "365 days")):
        page = Client(app).get(f"/{lang}/privacy").text
        assert word in page
    for contact, shown in (
        ("a@b.example", "mailto:a%40b.example"),
        ("https://b.example/", 'href="https://b.example/"'),
    ):
        monkeypatch.setenv("BAIKOO_CONTACT", contact)
        assert shown in Client(app).get("/en/privacy").text
