"""Source health: each sign by hand, and the signs of a real database."""

from datetime import UTC, date, datetime, timedelta

from db.engine import reader
from db.runs import LOOKED_FOR, Origin, Run
from tests.tracker.house import SITE, House, agenda, protocol
from tracker.calendar import KyrgyzCalendar
from tracker.health import signs
from tracker.health.signs import Crawl, Held, Sign, State
from tracker.health.stored import health

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)  # a Wednesday
TODAY = NOW.date()
GOOD, RED, UNKNOWN = State.GOOD, State.RED, State.UNKNOWN
CALENDAR = KyrgyzCalendar.load()


def crawl(days_ago: float, pages: int = 100, *, is_clean: bool = True, vanished: int = 0, lost: int = 0) -> Crawl:
    moment = NOW - timedelta(days=days_ago)
    return Crawl(
        started_at=moment,
        ended_at=moment,
        is_clean=is_clean,
        pages={"press": pages},
        lost={"press": lost, "protocol": 0},
        vanished=vanished,
    )


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_crawl_is_late_after_three_usual_gaps() -> None:
    assert signs.last_crawl(SITE, [crawl(1, is_clean=False)], NOW).state is RED
    once = signs.last_crawl(SITE, [crawl(1.5)], NOW)
    assert (once.state, once.figures["usual"], once.figures["bound"]) == (GOOD, None, 2)
    weekly = [crawl(27), crawl(20), crawl(13)]
    assert signs.last_crawl(SITE, weekly, NOW).state is GOOD
    late = signs.last_crawl(SITE, weekly, NOW + timedelta(days=9))
    assert (late.state, late.figures["days"], late.figures["bound"], late.key) == (RED, 22, 21, f"last_crawl:{SITE}")


def test_pages_are_counted_against_the_median() -> None:
    assert signs.counts(SITE, ["press"], []) == []
    [few] = signs.counts(SITE, ["press"], [crawl(2), crawl(1)])
    assert few.state is UNKNOWN
    usual = [crawl(4), crawl(3, 110), crawl(2)]
    [fewer, never] = signs.counts(SITE, ["press", "protocol"], [*usual, crawl(1, 38)])
    assert (fewer.state, fewer.figures["usual"], fewer.figures["change"]) == (RED, 100, -0.62)
    assert (never.state, never.figures["change"]) == (GOOD, None)
    assert signs.losses(SITE, []) == []
    [lost] = signs.losses(SITE, [crawl(1, lost=3)])
    assert (lost.about, lost.figures) == ("press", {"lost": 3})


def test_vanished_records_are_many_or_few() -> None:
    usual = [crawl(4, vanished=1), crawl(3), crawl(2, vanished=1)]
    assert signs.vanished(SITE, usual).state is UNKNOWN
    assert signs.vanished(SITE, [*usual, crawl(1, vanished=5)]).state is GOOD
    assert signs.vanished(SITE, [*usual, crawl(1, vanished=6)]).state is RED


def test_a_list_is_looked_at_as_often_as_usual() -> None:
    assert signs.coverage(SITE, "bill", [ago(1), ago(1), ago(200)], TODAY).state is UNKNOWN
    daily = [ago(days) for days in range(4, 12)]
    assert signs.coverage(SITE, "bill", [*daily, ago(1)], TODAY).state is GOOD
    assert signs.coverage(SITE, "bill", daily, TODAY).figures["now"] == 4
    assert signs.coverage(SITE, "bill", daily, TODAY).state is RED


def test_a_protocol_is_missing_after_the_usual_lag() -> None:
    came = [Held(id=f"s{lag}", day=ago(40 + lag), protocol_on=ago(40)) for lag in (5, 7, 9, 9, 20)]
    late = Held(id="backfilled", day=ago(390), protocol_on=ago(1))
    assert [one.state for one in signs.protocols(SITE, [*came[1:], late], TODAY)] == [UNKNOWN]
    fresh = [Held(id="fresh", day=ago(20)), Held(id="ahead", day=ago(-3)), Held(id="old", day=ago(121))]
    [fine] = signs.protocols(SITE, [*came, *fresh], TODAY)
    assert (fine.state, fine.figures) == (GOOD, {"known": 5, "usual": 20})
    [missing] = signs.protocols(SITE, [*came, *fresh, Held(id="due", day=ago(21))], TODAY)
    assert (missing.state, missing.about, missing.figures["days"]) == (RED, "due", 21)


def test_an_agenda_is_missing_on_a_usual_day_in_session() -> None:
    wednesdays = [ago(7 * week) for week in range(1, 5)]
    assert signs.agenda(SITE, wednesdays[1:], TODAY, CALENDAR).state is UNKNOWN
    missing = signs.agenda(SITE, wednesdays, TODAY, CALENDAR)
    assert (missing.state, missing.figures["held"], missing.figures["weeks"]) == (RED, 4, 4)
    assert signs.agenda(SITE, [*wednesdays, TODAY], TODAY, CALENDAR).state is GOOD
    assert signs.agenda(SITE, wednesdays, ago(1), CALENDAR).state is GOOD  # no sitting on Tuesdays
    july = date(2026, 7, 22)
    between = [july - timedelta(weeks=week) for week in range(1, 6)]
    assert signs.agenda(SITE, between, july, CALENDAR).state is GOOD


def test_press_releases_are_silent_for_longer_than_ever() -> None:
    assert signs.press(SITE, [ago(1)], TODAY, CALENDAR).state is UNKNOWN
    days = [ago(days) for days in range(40, 7, -1)]
    quiet = signs.press(SITE, days, TODAY, CALENDAR)
    assert (quiet.state, quiet.figures["silent"], quiet.figures["usual"]) == (RED, 6, 1)
    assert signs.press(SITE, [*days, ago(1)], TODAY, CALENDAR).state is GOOD


def test_a_database_is_looked_at(each_house: House) -> None:
    """On each database: a live one with three clean crawls, and the same as a replay."""
    house = each_house.state(protocol(), agenda(day=TODAY))
    house.track()
    figures = {"kinds": {"press": {"fetched": 2, "unchanged": 8, "refused": 1}}, LOOKED_FOR: {"bill": ""}}
    run = {"stage": "crawl", "site": SITE, "origin": "live", "asked": "", "outcome": "clean", "reasons": []}
    moments = [NOW - timedelta(days=days) for days in (3, 2, 1)]
    rows = [
        run | {"id": 900 + place, "started_at": moment, "ended_at": moment, "figures": figures}
        for place, moment in enumerate(moments)
    ]
    house.put(Run, rows, "id").put(Origin, [{"id": 1, "kind": "live", "detail": "", "since": NOW}], "id")

    def found() -> dict[str, Sign]:
        with reader(house.engine) as conn:
            return {sign.key: sign for sign in health(conn, {SITE: ["press"], "cbd": ["documents"]}, NOW)}

    live = found()
    assert live["losses:kenesh:press"].state is RED
    assert live["last_crawl:cbd"].state is RED
    assert (live["last_crawl:kenesh"].state, live["coverage:kenesh:bill"].state) == (GOOD, GOOD)
    assert live["counts:kenesh:press"].figures["seen"] == 10
    assert {live[f"{code}:kenesh"].state for code in ("protocols", "agenda", "press", "vanished")} == {UNKNOWN}
    house.put(Origin, [{"id": 1, "kind": "replay", "detail": "", "since": NOW}], "id")
    assert found().keys() == {
        *("not_live:kenesh", "counts:kenesh:press", "losses:kenesh:press", "quarantine:kenesh", "quarantine:cbd")
    }
