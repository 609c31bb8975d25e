"""This week in parliament, and the last one where nothing is known of this."""

from datetime import UTC, date, datetime
from pathlib import Path

from db.engine import open_engine, reader
from db.findings import Finding
from db.happenings import Happening
from tests.conftest import NewHome
from tests.web import sample
from tests.web.conftest import Visitor
from tests.web.sample import BROKEN, UNREVIEWED
from web.public.queries_week import week_of

SEEN = datetime(2026, 9, 2, tzinfo=UTC)


def test_a_week_tells_what_was_and_what_is_ahead(new_home: NewHome, tmp_path: Path) -> None:
    settings = new_home(tmp_path)
    engine = open_engine(settings.database_url)
    with reader(engine) as conn:
        assert week_of(conn, date(2026, 9, 2)) is None
    sample.fill(engine, settings)
    told = {"subject_kind": "bill", "subject_id": "b", "title": "О мёде", "day": date(2017, 5, 16), "seen_at": SEEN}
    with engine.begin() as conn:
        for kind in ("press_released", "bill_registered", "finding_confirmed"):
            sample.add(conn, Happening, told | {"key": kind, "kind": kind, "facts": {}})
    with reader(engine) as conn:
        week = week_of(conn, date(2017, 5, 17))
        later = week_of(conn, date(2017, 5, 29))
        empty = week_of(conn, date(2013, 1, 1))
        coming = week_of(conn, date(2099, 8, 31))
        broken = conn.execute(Finding.__table__.select().where(Finding.__table__.c.id == BROKEN)).one().day  # type: ignore[attr-defined]
        accused = week_of(conn, broken)
    engine.dispose()
    assert week
    assert [row["day"] for row in week.scheduled] == [date(2017, 5, 17)]
    assert [one.kind for one in week.happened] == ["bill_registered", "press_released"]
    assert later
    assert (later.is_present, later.first, later.last) == (False, date(2017, 5, 15), date(2017, 5, 21))
    assert empty is None
    assert coming
    assert (coming.is_present, len(coming.scheduled), coming.happened) == (True, 1, [])
    assert accused
    assert UNREVIEWED not in {row["id"] for row in accused.broken}
    assert BROKEN in {row["id"] for row in accused.broken}


def test_the_home_page_says_which_week_it_tells_of(sample_site: Visitor) -> None:
    for lang, words in (
        ("ky", "Маалымат бар акыркы жума"),
        ("ru", "Последняя неделя, о которой что-то известно"),
        ("en", "The last week of which something is known"),
    ):
        page = sample_site.get(f"/{lang}/").text
        assert words in page
        assert page.index('id="h-week"') < page.index('id="h-bills"')
