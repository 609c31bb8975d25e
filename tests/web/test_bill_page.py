"""A bill's page with press releases, related bills and topics; the page of a bill that became another one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.annotations import TopicDecision, TopicRow
from db.engine import open_engine
from tests.conftest import NewHome
from tests.tracker.house import LAW, House, act, registered, vote_list
from tests.tracker.press_house import alike, later, tell, told
from tests.web.conftest import Visitor, open_site
from tracker.linking import Decision, merge
from vocab.numbers import BillNumber

ONE, OTHER, THIRD = "n-6-502-17", "n-6-503-17", "n-6-504-17"
WHY = Decision(who="editor", reason="read both pages", now=datetime(2026, 11, 3, tzinfo=UTC))


@pytest.fixture(scope="module")
def site(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Three bills, one of which press releases, agenda, register and an act tell of."""
    home: Path = tmp_path_factory.mktemp("home")
    settings = new_home(home)
    engine = open_engine(settings.database_url)
    house = House(engine)
    others = [
        registered(f"О проекте Закона «{title}»", key=f"bill:{number}", number=BillNumber(6, number, 17))
        for title, number in (("О мёде", 503), ("О пчёлах", 504), ("О коровах", 505))
    ]
    house.state(registered(LAW), *others, vote_list(f"{LAW} (вносится на первое чтение)"))
    house.state(act("О ветеринарии", adopted_on=date(2017, 9, 1)))
    tell(
        house,
        told(body="committee", committee="Комитет по аграрной политике", action="approved", day=later(-9)),
        told(votes_for=70, votes_against=5, day_stated=False),
        told("О мёде", action="rejected", presenter="Алмаз Абдиев"),
    )
    lines = {number: ("registry_entry", f"kenesh:bill:{number}", "") for number in ("6-502/17", "503", "504", "505")}
    alike(house, lines["6-502/17"], lines["503"], 0.9, "alternative")
    alike(house, lines["6-502/17"], lines["504"], 0.97, "similar")
    house.track()
    merge(engine, THIRD, "n-6-505-17", WHY)
    topic = {"record_type": "registry_entry", "record_key": "kenesh:bill:6-502/17", "rank": 1, "topic": 4, "score": 0.9}
    house.put(TopicRow, [topic | {"method": "lexicon", "words": ["ветеринар"]}], "record_type", "record_key", "rank")
    chosen = {"id": 1, "subject_type": "bill", "subject_id": OTHER, "topics": [15, 4], "decided_by": "editor"}
    house.put(TopicDecision, [chosen | {"decided_at": WHY.now, "reason": "read it"}], "id")
    engine.dispose()
    yield from open_site(settings)


def test_all_sources_are_one_timeline(site: Visitor) -> None:
    page = site.get(f"/ru/bills/{ONE}").text
    places = [page.index(words) for words in ("Законопроект зарегистрирован", "Решение комитета", "Вынесен на голос")]
    assert places == sorted(places)
    assert "сообщение пресс-службы" not in page  # nothing was archived here: the address stands in its place
    assert "за: 70" in page
    assert "день публикации, в тексте день не указан" in page
    assert "В реестре правовых актов" in page
    rows = site.get(f"/ru/bills/{ONE}?format=csv&table=timeline").text.splitlines()
    assert len(rows) == 6


def test_the_page_says_that_only_a_release_tells_it(site: Visitor) -> None:
    assert "Отклонён</strong> (по сообщению пресс-службы)." in site.get(f"/ru/bills/{OTHER}").text
    assert "(по сообщению пресс-службы)" not in site.get(f"/ru/bills/{ONE}").text


def test_related_bills_stand_on_the_page(site: Visitor) -> None:
    page = site.get(f"/ru/bills/{ONE}").text
    related = page[page.index("Похожие и альтернативные законопроекты") :]
    assert related.index(f"/ru/bills/{OTHER}") < related.index(f"/ru/bills/{THIRD}")
    assert "альтернативный: другой автор" in related
    assert "похожее название" in related
    assert f"/ru/bills/{ONE}" in site.get(f"/ru/bills/{THIRD}").text
    assert "Похожие и альтернативные" not in site.get("/ru/bills/n-6-505-17").text


def test_topics_stand_on_the_page(site: Visitor) -> None:
    assert "Тема: сельское хозяйство (определено по словам: ветеринар)." in site.get(f"/ru/bills/{ONE}").text
    decided = "Темы: предпринимательство, банки, торговля, сельское хозяйство (выбрал человек)."
    assert decided in site.get(f"/ru/bills/{OTHER}").text


def test_a_former_address_leads_to_the_bill(site: Visitor) -> None:
    answer = site.get("/ru/bills/n-6-505-17?as_of=2026-11-01")
    assert answer.status_code == 301
    assert answer.headers["location"].endswith(f"/ru/bills/{THIRD}?as_of=2026-11-01")
    assert site.get("/ru/bills/n-6-506-17").status_code == 404
