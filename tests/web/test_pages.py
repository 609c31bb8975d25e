import re
from pathlib import Path

import pytest

from db.bills import Bill, BillStanding
from db.engine import open_engine
from tests.conftest import NewHome
from tests.web import sample
from tests.web.conftest import Visitor, open_site
from tests.web.sample import BILL, BROKEN, COMING, COMMITTEE, HOLDER, HOSTILE, KEPT, OLD, PERSON, SCRIPT, SITTING, VOTES

LISTS = ("/ru/", "/ru/bills", "/ru/sittings", "/ru/persons", "/ru/findings")
DETAILS = (
    f"/ru/bills/{BILL}",
    f"/ru/bills/{BILL}?as_of=2026-09-01",
    f"/ru/bills/{BILL}?as_of=2020-01-01",
    f"/ru/bills/{HOSTILE}",
    f"/ru/sittings/{SITTING}",
    f"/ru/sittings/{SITTING}?as_of=2020-01-01",
    f"/ru/sittings/{VOTES}",
    f"/ru/sittings/{COMING}",
    f"/ru/sittings/{COMMITTEE}",
    f"/ru/persons/{PERSON}",
    f"/ru/persons/{HOLDER}",
    f"/ru/findings/{BROKEN}",
    f"/ru/findings/{OLD}",
    "/ru/findings/f-bill",
    "/ru/evidence/1",
    "/ru/evidence/2",
    "/ru/evidence/3",
    "/ru/evidence/4",
    "/ru/evidence/5",
)

ORDERED = tuple(
    f"/ru/{name}?sort={order}"
    for name, orders in {
        "bills": ("title", "-kind", "number", "-last_day", "items"),
        "sittings": ("day", "-body", "registered", "-absent", "items"),
        "persons": ("-name", "convocation", "faction", "-absences", "held"),
        "findings": ("verdict", "-check_id", "subject_id", "-day"),
    }.items()
    for order in orders
)
FILES = ("/ru/bills?format=csv", "/ru/sittings?format=csv", "/ru/persons?format=csv", "/ru/findings?format=csv")
NARROWED = (
    ("/ru/bills?text=ОБРАЗОВАНИИ", BILL, HOSTILE),
    ("/ru/bills?text=6-1/26", HOSTILE, BILL),
    ("/ru/bills?kind=law", BILL, HOSTILE),
    ("/ru/bills?initiator=government", BILL, HOSTILE),
    ("/ru/bills?convocation=V", BILL, HOSTILE),
    ("/ru/bills?text=%25", "ничего", BILL),
    ("/ru/sittings?year=2017", SITTING, VOTES),
    ("/ru/sittings?year=2017&month=5", SITTING, VOTES),
    ("/ru/sittings?year=2017&month=6", "ничего", SITTING),
    ("/ru/sittings?body=committee", COMMITTEE, SITTING),
    ("/ru/sittings?committee=reglament", COMMITTEE, SITTING),
    ("/ru/persons?text=усөнов", sample.OTHER, PERSON),
    ("/ru/persons?convocation=VII", "ничего", PERSON),
    ("/ru/findings?check=R23", KEPT, BROKEN),
    ("/ru/findings?verdict=broken", BROKEN, KEPT),
    ("/ru/findings?year=2016", "ничего", KEPT),
    (f"/ru/findings?subject={BILL}", "f-bill", KEPT),
    ("/ru/findings?check=&verdict=&year=", BROKEN, sample.UNREVIEWED),
)


def test_an_empty_database_says_what_will_appear(empty: Visitor) -> None:
    for address in LISTS:
        answer = empty.get(address)
        assert answer.status_code == 200, address
        assert 'class="empty"' in answer.text, address
        assert "появ" in answer.text, address


def test_every_question_is_answered_by_both_databases(filled: Visitor) -> None:
    asked = [*LISTS, *DETAILS, *FILES, *ORDERED, *(address for address, _, _ in NARROWED)]
    assert {address: filled.get(address).status_code for address in asked} == dict.fromkeys(asked, 200)


@pytest.mark.parametrize("address", [*LISTS, *DETAILS])
def test_pages_are_whole_and_harmless(sample_site: Visitor, address: str) -> None:
    answer = sample_site.get(address)
    assert answer.status_code == 200
    assert "<h1" in answer.text
    assert answer.text.count("<main") == 1
    assert SCRIPT not in answer.text
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    assert "None" not in answer.text


@pytest.mark.parametrize("address", FILES)
def test_lists_are_files_too(sample_site: Visitor, address: str) -> None:
    answer = sample_site.get(address)
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("id,")
    assert len(lines) > 2


@pytest.mark.parametrize(
    "address",
    [
        "/ru/bills/no-such-bill",
        "/ru/bills/%00",
        "/ru/sittings/plenary-1900-01-01",
        "/ru/persons/nobody",
        "/ru/findings/f-nothing",
        f"/ru/findings/{sample.UNREVIEWED}",
        f"/ru/bills/{BILL}?format=csv",
        f"/ru/bills/{BILL}?format=csv&table=registrations",
        f"/ru/findings/{sample.DISMISSED}",
        "/ru/evidence/99",
        "/ru/evidence/x",
        "/ru/evidence/99999999999999999999",
        "/ru/evidence/4/raw",
        "/ru/evidence/5/raw",
        "/feeds/../baikoo.sqlite",
        "/feeds/%2e%2e/baikoo.sqlite",
        "/feeds/nothing.rss",
        f"/feeds/{'a' * 300}.rss",
        "/feeds/.published.json",
        "/calendar/a%00.ics",
        "/nowhere",
        "/static/nothing.css",
    ],
)
def test_what_is_not_there_is_told_with_the_way_out(sample_site: Visitor, address: str) -> None:
    answer = sample_site.get(address)
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.text
    assert 'href="/ru/sittings"' in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/ru/bills?page=0",
        "/ru/bills?page=x",
        "/ru/sittings?year=3",
        "/ru/findings?format=xml",
        f"/ru/bills/{BILL}?as_of=yesterday",
    ],
)
def test_a_question_that_cannot_be_understood_says_so(sample_site: Visitor, address: str) -> None:
    answer = sample_site.get(address)
    assert answer.status_code == 422
    assert "не поним" in answer.text
    assert 'href="/ru/findings"' in answer.text


@pytest.mark.parametrize("name", ["kind", "initiator", "committee", "convocation", "text"])
def test_a_filter_that_nobody_offered_is_shown_as_typed(sample_site: Visitor, name: str) -> None:
    answer = sample_site.get(f"/en/bills?{name}=100%25(x)s%20%25")
    assert answer.status_code == 200
    assert "100%(x)s %" in answer.text


@pytest.mark.parametrize(("address", "seen", "unseen"), NARROWED)
def test_lists_can_be_narrowed(sample_site: Visitor, address: str, seen: str, unseen: str) -> None:
    page = sample_site.get(address).text
    assert (seen in page) or (seen == "ничего" and 'class="empty"' in page)
    assert f"/{unseen}" not in page


@pytest.mark.parametrize("address", ["/ru/bills?page=2", "/ru/findings?page=100000"])
def test_a_page_beyond_the_last_leads_back(sample_site: Visitor, address: str) -> None:
    answer = sample_site.get(address)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text


@pytest.mark.parametrize(
    ("address", "rows", "holds"),
    [
        (f"/ru/sittings/{SITTING}", {"registrations": 2, "absent": 2, "timeline": 8, "agenda": 0}, HOLDER),
        (f"/ru/bills/{BILL}", {"timeline": 3, "documents": 1}, "Голосование 14"),
        (f"/ru/persons/{PERSON}", {"absences": 1, "given": 1, "held": 0}, HOLDER),
    ],
)
def test_tables_of_a_dossier_are_files_too(
    sample_site: Visitor, address: str, rows: dict[str, int], holds: str
) -> None:
    page = sample_site.get(address).text
    files = {name: sample_site.get(f"{address}?format=csv&table={name}") for name in rows}
    assert {name: len(file.text.splitlines()) - 1 for name, file in files.items()} == rows
    assert holds in "".join(file.text for file in files.values())
    for name, count in rows.items():
        assert files[name].headers["content-type"] == "text/csv; charset=utf-8"
        assert (f"table={name}" in page) is (count > 0)


def test_a_table_of_the_past_knows_nothing_of_the_future(sample_site: Visitor) -> None:
    assert sample_site.get(f"/ru/bills/{BILL}?format=csv&table=timeline&as_of=2020-01-01").text.count("\n") == 1


def test_a_long_list_is_ordered_by_the_server(new_home: NewHome, tmp_path: Path) -> None:
    settings = new_home(tmp_path)
    engine = open_engine(settings.database_url)
    with engine.begin() as conn:
        bills = ({"id": f"b{n:02}", "title": f"О мёде {99 - n}", "kind": "law"} for n in range(60))
        sample.add(conn, Bill, *bills)
        sample.add(conn, BillStanding, *({"bill_id": f"b{n:02}"} for n in range(60)))
    engine.dispose()
    for visitor in open_site(settings):
        page = visitor.get("/ru/bills?sort=title&kind=law").text
        assert re.findall(r'href="/ru/bills/(b\d\d)"', page)[:2] == ["b59", "b58"]
        assert re.search(r'aria-sort="ascending"><a class="sort" href="\?sort=-title&amp;kind=law"', page)
        assert "?page=2&amp;kind=law&amp;sort=title" in page
        assert "sortable" not in page
        last = visitor.get("/ru/bills?sort=-title&page=2").text
        assert len(re.findall(r'href="/ru/bills/b\d\d"', last)) == 10
        assert visitor.get("/ru/bills?sort=nothing").status_code == 200


def test_a_sitting_tells_who_was_there(sample_site: Visitor) -> None:
    page = sample_site.get(f"/ru/sittings/{SITTING}").text
    for words in ("97 из 120", "58 из 120", "Асанов А.А.", "Неизвестный Н.Н.", "15 мин", "17 мая 2017", "61"):
        assert words in page
    assert page.index("97 из 120") < page.index("58 из 120")
    assert f'href="/ru/persons/{HOLDER}"' in page
    assert 'href="/ru/evidence/1"' in page


def test_the_home_page_tells_what_is_announced_before_what_was(sample_site: Visitor) -> None:
    page = sample_site.get("/ru/").text.partition('id="h-week"')[2].partition("</section>")[2]
    order = [
        'id="h-coming"',
        f"/ru/sittings/{COMING}",
        'id="h-sittings"',
        f"/ru/sittings/{COMMITTEE}",
        f"/ru/sittings/{SITTING}",
    ]
    assert sorted(order, key=page.index) == order
    assert page.count(f"/ru/sittings/{COMING}") == 1


def test_a_bill_answers_in_the_order_that_people_ask(sample_site: Visitor) -> None:
    page = sample_site.get(f"/ru/bills/{BILL}").text
    order = ['class="lead"', 'id="h-stands"', 'id="h-next"', 'id="h-broken"', 'id="h-else"']
    assert sorted(order, key=page.index) == order
    assert f'href="/ru/sittings/{COMING}"' in page
    assert "2 сентября 2099" in page


def test_a_bill_of_the_past_knows_nothing_of_the_future(sample_site: Visitor) -> None:
    page = sample_site.get(f"/ru/bills/{BILL}?as_of=2020-01-01").text
    assert COMING not in page
    assert "Голосование 14" not in page


def test_nobody_is_counted_where_no_protocol_tells(sample_site: Visitor) -> None:
    page = sample_site.get("/ru/persons").text
    assert re.findall(r'data-label="(?:Назван отсутствующим|Полученные голоса)"[^>]*>([^<]+)<', page) == list("1001––")


def test_a_person_gives_and_holds_votes(sample_site: Visitor) -> None:
    giver, holder = (sample_site.get(f"/ru/persons/{key}").text for key in (PERSON, HOLDER))
    assert f'href="/ru/persons/{HOLDER}"' in giver
    assert f'href="/ru/persons/{PERSON}"' in holder
    assert "1 из 1" in giver
    assert "Республика-Ата Журт" in giver
    assert f'href="/ru/sittings/{SITTING}"' in giver


@pytest.mark.parametrize("address", ["/ru/bills/?page=2", "/bills/", "/api/v1/bills/"])
def test_a_slash_too_many_does_not_lead_to_a_host_that_the_request_claims(sample_site: Visitor, address: str) -> None:
    """A proxy that ends TLS, or a shared cache, would send everybody there."""
    answer = sample_site.get(address, host="evil.example")
    assert (answer.status_code, answer.headers["location"]) == (307, address.replace("/?", "?").rstrip("/"))


def test_a_crowd_is_served(sample_site: Visitor) -> None:
    """There are forty threads and fifteen connections: nobody may hold one and wait for the other."""
    assert set(sample_site.crowd("/en/bills", 90)) == {200}
