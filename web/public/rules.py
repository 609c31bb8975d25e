"""The rules that are checked: what each says in every edition, how it is counted, and how often it was kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from string import Formatter

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from publish.wording import check_reasons
from tracker.asks import ASKS
from tracker.editions import Rule
from tracker.judging import Rules
from vocab.observation import ObservationKind
from vocab.verdicts import Verdict
from web.i18n import translations
from web.parameters import Id
from web.public.queries_rules import Counted, counted
from web.visit import Visit, VisitDep
from web.words import FIGURE_NAMES

router = APIRouter(prefix="/rules")
SHOWN = (Verdict.KEPT, Verdict.BROKEN, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Editions in a row that left a rule alone. `until` is the first day no longer covered."""

    rule: Rule  # of the oldest of these editions
    editions: tuple[str, ...]
    until: date | None

    @staticmethod
    def of(same: list[Rule]) -> "Wording":
        """`same` are the newest edition first."""
        editions = tuple(one.edition for one in reversed(same))
        return Wording(rule=same[-1], editions=editions, until=same[0].valid_to)


@router.get("")
def rules(visit: VisitDep) -> Response:
    """Every rule with its article and its numbers."""
    book = Rules.load().book
    numbers = visit.site.memory.recall(visit.conn, ("rules",), lambda: counted(visit.conn))
    newest = {key: _wordings(wordings)[0] for key, wordings in groupby(book.rules, key=lambda one: one.id)}
    none = Counted()
    return visit.page("rules.html", rules=newest, numbers={key: numbers.get(key, none) for key in newest}, shown=SHOWN)


@router.get("/{key}")
def rule(visit: VisitDep, key: Id) -> Response:
    """One rule: its words by edition, what the check can say, what observers can tell, and its numbers by year."""
    wordings = [one for one in Rules.load().book.rules if one.id == key]
    if not wordings:
        raise HTTPException(404)
    return visit.page(
        "rule.html",
        rule=wordings[0],
        wordings=_wordings(wordings),
        sentences=_sentences(visit, key),
        asked=_asked(key),
        numbers=counted(visit.conn, key).get(key, Counted()),
        shown=SHOWN,
        feeds=visit.site.feed(visit.lang, "findings"),
    )


def _wordings(rules: Iterable[Rule]) -> list[Wording]:
    """Editions that left a wording alone stand together, the newest first."""
    ordered = sorted(rules, key=lambda one: one.valid_from, reverse=True)
    return [Wording.of(list(same)) for _, same in groupby(ordered, key=lambda one: (one.article, one.quote))]


def _sentences(visit: Visit, key: str) -> list[str]:
    """What the check can say, with the names of its figures where they will stand."""
    translate = translations(visit.lang).gettext
    names = {code: f"‹{translate(name)}›" for code, name in FIGURE_NAMES.items()}
    return [_with_names(sentence, names) for sentence in check_reasons(key, visit.lang).values()]


def _with_names(sentence: str, names: Mapping[str, str]) -> str:
    parts = Formatter().parse(sentence)
    return "".join(text + (names.get(code, f"‹{code}›") if code else "") for text, code, _, _ in parts)


def _asked(key: str) -> list[ObservationKind]:
    """The kinds of notes by which somebody in the room can tell what the check cannot."""
    kinds = (kind for (check, _), asked in ASKS.items() if check == key for kind in asked)
    return list(dict.fromkeys(kinds))
