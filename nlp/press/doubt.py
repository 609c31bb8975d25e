"""Whether a clause of a release tells news of this parliament: not of another state, of long ago, or a rumour."""

import re
from collections.abc import Sequence
from datetime import date

from nlp.press.event import Action
from nlp.press.patterns import Hit, matcher, phrases, word_set
from nlp.press.words import Word

_BEFORE = 5
_IN_A_YEAR = re.compile(
    r"\bв\s+(?P<ru>(?:19|20)\d\d)\s+году\b|\b(?P<ky>(?:19|20)\d\d)\s*-?\s*жыл(?:ы|дары)\b", re.IGNORECASE
)


def is_no_news(words: Sequence[Word], said: str, published: date, *, own_body: bool) -> bool:
    """True for a clause whose actions are no news: denied as untrue, recalled, of an earlier year, done elsewhere.

    `said` is the clause without titles and quotations; `own_body` tells that it names a committee or faction.
    """
    if phrases("untrue").find(words) or phrases("recalled").find(words):
        return True
    years = {int(one["ru"] or one["ky"]) for one in _IN_A_YEAR.finditer(said)}
    if years and max(years) < published.year:
        return True
    return not own_body and _is_elsewhere(words)


def _is_elsewhere(words: Sequence[Word]) -> bool:
    """True where only other parliaments, councils or presidents are named."""
    hits = [hit for hit in matcher("places").find(words) if not (hit.row.meaning.get("first") and hit.start)]
    return bool(hits) and all(hit.row.meaning["where"] == "there" for hit in hits)


def is_doubtful(hit: Hit, action: Action, words: Sequence[Word]) -> bool:
    """True for an action that may be, was not or was before; and for «not adopted» where nobody voted."""
    ahead = {word.form for word in words[max(0, hit.start - _BEFORE) : hit.start]}
    behind = words[hit.end].form if hit.end < len(words) else ""
    if ahead & word_set("perhaps") or behind in word_set("denied_behind") | word_set("before_this"):
        return True
    if hit.start and words[hit.start - 1].form in word_set("before_this"):
        return True
    if action is not Action.REJECTED:
        return False
    if phrases("no_quorum").find(words):
        return True
    return bool(hit.row.meaning.get("voted")) and not phrases("votes").find(words)
