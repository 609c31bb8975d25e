from sqlalchemy import text

from db.engine import open_engine
from db.metadata import METADATA
from db.migrate import check, is_current, upgrade


def test_the_steps_make_what_the_tables_say(database_url: str) -> None:
    engine = open_engine(database_url)
    assert "no revision" in check(engine)[0]
    assert not is_current(engine)
    upgrade(engine)
    upgrade(engine)
    assert check(engine) == ()
    assert is_current(engine)
    engine.dispose()


def test_a_missing_column_is_named(database_url: str) -> None:
    engine = open_engine(database_url)
    upgrade(engine)
    with engine.begin() as conn:
        conn.execute(text("ALTER TABLE bill DROP COLUMN title"))
    assert any("title" in one for one in check(engine))
    engine.dispose()


def test_all_tables_are_known() -> None:
    assert {"source_page", "record_version", "happening", "finding", "link"} <= set(METADATA.tables)
