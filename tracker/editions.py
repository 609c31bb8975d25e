"""The Rules of Procedure as data: which rule was in force on a day, by which article of which edition."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from tracker.parliament import Parliament, read_parliament
from vocab.errors import ConfigError

_ROW = frozenset({"id", "name", "severity", "wordings"})
_WORDING = frozenset({"editions", "article", "quote", "parameters", "verified", "source", "note", "from", "to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule in one edition. `valid_to` is the first day on which it is no longer in force, None: in force.

    `verified`: article and wording were read in the text itself; otherwise `note` says what is known of it.
    """

    id: str
    name: str
    severity: str
    edition: str
    article: str
    quote: str
    parameters: Mapping[str, Any]
    verified: bool
    valid_from: date
    valid_to: date | None
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """All rules of a parliament, and what is to be known of it. `fingerprint` changes with every change of the file."""

    rules: tuple[Rule, ...]
    fingerprint: str
    parliament: Parliament = field(default_factory=Parliament)
    _wordings: dict[str, list[Rule]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Put the wordings of each rule together: a rule is asked for thousands of times a second."""
        for rule in self.rules:
            self._wordings.setdefault(rule.id, []).append(rule)

    def on(self, rule_id: str, day: date) -> Rule | None:
        """The rule of this id that was in force on `day`, None where there was none."""
        for rule in self._wordings.get(rule_id, ()):
            if rule.valid_from <= day and (rule.valid_to is None or day < rule.valid_to):
                return rule
        return None

    @staticmethod
    def load(path: Path | None = None) -> "RuleBook":
        """Read a rule file; without a path that of Kyrgyzstan. Raises ConfigError with the place."""
        source = path or files("tracker").joinpath("reglament", "kg.yml")
        return read_rules(source.read_text(encoding="utf-8"), str(path or "tracker/reglament/kg.yml"))


def read_rules(text: str, name: str = "rules") -> RuleBook:
    """Read the text of a rule file. Raises ConfigError where a key is missing, unknown, or two rules overlap."""
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
        rules = tuple(rule for row in data["rules"] for rule in _rules(row, data["editions"]))
        parliament = read_parliament(data["parliament"]) if "parliament" in data else Parliament()
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise ConfigError(f"{name}: {type(error).__name__}: {error}") from error
    _refuse_overlaps(rules, name)
    return RuleBook(rules=rules, fingerprint=hashlib.sha256(text.encode()).hexdigest()[:16], parliament=parliament)


def _rules(row: Mapping[str, Any], editions: Mapping[str, Mapping[str, Any]]) -> Iterator[Rule]:
    """A rule's wording stands once and holds through all editions that it names."""
    for wording in row["wordings"]:
        _refuse_unknown(row, wording)
        for edition in wording["editions"]:
            known = editions[edition]
            yield Rule(
                id=row["id"],
                name=row["name"],
                severity=row["severity"],
                edition=known["name"],
                article=wording["article"],
                quote=wording.get("quote", ""),
                parameters=wording.get("parameters", {}),
                verified=wording["verified"],
                valid_from=max(known["from"], wording.get("from", known["from"])),
                valid_to=_earlier(known["to"], wording.get("to")),
                source=wording["source"],
                note=wording.get("note", ""),
            )


def _refuse_unknown(row: Mapping[str, Any], wording: Mapping[str, Any]) -> None:
    unknown = (row.keys() - _ROW) | (wording.keys() - _WORDING)
    if unknown:
        raise ConfigError(f"rule {row['id']}: unknown keys {sorted(unknown)}")
    if wording["verified"] == bool(wording.get("note")):
        raise ConfigError(f"rule {row['id']}, {wording['article']}: verified, or with a note why not")


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _refuse_overlaps(rules: tuple[Rule, ...], name: str) -> None:
    latest: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda one: (one.id, one.valid_from)):
        before = latest.get(rule.id)
        if before is not None and (before.valid_to is None or before.valid_to > rule.valid_from):
            raise ConfigError(f"{name}: {rule.id} stands twice on {rule.valid_from}")
        latest[rule.id] = rule
