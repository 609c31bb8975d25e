"""Lists page by page, as tables, with fewer fields; what is wrong is named."""

import csv
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.bills import Bill, BillAlias
from db.settings import HomeSettings
from tests.web import sample
from tests.web.conftest import Visitor, open_site
from web.api import (
    bill_files,
    bills,
    findings,
    happenings,
    pages,
    people,
    records,
    rules,
    search,
    sittings,
    transfers,
    votes,
)
from web.api.schema import EventOut, ListOut, TimelineOut, Told

V1 = "/api/v1"
LISTS: dict[str, type[Told]] = {
    "bills": bills.BillOut,
    f"bills/{sample.BILL}/documents": bill_files.FileOut,
    f"bills/{sample.BILL}/texts": bill_files.TextOut,
    "sittings": sittings.SittingOut,
    f"sittings/{sample.COMING}/agenda": sittings.ItemOut,
    "people": people.PersonOut,
    f"people/{sample.PERSON}/memberships": people.MembershipOut,
    "votes": EventOut,
    "transfers": transfers.TransferOut,
    "observations": votes.WordOut,
    "findings": findings.FindingOut,
    "rules": rules.RuleOut,
    "committees": rules.CommitteeOut,
    "records": records.RecordOut,
    f"records/sitting_record/{sample.SITE}:protocol:17/versions": records.VersionDetail,
    "pages": pages.PageOut,
    "happenings": happenings.HappeningOut,
    "search?q=закон": search.HitOut,
}
OBJECTS: dict[str, Any] = {
    f"bills/{sample.BILL}": bills.BillDetail,
    f"bills/{sample.BILL}/timeline": TimelineOut,
    f"bills/{sample.BILL}/timeline?as_of=2026-09-02": TimelineOut,
    f"sittings/{sample.SITTING}": sittings.SittingDetail,
    f"sittings/{sample.SITTING}/timeline": TimelineOut,
    f"people/{sample.PERSON}": people.PersonDetail,
    f"findings/{sample.BROKEN}": findings.FindingDetail,
    f"findings/{sample.OLD}": findings.FindingDetail,
    "rules/R28": rules.RuleOut,
    f"records/sitting_record/{sample.SITE}:protocol:17": records.RecordDetail,
    "pages/1": pages.PageOut,
}


def page_by_page(api: Visitor, path: str, limit: int = 1) -> list[dict[str, Any]]:
    """All rows, a few at a time."""
    rows: list[dict[str, Any]] = []
    address = f"{V1}/{path}{'&' if '?' in path else '?'}limit={limit}"
    while address:
        told = api.get(address).json()
        assert len(told["items"]) <= limit
        rows += told["items"]
        address = (told["next"] or "").removeprefix("http://127.0.0.1:8000")
    return rows


@pytest.mark.parametrize("path", LISTS)
def test_a_list_page_by_page_is_the_whole_list(api: Visitor, path: str) -> None:
    whole = api.get(f"{V1}/{path}{'&' if '?' in path else '?'}limit=9999").json()
    assert (whole.keys(), whole["limit"]) == (ListOut.model_fields.keys(), 200)
    for row in whole["items"]:
        LISTS[path].model_validate(row)
    assert page_by_page(api, path) == whole["items"]
    assert len({row["id"] for row in whole["items"]}) == len(whole["items"])
    assert all(row["api"].startswith("http://127.0.0.1:8000/api/v1/") for row in whole["items"])


@pytest.mark.parametrize("path", OBJECTS)
def test_an_object_is_as_described(api: Visitor, path: str) -> None:
    answer = api.get(f"{V1}/{path}")
    assert answer.status_code == 200, answer.text
    OBJECTS[path].model_validate(answer.json())


def test_every_list_of_the_sample_tells_something(api: Visitor) -> None:
    assert [path for path in LISTS if not page_by_page(api, path, 200)] == []


@pytest.mark.parametrize("path", ["bills?sort=-first_day", "sittings?sort=day", "transfers?sort=day", "votes?sort=day"])
def test_another_order_has_the_same_rows(api: Visitor, path: str) -> None:
    usual = page_by_page(api, path.partition("?")[0])
    assert sorted(row["id"] for row in page_by_page(api, path)) == sorted(row["id"] for row in usual)


def test_rows_that_come_in_between_move_nothing(filled: Visitor, engine: Engine) -> None:
    first = filled.get(f"{V1}/bills?limit=1").json()
    with engine.begin() as conn:
        sample.add(conn, Bill, {"id": "a-new-one", "title": "О новом", "kind": "law"})
    second = filled.get(f"{V1}/bills?limit=5&cursor={first['next_cursor']}").json()
    assert [row["id"] for row in first["items"] + second["items"]] == [sample.BILL, sample.HOSTILE]


def test_both_databases_answer(filled: Visitor) -> None:
    """And of what no database keeps, that it is not there."""
    assert {path for path in (*LISTS, *OBJECTS) if filled.get(f"{V1}/{path}").status_code != 200} == set()
    for path in ("bills/a%00b", "records/press_record/a%00b", "happenings/%00", f"bills/{sample.BILL}/texts/%00"):
        assert filled.get(f"{V1}/{path}").status_code == 404
    for query in ("text=%00", "text=%F0%9F%98%80", "kind=%ED%A0%80", "fields=%00"):
        assert filled.get(f"{V1}/bills?{query}").status_code == 200


def test_fewer_fields(api: Visitor) -> None:
    rows = api.get(f"{V1}/bills?fields=title,kind").json()["items"]
    assert {tuple(row) for row in rows} == {("id", "title", "kind")}
    one = api.get(f"{V1}/bills/{sample.BILL}?fields=keys").json()
    assert list(one) == ["id", "keys"]


def test_a_list_as_a_table(api: Visitor) -> None:
    answer = api.get(f"{V1}/transfers", accept="text/csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["vary"].startswith("Accept")
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert (row["given_by"], row["given_to_id"]) == ("Асанов А.А.", sample.HOLDER)
    assert '"page_id": 1' in row["evidence"]
    assert api.get(f"{V1}/transfers?format=csv").content == answer.content
    assert 'rel="next"' in api.get(f"{V1}/bills?format=csv&limit=1").headers["link"]


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("bills?colour=red", "colour"),
        ("bills?fields=title,colour", "fields"),
        ("bills?cursor=abc", "cursor"),
        ("bills?limit=0", "limit"),
        ("bills?sort=colour", "sort"),
        (f"bills/{sample.BILL}/timeline?as_of=2026-02-30", "as_of"),
        ("findings?as_of=x", "as_of"),
        ("findings?year=x", "year"),
        ("changes?since=yesterday", "since"),
        ("records?type=colour", "type"),
        ("search", "q"),
    ],
)
def test_what_is_wrong_is_named(api: Visitor, address: str, field: str) -> None:
    answer = api.get(f"{V1}/{address}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_cursor_belongs_to_one_question(api: Visitor) -> None:
    cursor = api.get(f"{V1}/bills?limit=1").json()["next_cursor"]
    assert api.get(f"{V1}/bills?cursor={cursor}").status_code == 200
    for other in (f"bills?cursor={cursor}&kind=law", f"people?cursor={cursor}", f"bills?cursor={cursor[:-2]}"):
        assert api.get(f"{V1}/{other}").status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        *("bills/none", "bills/none/timeline", "sittings/none/agenda", "people/none", "findings/none", "rules/none"),
        *("records/none/x", "records/bill/x", "records/press_record/none/versions", "pages/99", "pages/x", "nothing"),
        *(f"findings/{sample.UNREVIEWED}", f"findings/{sample.DISMISSED}", f"bills/{sample.BILL}/texts/0"),
    ],
)
def test_what_is_not_there(api: Visitor, path: str) -> None:
    answer = api.get(f"{V1}/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_other_mistakes(api: Visitor) -> None:
    assert api.get(f"{V1}/bills", accept="image/png").status_code == 406
    assert api.get(f"{V1}/bills/{sample.BILL}", accept="text/csv").status_code == 406
    assert api.get(f"{V1}/bills", accept="text/csv;q=0.1, application/*").json()["items"]
    assert api.ask("POST", f"{V1}/bills").status_code == 405
    assert api.get(f"{V1}/findings/{sample.WITHDRAWN}").status_code == 410


def test_a_reader_who_has_it_gets_no_body(api: Visitor) -> None:
    first = api.get(f"{V1}/findings/{sample.BROKEN}")
    again = api.get(f"{V1}/findings/{sample.BROKEN}", **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "last-modified", "vary"):
        assert again.headers[name] == first.headers[name]
    assert first.headers["last-modified"] == "Tue, 01 Sep 2026 08:00:00 GMT"


def test_a_bill_that_became_another_one(engine: Engine, filled: Visitor) -> None:
    since = datetime(2026, 9, 1, tzinfo=UTC)
    with engine.begin() as conn:
        sample.add(conn, BillAlias, {"alias": "old", "bill_id": sample.BILL, "method": "decided", "since": since})
    for more in ("", "/timeline", "/documents", "/texts"):
        answer = filled.get(f"{V1}/bills/old{more}?fields=id")
        assert (answer.status_code, answer.json()["id"]) == (308, sample.BILL)
        assert answer.headers["location"] == f"http://127.0.0.1:8000/api/v1/bills/{sample.BILL}{more}?fields=id"


def test_other_sites_may_read(api: Visitor) -> None:
    answer = api.get(f"{V1}/bills", origin="https://other.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    asked = {"origin": "https://other.example", "access-control-request-method": "GET"}
    preflight = api.ask("OPTIONS", f"{V1}/bills", **asked, **{"access-control-request-headers": "if-none-match"})
    assert preflight.status_code == 200
    assert "access-control-allow-origin" not in api.get("/en/bills", origin="https://other.example").headers


def test_who_asks_too_often_waits(
    sqlite_url: str, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BAIKOO_API_RATE", "2")
    for visitor in open_site(HomeSettings(home=tmp_path, database_url=sqlite_url)):
        first, second, third = (visitor.get(f"{V1}/bills") for _ in range(3))
        assert (first.headers["ratelimit-policy"], first.headers["ratelimit"]) == (
            '"address";q=2;w=60',
            '"address";r=1;t=30',
        )
        assert (second.status_code, third.status_code) == (200, 429)
        assert third.headers["content-type"] == "application/problem+json"
        assert 29 <= int(third.headers["retry-after"]) <= 30
        assert visitor.get("/en/bills").status_code == 200
