"""The rules that findings are judged by, read once for all pages."""

from functools import lru_cache

from tracker.editions import RuleBook

SEVERITIES = ("high", "medium", "low", "info")
"""From the gravest to what is only told."""


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """The rules, read once."""
    return RuleBook.load()


@lru_cache(maxsize=1)
def severities() -> dict[str, str]:
    """How grave each check is, by the newest edition of its rule."""
    return {rule.id: rule.severity for rule in sorted(rule_book().rules, key=lambda one: one.valid_from)}
