"""Citations of acts in Russian. Each kind of act has its reader; the wordings are in lexicon/acts.yml."""

import re
from collections.abc import Callable, Iterator, Mapping

from nlp.acts.citation import Citation, Enclosing
from nlp.acts.codes import codes, constitution, rules
from nlp.acts.places import HeadPlace, TextOfActs
from nlp.acts.plain_text import PlainText
from nlp.acts.titled import issued, laws
from nlp.acts.treaties import treaties
from nlp.acts.wordings import lexicon

LONGEST = 900
"""Characters of a name without quotes around it."""

_TITLE = re.compile(r"«\s*(?:об?о?\s|некоторые\s)")


def russian_citations(plain: PlainText) -> Iterator[Citation]:
    """All citations in the order of their heads. Citations inside of a cited title are given, too."""
    covered = 0
    words, text, titles = (
        lexicon(),
        TextOfActs(plain),
        Enclosing(plain, lambda quote: _TITLE.match(plain.lower, quote.start) is not None),
    )
    for match in words.trigger.finditer(plain.lower):
        head, plural = words.forms.get(match.group(), (None, False))
        if head is None or match.start() < covered:
            continue  # a word inside of a name that names nothing else
        title = titles.around(match.start())
        if title and not words.about_acts.match(plain.lower, title.start + 1):
            continue
        limit = title.end - 1 if title and title.closed else _line_end(plain, match.end())
        for one in _READERS[head.kind](HeadPlace(text, head, match.start(), match.end(), plural, title, limit)):
            covered = covered if one.refers else max(covered, one.end)
            yield one


def _line_end(plain: PlainText, place: int) -> int:
    end = plain.text.find("\n", place, place + LONGEST)
    return end if end >= 0 else min(len(plain.text), place + LONGEST)


_READERS: Mapping[str, Callable[[HeadPlace], Iterator[Citation]]] = {
    "law": laws,
    "code": codes,
    "constitution": constitution,
    "rules": rules,
    "decree": issued,
    "resolution": issued,
    "order": issued,
    "treaty": treaties,
    "charter": treaties,
    "notes": treaties,
}
