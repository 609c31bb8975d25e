"""Facts on the desk: chosen, stated, shown to the public with the source alone, withdrawn."""

import pytest
from sqlalchemy import Engine

from db.engine import reader
from tests.web import sample
from tests.web.desk.conftest import SignIn
from tracker.stored_facts import all_facts
from vocab.roles import Role
from vocab.timeline import SubjectKind

SUBJECT = f"bill:{sample.BILL}"
PAGE = f"/desk/facts?subject={SUBJECT}"
LETTER = f"Письмо № 12 {sample.SCRIPT}, тел. 0312 66-12-34"
FACT = {"subject": SUBJECT, "kind": "signed", "day": "2014-12-01", "source": LETTER}


def stated(engine: Engine) -> list[tuple[str, str, str | None]]:
    with reader(engine) as conn:
        rows = all_facts(conn, SubjectKind.BILL, sample.BILL)
    return [(row["kind"], row["stated_by"], row["withdrawn_reason"]) for row in rows]


def test_a_fact_is_stated_shown_and_withdrawn(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("aigul", Role.COORDINATOR)
    found = desk.get("/desk/facts?text=образовании").text
    assert f'href="{PAGE}"' in found
    assert "Ничего не найдено" in desk.get("/desk/facts?text=нигде").text
    assert f"subject=sitting:{sample.SITTING}" in desk.get("/desk/facts?text=2017-05-17").text
    assert f'href="{PAGE}"' in desk.get(f"/desk/facts?text={sample.BILL}").text
    form = desk.get(f"{PAGE}&kind=document").text
    assert "правовая экспертиза" in form.lower() or 'value="legal"' in form
    assert 'name="faction"' not in form
    answer = desk.post("/desk/facts", FACT)
    assert answer.headers["location"] == f"{PAGE}#fact-1"
    desk.post("/desk/facts", FACT)
    assert stated(engine) == [("signed", "user:1", None)]
    page = desk.get(PAGE).text
    assert "&lt;script&gt;" in page
    assert sample.SCRIPT not in page
    public = desk.get(f"/ru/bills/{sample.BILL}").text
    assert "сообщил участник коалиции, источник: Письмо № 12 &lt;script&gt;" in public
    assert "Aigul" not in public
    assert "66-12-34" not in public
    desk.get(PAGE)
    assert desk.post("/desk/facts/1/withdraw", {"subject": SUBJECT, "reason": " "}).status_code == 409
    assert desk.post("/desk/facts/1/withdraw", {"subject": SUBJECT, "reason": "описка"}).status_code == 303
    assert stated(engine) == [("signed", "user:1", "описка")]
    assert "сообщил участник коалиции" not in desk.get(f"/ru/bills/{sample.BILL}").text
    assert "описка" in desk.get(PAGE).text


def test_a_link_is_not_followed_by_machines(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("lawyer", Role.LAWYER)
    desk.get(PAGE)
    form = {"subject": SUBJECT, "kind": "adopted", "day": "2014-12-01", "source": "https://example.kg/1"}
    assert desk.post("/desk/facts", form | {"readings": ["1", "2"], "for": "70"}).status_code == 303
    public = desk.get(f"/ru/bills/{sample.BILL}").text
    assert '<a href="https://example.kg/1" rel="noopener nofollow external">example.kg</a>' in public


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": ""}, "Источник: Укажите источник"),
        ({"day": "завтра"}, "День: Укажите день."),
        ({"kind": "ballot"}, "Выберите, что произошло."),
        ({"what": "legal"}, "Этого поля здесь нет."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    engine: Engine, enter: SignIn, changes: dict[str, str], said: str
) -> None:
    desk, _ = enter("aigul", Role.COORDINATOR)
    desk.get(PAGE)
    page = desk.post("/desk/facts", FACT | changes)
    assert (page.status_code, said in page.text) == (422, True)
    assert stated(engine) == []


def test_researchers_read_and_others_do_not_come_in(engine: Engine, enter: SignIn) -> None:
    desk, _ = enter("reader", Role.RESEARCHER)
    assert 'name="kind"' not in desk.get(PAGE).text
    assert desk.post("/desk/facts", FACT).status_code == 403
    observer, _ = enter("observer", Role.OBSERVER)
    assert observer.get(PAGE).status_code == 403
    lawyer, _ = enter("lawyer", Role.LAWYER)
    lawyer.token = "stranger"
    assert lawyer.post("/desk/facts", FACT).status_code == 403
    assert stated(engine) == []
    assert lawyer.get("/desk/facts?subject=bill:none").status_code == 404
    assert lawyer.get("/desk/facts?subject=person:x").status_code == 404
    assert "Добавить факт" in lawyer.get(f"/desk/findings/{sample.UNREVIEWED}").text
