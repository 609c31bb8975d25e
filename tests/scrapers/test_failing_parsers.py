"""However a parser fails, its page is kept and named."""

from datetime import UTC, date, datetime

from scrapers.page import Page, Problem, Reading
from scrapers.pipelines.quarantine import numbered
from scrapers.source import load_source
from scrapers.visit import Answer, Ask, Desk, Known, Outcome, Parser, understand


def failing(page: Page) -> Reading:
    raise RecursionError("nested too deeply")


def none(known: Known) -> bytes:
    raise AssertionError(f"nothing is archived yet: {known}")


def test_a_parser_that_raises_anything_leaves_a_page_with_its_reason() -> None:
    source = load_source("kenesh")
    url = "https://old.kenesh.kg/ru/article/show/1/x"
    body = ("<html><body>Жогорку Кенеш " + "x" * 200 + "</body></html>").encode()
    now = datetime(2026, 9, 1, tzinfo=UTC)
    answer = Answer(url=url, status=200, headers={}, body=body, at=now, shown_on=date(2026, 9, 1))
    desk = Desk(source=source, parser=Parser(name="p", version="p 1", read=failing), archived=none)
    visit = understand(Ask(url=url, kind="protocol", address=source.address(url)), answer, None, desk)
    assert visit.outcome is Outcome.NEW
    assert visit.content is not None
    assert visit.error is not None
    assert visit.error.reason == "the parser failed: RecursionError: nested too deeply"


def test_the_same_problem_twice_on_a_page_is_two_problems() -> None:
    found = numbered([Problem(place="paragraph", reason="of no known form", excerpt=one) for one in "ab"])
    assert [(problem.place, problem.excerpt) for problem in found] == [("paragraph", "a"), ("paragraph (2)", "b")]
