"""The texts of a bill, what changed between them, and what the page of a bill says to machines."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.bills import BillAlias
from db.documents import Document, DocumentText
from db.engine import open_engine
from tests.conftest import NewHome
from tests.web import sample
from tests.web.conftest import Visitor, open_site
from tests.web.sample import BILL, HOSTILE, SCRIPT
from web.public.comparing import MOST_PARAGRAPHS, Change, compare

URL = "https://kenesh.kg/uploads/bill.docx"
LINES = "Статья 1.\nПчёлы живут в ульях.\nСтатья 2.\nНастоящий Закон вступает в силу через десять дней."
FIRST, SECOND = f"{LINES}\n{SCRIPT} 0312 66-12-34", LINES.replace("десять", "пятнадцать") + "\nСтатья 3."
A, B = "a" * 64, "b" * 64


@pytest.fixture(scope="module")
def site(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The sample with two versions of the text of its bill."""
    home: Path = tmp_path_factory.mktemp("home")
    settings = new_home(home)
    engine = open_engine(settings.database_url)
    sample.fill(engine, settings)
    seen = datetime(2026, 9, 1, tzinfo=UTC)
    offered = {"url": URL, "record_type": "agenda_entry", "record_key": "kenesh:vote_list:1:line", "kind": "bill"}
    read = {"url": URL, "media": "docx", "method": "docx", "code_version": "1", "language": "ru", "read_at": seen}
    with engine.begin() as conn:
        sample.add(conn, Document, offered | {"title": "Проект ко второму чтению", "first_seen": seen})
        sample.add(conn, DocumentText, read | {"sha256": A, "text": FIRST, "first_seen": seen})
        sample.add(conn, DocumentText, read | {"sha256": B, "text": SECOND, "first_seen": seen + timedelta(days=9)})
        sample.add(conn, BillAlias, {"alias": "former", "bill_id": BILL, "method": "number", "since": seen})
    engine.dispose()
    yield from open_site(settings)


@pytest.mark.parametrize(("lang", "put_in"), [("ru", "вставлено:"), ("ky", "кошулду:"), ("en", "put in:")])
def test_what_changed_is_marked_for_eyes_and_for_ears(site: Visitor, lang: str, put_in: str) -> None:
    page = site.get(f"/{lang}/bills/{BILL}/texts/compare").text
    assert re.search(rf"<ins><span[^>]*>\[{put_in} </span>пятнадцать<span[^>]*>\]</span></ins>", page)
    assert re.search(r"<del><span[^>]*>\[[^<]+</span>десять<", page)
    assert "&lt;script&gt;" in page
    assert SCRIPT not in page
    assert "66-12-34" not in page


def test_every_text_can_be_read(site: Visitor) -> None:
    page = site.get(f"/ru/bills/{BILL}/texts?text={A[:16]}").text
    assert "Пчёлы живут в ульях." in page
    assert "66-12-34" not in page
    assert f'value="{B[:16]}" checked' in page
    back = site.get(f"/ru/bills/{BILL}/texts/compare?a={B[:16]}&b={A[:16]}").text
    assert re.search(r"<ins><span[^>]*>\[[^<]+</span>десять<", back)


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
@pytest.mark.parametrize("page", ["", "/texts", "/texts/compare"])
def test_a_former_id_leads_on(site: Visitor, lang: str, page: str) -> None:
    answer = site.get(f"/{lang}/bills/former{page}?as_of=2026-09-01")
    assert answer.status_code == 301
    assert answer.headers["location"].endswith(f"/{lang}/bills/{BILL}{page}?as_of=2026-09-01")


@pytest.mark.parametrize("address", ["texts?text=no", "texts/compare?a=x&b=y"])
def test_unknown_texts_are_not_found(site: Visitor, address: str) -> None:
    assert site.get(f"/ru/bills/{BILL}/{address}").status_code == 404
    assert site.get(f"/ru/bills/{HOSTILE}/texts/compare").status_code == 404
    assert site.get(f"/ru/bills/nobody/{address}").status_code == 404


def test_long_texts_are_bounded_and_said_to_be() -> None:
    long = "\n".join(f"Статья {number}." for number in range(MOST_PARAGRAPHS + 5))
    assert compare(long, long).cut
    assert compare("слово " * 9_000 + "а", "слово " * 9_000 + "б").cut
    same = compare("а  б\n\nв", "а б\nв")
    assert same.is_same
    told = compare("а б в г\nд", "а б х г")
    assert [part.change for block in told.blocks for part in block.parts] == [
        *(Change.SAME, Change.TAKEN_OUT, Change.PUT_IN, Change.SAME),
        Change.TAKEN_OUT,
    ]
    assert (told.taken_out, told.put_in) == (2, 1)


def test_inline_data_cannot_end_its_element(sample_site: Visitor) -> None:
    page = sample_site.get(f"/ru/bills/{HOSTILE}").text
    found = re.search(r'(?s)<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    told = json.loads(found[1])
    assert told["@type"] == "Legislation"
    assert told["name"] == f"О проекте {SCRIPT}"
    assert told["@id"] == f"http://127.0.0.1:8000/bills/{HOSTILE}"


@pytest.mark.parametrize(
    ("address", "guess"), [("bills/n-6-502-17", "6-502/17"), ("bills/o-medom-x", "o medom x"), ("nothing", "nothing")]
)
@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_what_is_not_there_can_be_searched_for(sample_site: Visitor, lang: str, address: str, guess: str) -> None:
    answer = sample_site.get(f"/{lang}/{address}")
    assert answer.status_code == 404
    assert f'action="/{lang}/search"' in answer.text
    assert f'name="q" type="search" value="{guess}"' in answer.text
