"""Posts on the desk: what waits is seen, each act goes through its form, nothing runs, and nobody else comes near."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, insert, select, text, update

from cli.conditions import conditions
from db.audit import newest, verify
from db.engine import reader
from db.happenings import Happening
from db.outbox import ChannelState, Delivery, DeliveryStep
from db.settings import HomeSettings
from db.upsert import table_of
from publish.deciding import decide_now, open_desk
from publish.message import Mark, Message, Part, Picture, Span, as_json
from publish.outbox.queue import standing
from tests.web.desk.conftest import SignIn
from tests.web.members import Client
from vocab.dates import BISHKEK
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName
from vocab.roles import Role

NOW = datetime.now(UTC)
SCRIPT = "О бюджете <script>alert(1)</script>"
ACCOUNTS = [(channel, lang) for channel in (ChannelName.TELEGRAM, ChannelName.X) for lang in LANGUAGES]
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DELIVERY = table_of(Delivery)


def decided(engine: Engine, settings: HomeSettings, *titles: str) -> None:
    """A post for each title, decided as the newsdesk does."""
    today = NOW.astimezone(BISHKEK).date()
    for place, title in enumerate(titles):
        row: dict[str, Any] = {"kind": "act_published", "key": f"a{place}", "subject_kind": "bill", "title": title}
        row |= {"subject_id": f"b{place}", "day": today, "seen_at": NOW - timedelta(hours=1), "facts": {}}
        with engine.begin() as conn:
            conn.execute(insert(table_of(Happening)).values(**row, evidence=[{"url": "https://kenesh.kg/1"}]))
    if engine.dialect.name == "postgresql":  # the sample numbers its runs itself
        with engine.begin() as conn:
            conn.execute(text("SELECT setval(pg_get_serial_sequence('run', 'id'), 1000)"))
    decide_now(engine, open_desk(settings, "https://baikoo.example", ACCOUNTS), now=NOW)


@pytest.fixture
def desk(engine: Engine, settings: HomeSettings, enter: SignIn) -> Client:
    """An editor, and one post for six accounts."""
    decided(engine, settings, SCRIPT)
    client = enter("editor", Role.EDITOR)[0]
    client.get("/desk/posts")
    return client


def row(engine: Engine, number: int = 1) -> dict[str, Any]:
    with engine.connect() as conn:
        return dict(conn.execute(select(DELIVERY).where(DELIVERY.c.id == number)).mappings().one())


def stands(engine: Engine, number: int = 1, **values: Any) -> None:
    with engine.begin() as conn:
        conn.execute(update(DELIVERY).where(DELIVERY.c.id == number).values(**values))


def page_of(desk: Client, engine: Engine) -> tuple[str, str]:
    """The address of the post, and its page."""
    address = f"/desk/posts/{quote(row(engine)['event'])}"
    return address, desk.get(address).text


def send(desk: Client, engine: Engine, act: str, number: int = 1, **form: str) -> Any:
    """Do it as the page shows the delivery now."""
    address, page = page_of(desk, engine)
    seen = re.search(rf'name="seen" value="({number}:[0-9a-f]+)"', page)
    return desk.post(address, {"act": act, "seen": seen.group(1) if seen else f"{number}:{'0' * 16}", **form})


def test_the_queue_shows_what_waits_and_counts_as_the_command_does(desk: Client, engine: Engine) -> None:
    stands(engine, 1, state="unknown", started_at=NOW, cause="the line broke")
    stands(engine, 2, state="dead", cause="400 <b>too long</b>")
    page = desk.get("/desk/posts").text
    assert "<script>alert" not in page
    assert "<b>too long" not in page
    assert page.index("the line broke") < page.index("too long") < page.rindex("ждёт одобрения")
    with reader(engine) as conn:
        counts = standing(conn, NOW).counts
    shown = {int(one) for one in re.findall(r'</a>&nbsp;<span class="count">(\d+)</span>', page)}
    assert shown == {sum(counts.values()), 1, 4}
    assert "1 пост ждёт редактора" in desk.get("/desk").text
    assert desk.get("/desk/posts?state=dead&channel=telegram&language=").text.count('class="open"') == (
        row(engine, 2)["channel"] == "telegram"
    )
    assert "Ни один пост" in desk.get("/desk/posts?kind=hearing").text


def test_drafts_are_approved_together_and_one_is_put_back_scheduled_and_rejected(desk: Client, engine: Engine) -> None:
    address, page = page_of(desk, engine)
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert " / 280" in page
    seen = re.findall(r'name="seen" value="(\d+:[0-9a-f]+)"', page)[:6]
    assert desk.post(address, {"act": "approve", "seen": seen}).status_code == 303
    assert {row(engine, one)["state"] for one in range(1, 7)} == {"approved"}
    again = desk.post(address, {"act": "approve", "seen": seen})
    assert again.status_code == 409
    assert "Editor" in again.text
    tomorrow = (NOW + timedelta(days=1)).astimezone(BISHKEK)
    assert send(desk, engine, "schedule", at=f"{tomorrow:%Y-%m-%dT%H:%M}").status_code == 303
    assert abs(row(engine)["due_at"] - tomorrow) < timedelta(minutes=1)
    for wrong in ("", "soon", "2020-01-01T10:00", "2999-01-01T10:00", "2026-12-01T10:00+03:00"):
        assert send(desk, engine, "schedule", at=wrong).status_code == 422
    assert send(desk, engine, "put_back").status_code == 303
    assert row(engine)["state"] == "draft"
    assert send(desk, engine, "reject", reason=" ").status_code == 422
    assert send(desk, engine, "reject", reason="ошибка в числах").status_code == 303
    assert (row(engine)["state"], row(engine)["cause"]) == ("rejected", "ошибка в числах")
    assert send(desk, engine, "withdraw", number=2, reason="отозвано").status_code == 303
    assert row(engine, 2)["state"] == "withdrawn"
    with reader(engine) as conn:
        assert {one["action"] for one in newest(conn, 4)} >= {"delivery withdraw", "delivery reject"}
        assert verify(conn) is None


@ON_SQLITE
def test_nothing_of_many_is_done_where_one_changed(desk: Client, engine: Engine) -> None:
    address, page = page_of(desk, engine)
    seen = re.findall(r'name="seen" value="(\d+:[0-9a-f]+)"', page)[:6]
    stands(engine, 4, state="lapsed", changed_at=NOW + timedelta(seconds=1))
    answer = desk.post(address, {"act": "approve", "seen": seen})
    assert answer.status_code == 409
    assert 'href="#d-4"' in answer.text
    assert row(engine, 1)["state"] == "draft"
    assert desk.post(address, {"act": "approve", "seen": ["99:0000000000000000"]}).status_code == 404
    assert desk.post(address, {"act": "publish", "seen": seen}).status_code == 422
    assert desk.post("/desk/posts/none:1", {"act": "approve", "seen": seen}).status_code == 404


@ON_SQLITE
def test_words_are_tried_fitted_and_kept(desk: Client, engine: Engine) -> None:
    with engine.connect() as conn:
        number = conn.execute(select(DELIVERY.c.id).where(DELIVERY.c.channel == "x")).scalars().first() or 0
    tried = send(
        desk, engine, "preview", number, text="Короче. <img src=x onerror=alert(1)> https://baikoo.example/ru/"
    )
    assert tried.status_code == 200
    assert "<img src=x" not in tried.text
    assert row(engine, number)["edited_by"] == ""
    assert send(desk, engine, "edit", number, text="слово " * 900).status_code == 422
    assert send(desk, engine, "edit", number, text=" ").status_code == 422
    assert send(desk, engine, "edit", number, text="Короче. #Бюджет").status_code == 303
    assert "Короче" in str(row(engine, number)["message"])
    stands(engine, 1, state="refused", message={}, cause="no words")
    assert "no words" in page_of(desk, engine)[1]
    assert send(desk, engine, "edit", text="Своими словами").status_code == 303
    assert row(engine)["state"] == "draft"


@ON_SQLITE
def test_what_is_out_is_changed_and_taken_off_where_the_channel_allows_it(
    desk: Client, engine: Engine, settings: HomeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAIKOO_HOME", str(settings.home))
    stands(engine, 1, channel="feeds", lang="ru", state="sent", sent_at=NOW, sent=[{"id": "1", "url": ""}])
    assert send(desk, engine, "edit_there", text="Верные слова").status_code == 303
    assert (row(engine)["state"], "Верные слова" in str(row(engine)["message"])) == ("sent", True)
    assert send(desk, engine, "delete_there").status_code == 303
    assert row(engine)["state"] == "deleted"
    assert send(desk, engine, "delete_there").status_code == 409


@ON_SQLITE
def test_what_is_unknown_is_settled_by_who_looked_and_only_the_dead_go_again(desk: Client, engine: Engine) -> None:
    stands(engine, 1, state="unknown", started_at=NOW)
    assert send(desk, engine, "found", url="javascript:alert(1)").status_code == 422
    assert send(desk, engine, "send_again", reason="x").status_code == 422
    assert send(desk, engine, "absent", reason="").status_code == 422
    assert send(desk, engine, "absent", reason="лента просмотрена в 10:40").status_code == 303
    assert row(engine)["state"] == "dead"
    assert send(desk, engine, "send_again", reason="ключ исправлен").status_code == 303
    assert row(engine)["state"] == "approved"
    stands(engine, 2, state="unknown", started_at=NOW)
    assert send(desk, engine, "found", 2, url="https://t.me/baikoo/7").status_code == 303
    page = page_of(desk, engine)[1]
    assert 'href="https://t.me/baikoo/7"' in page
    stands(engine, 2, sent=[{"id": "1", "url": "javascript:alert(1)"}])
    assert 'href="javascript' not in page_of(desk, engine)[1]
    assert send(desk, engine, "delete_there", 2).status_code == 422  # the channel is off
    assert (row(engine, 2)["state"], row(engine, 2)["sent"][0]["id"]) == ("sent", "1")
    with engine.connect() as conn:
        causes = set(conn.execute(select(table_of(DeliveryStep).c.cause)).scalars())
    assert {"лента просмотрена в 10:40", "ключ исправлен", "https://t.me/baikoo/7"} <= causes


def test_a_channel_is_stopped_with_a_reason_and_goes_on_after_being_asked(desk: Client, engine: Engine) -> None:
    place = "/desk/posts/channels"
    assert desk.post(place, {"step": "stop", "channel": "x", "reason": ""}).status_code == 422
    assert desk.post(place, {"step": "stop", "channel": "x", "reason": "взломан"}).status_code == 303
    assert desk.post(place, {"step": "stop", "channel": "all", "reason": "все"}).status_code == 303
    assert "взломан" in desk.get("/desk/posts").text
    asked = desk.get(f"{place}?resume=x").text
    assert 'name="step" value="resume"' in asked
    assert 'name="step" value="resume"' not in desk.get(place).text
    for name in ("x", "all"):
        assert desk.post(place, {"step": "resume", "channel": name}).status_code == 303
    assert desk.post(place, {"step": "resume", "channel": "x"}).status_code == 409
    assert desk.post(place, {"step": "stop", "channel": "myspace", "reason": "x"}).status_code == 422
    with engine.connect() as conn:
        assert set(conn.execute(select(table_of(ChannelState).c.reason)).scalars()) == {""}
    assert "всегда человек" in desk.get(place).text


@ON_SQLITE
def test_a_card_is_shown_with_its_words_and_nothing_else_is_a_card(
    desk: Client, engine: Engine, settings: HomeSettings
) -> None:
    name = f"{'a' * 64}.png"
    settings.cards_dir.mkdir(exist_ok=True)
    (settings.cards_dir / name).write_bytes(b"\x89PNG")
    (settings.home / "secret.png").write_bytes(b"secret")
    part: Part = (Span("Слово", Mark.PLAIN),)
    message = Message(title="Т", parts=(part,), link="https://x.example/", picture=Picture(file=name, alt='"><script>'))
    stands(engine, 1, message=as_json(message))
    page = page_of(desk, engine)[1]
    assert f'src="/desk/posts/cards/{name}"' in page
    assert '"><script>' not in page
    answer = desk.get(f"/desk/posts/cards/{name}")
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (200, b"\x89PNG", "no-store")
    wrong = ("../secret.png", "..%2fsecret.png", "%2e%2e/secret.png", f"{'b' * 64}.png", f"../cards/{name}%00")
    assert {desk.get(f"/desk/posts/cards/{one}").status_code for one in wrong} <= {404, 422}


@ON_SQLITE
def test_every_kind_is_shown_on_every_channel_and_own_files_are_named(desk: Client, settings: HomeSettings) -> None:
    own = settings.home / "templates" / "ru" / "posts"
    own.mkdir(parents=True)
    (own / "law_signed.telegram.j2").write_text("Наши слова: {{ items[0].title }}")
    (own / "law_signed.x.j2").write_text("{{ nothing }}")
    page = desk.get("/desk/posts/templates?kind=law_signed&language=ru").text
    assert "Наши слова" in page
    assert "law_signed.x.j2" in page
    assert "nothing" in page
    assert page.count('class="delivery"') == len(ChannelName)
    assert desk.get("/desk/posts/templates?kind=rumour").status_code == 422


@ON_SQLITE
def test_only_editors_and_admins_come_here(desk: Client, app: FastAPI, engine: Engine, enter: SignIn) -> None:
    event = quote(row(engine)["event"])
    places = ("", f"/{event}", "/channels", "/templates", f"/cards/{'a' * 64}.png")
    for role in (Role.OBSERVER, Role.LAWYER, Role.COORDINATOR, Role.RESEARCHER):
        other = enter(role.value, role)[0]
        assert {other.get(f"/desk/posts{place}").status_code for place in places} == {403}
        assert other.post(f"/desk/posts/{event}", {"act": "approve", "seen": "1:0000000000000000"}).status_code == 403
        assert other.post("/desk/posts/channels", {"step": "stop", "channel": "all", "reason": "x"}).status_code == 403
    admin = enter("admin", Role.ADMIN, language="ky")[0]
    assert {admin.get(f"/desk/posts{place}").status_code for place in places[:4]} == {200}
    assert {Client(app).get(f"/desk/posts{place}").status_code for place in places} == {303}
    forged = desk.post(f"/desk/posts/{event}", {"act": "approve", "seen": "1:0000000000000000", "csrf_token": "0"})
    assert forged.status_code == 403


@ON_SQLITE
def test_an_empty_desk_says_what_will_appear(enter: SignIn) -> None:
    page = enter("editor", Role.EDITOR, language="ky")[0].get("/desk/posts").text
    assert "Азырынча" in page


@ON_SQLITE
def test_the_staff_is_told_of_a_stopped_channel(desk: Client, engine: Engine, settings: HomeSettings) -> None:
    def told() -> dict[str, str]:
        with reader(engine) as conn:
            return {key: words for key, words in conditions(conn, settings, NOW).items() if key.startswith("channel")}

    assert told() == {}
    assert desk.post("/desk/posts/channels", {"step": "stop", "channel": "x", "reason": "взломан"}).status_code == 303
    assert told() == {"channel_stopped:x": "Отправка постов остановлена (x): взломан"}
    assert desk.post("/desk/posts/channels", {"step": "resume", "channel": "x"}).status_code == 303
    assert told() == {}
