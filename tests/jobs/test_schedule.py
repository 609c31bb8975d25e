"""The schedule is read strictly: what is wrong is named with file, job and field."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobs.schedule import load_schedule
from jobs.times import latest, next_time
from vocab.dates import BISHKEK
from vocab.errors import ConfigError

FRIDAY = datetime(2026, 9, 4, 12, 3, 30, tzinfo=BISHKEK)


def test_the_schedule_that_comes_along_can_be_read(tmp_path: Path) -> None:
    jobs = load_schedule(tmp_path)
    assert jobs["chain"].run == (("annotate",), ("track",), ("index",), ("publish",))
    assert {jobs[name].then for name in ("crawl-kenesh", "crawl-cbd")} == {"chain"}
    assert jobs["crawl-kenesh"].lock != jobs["crawl-cbd"].lock


def test_a_home_changes_fields_switches_off_and_adds(tmp_path: Path) -> None:
    (tmp_path / "schedule.yml").write_text(
        "crawl-cbd: {when: ['0 6 * * *']}\nexport: {disabled: true}\nown: {run: stats, red: fine}\n"
    )
    jobs = load_schedule(tmp_path)
    assert (jobs["crawl-cbd"].when, jobs["crawl-cbd"].run) == (("0 6 * * *",), (("crawl", "cbd"),))
    assert "export" not in jobs
    assert (jobs["own"].run, jobs["own"].lock, jobs["own"].red_is_fine) == ((("stats",),), "own", True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("own: {run: stats, wen: 1}", "own: unknown field 'wen'; there are run, when"),
        ("own: {when: ['0 6 * * *']}", "own: run: the commands are missing"),
        ("own: {run: stats, when: ['0 25 * * *']}", "own: when: '0 25 * * *' is no time: 25"),
        ("own: {run: stats, when: ['0 6 * *']}", "own: when: '0 6 * *' is no time: minute hour"),
        ("own: {run: stats, when: often}", "own: when: 'often' is no time"),
        ("own: {run: stats, retries: -1}", "own: retries: a whole number from 0 to 10 is expected, not -1"),
        ("own: {run: stats, minutes: yes}", "own: minutes: a whole number"),
        ("own: {run: [1]}", "own: run: a list of texts"),
        ("own: {run: stats, lock: ../x}", "own: lock: a name of small letters"),
        ("own: {run: stats, red: maybe}", "own: red: fine or failed"),
        ("own: {run: stats, then: nobody}", "own: then: there is no job 'nobody'"),
        ("own: {run: 'stats \"'}", "own: run: No closing quotation"),
        ("chain: {disabled: true}", "crawl-kenesh: then: there is no job 'chain'"),
        ("Own: {run: stats}", "'Own' is no name of a job"),
        ("own: stats", "own: fields are expected"),
        ("- own", "jobs by name are expected, not list"),
        ("own: {", "no YAML"),
        ("own: 2026-99-99", "no YAML"),
        ("own: {run: stats, wen: 1, 5: 1}", "own: unknown field '5'"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "schedule.yml").write_text(text)
    with pytest.raises(ConfigError) as error:
        load_schedule(tmp_path)
    assert told in str(error.value)
    assert str(tmp_path / "schedule.yml") in str(error.value)


@pytest.mark.parametrize(
    ("when", "before", "after"),
    [
        (("*/10 8-19 * * 1-5", "5 * * * 0,6"), "2026-09-04 12:00", "2026-09-04 12:10"),
        (("0 9 * * 1",), "2026-08-31 09:00", "2026-09-07 09:00"),
        (("3 12 * * *",), "2026-09-04 12:03", "2026-09-05 12:03"),
        (("0 0 30 2 *",), None, None),
        ((), None, None),
    ],
)
def test_times_are_those_of_bishkek(when: tuple[str, ...], before: str | None, after: str | None) -> None:
    told = (latest(when, FRIDAY.astimezone(UTC)), next_time(when, FRIDAY.astimezone(UTC)))
    assert [moment and f"{moment:%Y-%m-%d %H:%M}" for moment in told] == [before, after]
