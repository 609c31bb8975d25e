"""Pictures on the site: their pages, their files, their numbers; what nobody reviewed is in none of them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep
from typing import Any

import pytest
from fastapi import HTTPException

from tests.web.conftest import Visitor
from tests.web.sample import BILL, PERSON, SITTING
from vocab.languages import LANGUAGES
from web.pictures.kinds import KINDS
from web.pictures.studio import Studio


def rows_of(site: Visitor, name: str, **chosen: str) -> list[dict[str, Any]]:
    query = "&".join(f"{key}={value}" for key, value in chosen.items())
    rows: list[dict[str, Any]] = site.get(f"/pictures/{name}.json?lang=en&{query}").json()["rows"]
    return rows


def test_the_numbers_are_those_of_the_sample(filled: Visitor) -> None:
    (hall,) = rows_of(filled, "registered")
    assert (hall["sitting_id"], hall["registrations"], hall["least"], hall["most"]) == (SITTING, 2, 58, 97)
    assert (hall["counted_most"], hall["quorum"], hall["seats"]) == (61, 61, 120)
    absent = rows_of(filled, "attendance")
    assert [(row["person_id"], row["named"], row["sittings"]) for row in absent if row["named"]] == [(PERSON, 1, 1)]
    assert {row["week"] for row in absent} == {"2017-05-15"}
    (pair,) = rows_of(filled, "transfers", person=PERSON)
    assert (pair["from_id"], pair["number"]) == (PERSON, 1)
    assert rows_of(filled, "transfers", convocation="V") == []
    assert [(row["stage"], row["number"]) for row in rows_of(filled, "path")]
    counted = {(row["check_id"], row["verdict"]): row["number"] for row in rows_of(filled, "findings")}
    # of R28 one accusation was confirmed and one was not looked at; those of R33 were dismissed and withdrawn
    assert counted["R28", "not kept (reviewed by a person)"] == 1
    assert not [check for check, _ in counted if check == "R33"]
    assert rows_of(filled, "intervals", bill=BILL) == []  # its finding has no days


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_has_a_page_in_every_language(sample_site: Visitor, lang: str) -> None:
    gallery = sample_site.get(f"/{lang}/pictures")
    assert gallery.status_code == 200
    for name in KINDS:
        assert f"/{lang}/pictures/{name}" in gallery.text
        page = sample_site.get(f"/{lang}/pictures/{name}?year=2017")
        assert page.status_code == 200
        assert "connect-src 'self'" in page.headers["content-security-policy"]
        assert "unsafe" not in page.headers["content-security-policy"]


def test_files_are_cached_and_open_to_other_pages(sample_site: Visitor) -> None:
    drawn = sample_site.get("/pictures/registered.svg?lang=ky&theme=dark")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert drawn.headers["cross-origin-resource-policy"] == "cross-origin"
    again = sample_site.get("/pictures/registered.svg?lang=ky&theme=dark", **{"if-none-match": drawn.headers["etag"]})
    assert again.status_code == 304
    assert sample_site.get("/pictures/intervals.svg").status_code == 200  # nothing to draw: a sentence
    assert sample_site.get("/pictures/registered.csv?lang=en").text.startswith("\ufeffsitting_id,day,")
    assert sample_site.get("/pictures/registered", **{"accept-language": "ky"}).headers["location"].startswith("/ky/")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/pictures/none.svg", 404),
        ("/ru/pictures/none", 404),
        ("/pictures/vega-0.js", 404),
        ("/pictures/path.svg?lang=de", 422),
        ("/pictures/path.svg?theme=blue", 422),
        ("/pictures/path.json?year=1", 422),
        ("/pictures/attendance.json?person=a%27b", 422),
        ("/pictures/attendance.svg?person=nobody", 200),
    ],
)
def test_what_is_not_there_or_cannot_be_read(sample_site: Visitor, address: str, status: int) -> None:
    assert sample_site.get(address).status_code == status


def test_a_crowd_makes_one_thing_once_and_does_not_wait_in_a_long_line() -> None:
    studio, begun, made = Studio(room=10), Event(), []

    def make() -> bytes:
        begun.set()
        sleep(0.05)
        made.append(1)
        return b"picture"

    with ThreadPoolExecutor(30) as crowd:
        asked = [crowd.submit(studio.get, "key", make, len) for _ in range(30)]
        begun.wait(5)
    refused = [one for one in asked if isinstance(one.exception(), HTTPException)]
    assert [one.result() for one in asked if one not in refused] == [b"picture"] * (30 - len(refused))
    assert len(made) == 1
    assert refused


def test_what_was_asked_for_long_ago_makes_room() -> None:
    studio = Studio(room=10)
    assert [studio.get(key, lambda: b"12345", len) for key in "abc"]
    made: list[str] = []

    def make() -> bytes:
        made.append("again")
        return b"12345"

    for key in "ca":
        studio.get(key, make, len)
    assert made == ["again"]
