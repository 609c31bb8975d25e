"""Citations of laws, decrees, resolutions and orders in Russian: by title, by number and day, by their subject."""

import re
from collections.abc import Iterator

from nlp.acts.citation import REFERENCE, Citation, tidy
from nlp.acts.names import adjectives_before, end_of_name, has_stem
from nlp.acts.places import HeadPlace, Tail, cited, tail_of
from nlp.acts.plain_text import PlainText, Quote
from nlp.acts.wordings import lexicon

_NEXT = re.compile(r"\s*(?:,|;|,?\s+и|,?\s+а\s+также)\s*(?P<next>«)")
_NEXT_TITLE = re.compile(r"\s*(?:,|,?\s+и)\s*(?P<next>«)(?=\s*об?о?\s)")
_ABOUT = re.compile(r"\s+об?о?\s+(?=\w)")
_BROKEN = 0.15
"""What a missing quotation mark costs of the score."""


def laws(place: HeadPlace) -> Iterator[Citation]:
    """Laws by title, by number and day, or by what they are about."""
    row = adjectives_before(place.plain, place.start)
    constitutional = bool(row) and has_stem(place.plain, row[-1], ("конституционн",))
    start = row[-1][0] if constitutional else place.start
    head = "Конституционный закон" if constitutional else "Закон"
    tail = tail_of(place, place.end)
    if tail.quote is None and not tail.numbered:
        yield from _described_law(place, start, head, tail)
    elif not place.is_draft(start) and not lexicon().not_yet.search(place.before(start)):
        yield from titled(place, start, head, tail)


def titled(place: HeadPlace, start: int, head: str, tail: Tail) -> Iterator[Citation]:
    """An act with its title, and after a plural, or before another title, the further ones."""
    plain = place.plain
    giver = plain.text[place.end : tail.quote.start if tail.quote else place.end]
    giver = "" if REFERENCE.search(giver.lower()) else giver
    yield _one_titled(place, start, tail.end, f"{head}{_as_cited(plain, place.end, tail.quote, tail.end)}", tail.quote)
    end, step = tail.end, _NEXT if place.plural else _NEXT_TITLE
    while tail.quote and (found := step.match(plain.lower, end, place.limit)):
        quote = plain.quotes.get(found.start("next"))
        if quote is None or quote.end > place.limit + 1:
            return
        reference_after = REFERENCE.match(plain.lower, quote.end, place.limit)
        end = reference_after.end() if reference_after else quote.end
        yield _one_titled(place, quote.start, end, f"{head}{giver} {_as_cited(plain, quote.start, quote, end)}", quote)


def _as_cited(plain: PlainText, start: int, quote: Quote | None, end: int) -> str:
    """The text of a citation, its title in quotes that close."""
    if quote is None:
        return plain.text[start:end]
    title = tidy(plain.text[quote.start : quote.end])
    return f"{plain.text[start : quote.start]}{title}{plain.text[quote.end : end]}"


def _one_titled(place: HeadPlace, start: int, end: int, name: str, quote: Quote | None) -> Citation:
    words, plain = lexicon(), place.plain
    refers = quote is not None and words.about_acts.match(plain.lower, quote.start + 1) is not None
    score = 0.95
    if quote and not quote.closed:
        place.text.claimed.add(quote.end)
        score -= _BROKEN if plain.text[quote.end - 1] == "»" else 2 * _BROKEN
    method = "pattern:title" if quote else "pattern:number"
    return cited(place, start, end, tidy(name), score=score, method=method, refers=refers)


def _described_law(place: HeadPlace, start: int, head: str, tail: Tail) -> Iterator[Citation]:
    """«закон об Акыйкатчы»: a law that is only described."""
    words, plain = lexicon(), place.plain
    about = _ABOUT.match(plain.lower, tail.end, place.limit)
    if place.plural or about is None or place.is_draft(start):
        return
    before = place.before(start)
    if words.not_yet.search(before) or words.not_yet_unquoted.search(before):
        return
    end = end_of_name(plain, about.end(), place.limit)
    if end <= about.end() or words.generic.match(plain.lower, about.start()):
        return
    title = tidy(plain.text[tail.end : end])
    ref = f"{head} «{title[:1].upper()}{title[1:]}»"
    name = tidy(f"{head}{plain.text[place.end : end]}")
    yield cited(place, start, end, name, score=0.6, method="pattern:description", ref=ref)


def issued(place: HeadPlace) -> Iterator[Citation]:
    """Decrees, resolutions and orders: known by number and day, by title, or by giver and subject."""
    words, plain, kind = lexicon(), place.plain, place.head.kind
    tail = tail_of(place, place.end)
    named = tail.quote is not None or (tail.numbered and (tail.given or kind == "decree"))
    if not (named or (tail.given and kind == "resolution")) or place.is_draft(place.start):
        return
    if kind == "resolution" and words.not_yet.search(place.before(place.start)):
        return
    if named:
        yield from titled(place, place.start, place.head.word, tail)
        return
    about = _ABOUT.match(plain.lower, tail.end, place.limit)
    end = end_of_name(plain, about.end(), place.limit) if about and not place.plural else 0
    if about and end > about.end() and not words.generic.match(plain.lower, about.start()):
        name = tidy(f"{place.head.word}{plain.text[place.end : end]}")
        yield cited(place, place.start, end, name, score=0.6, method="pattern:description")
