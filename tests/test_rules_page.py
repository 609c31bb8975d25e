"""docs/rules.md says what the rules say."""

from tests.rules_page import PAGE, page, verdicts_shown
from tracker.checks import CHECKS


def test_the_page_of_rules_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "make rules"


def test_every_reason_has_its_verdict_on_the_page() -> None:
    reasons = {(check.id, reason.value) for check in CHECKS for reason in check.reasons}
    assert reasons - verdicts_shown().keys() == set()
