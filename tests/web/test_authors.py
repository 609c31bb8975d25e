"""Who brought a bill in: the bill's page and the pages of the deputies tell the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import open_engine, reader
from db.people import Person
from db.upsert import table_of
from tests.conftest import NewHome
from tests.tracker.house import DAY, House, deputies, vote_list
from tests.web.conftest import Visitor, open_site
from web.public.queries_authors import authors
from web.public.queries_persons import initiated

LINES = (
    "О проекте Закона «О ветеринарии» (вносится на первое чтение) (инициаторы – депутаты Абдиев А.А., Чужой Ч.Ч.)",
    "О проекте Закона «О мёде» (вносится на первое чтение) (инициатор – Правительство, постановление № 5 от 01.02.17)",
)


@pytest.fixture(scope="module")
def site(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    home: Path = tmp_path_factory.mktemp("home")
    settings = new_home(home)
    engine = open_engine(settings.database_url)
    House(engine).state(*deputies(DAY), vote_list(*LINES)).track()
    engine.dispose()
    yield from open_site(settings)


def test_the_bill_and_the_deputy_tell_the_same(site: Visitor) -> None:
    list_of = site.get("/ru/bills").text
    keys = set(re.findall(r'href="/ru/bills/([\w.~-]+)"', list_of))
    engine = site._app.state.site.engine
    with reader(engine) as conn:
        by_bill = {(key, one.person_id) for key in keys for one in authors(conn, key) if one.person_id}
        persons = conn.execute(table_of(Person).select()).mappings().all()
        by_person = {(row["id"], one["id"]) for one in persons for row in initiated(conn, one["id"])}
    assert by_bill == by_person
    assert len(by_bill) == 1


def test_names_are_linked_where_they_fit_one_deputy_and_the_government_is_told(site: Visitor) -> None:
    pages = [
        site.get(f"/ru/bills/{key}").text
        for key in set(re.findall(r'/ru/bills/([\w.~-]+)"', site.get("/ru/bills").text))
    ]
    told = [page.split('id="h-authors"')[1].split("</section>")[0] for page in pages if 'id="h-authors"' in page]
    assert len(told) == 2
    (of_deputies,) = [one for one in told if "Абдиев" in one]
    assert re.search(r'href="/ru/persons/abdiev-almaz-akmatovich">Абдиев А.А.</a>', of_deputies)
    assert re.search(r"<span>Чужой Ч.Ч. <span", of_deputies)
    assert "Правительство" in next(one for one in told if "Абдиев" not in one)
