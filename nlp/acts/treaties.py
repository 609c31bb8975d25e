"""Citations of treaties in Russian."""

import re
from collections.abc import Iterator

from nlp.acts.citation import Citation, tidy
from nlp.acts.codes import has_code_shape
from nlp.acts.names import adjectives_before, end_of_name, has_stem, in_nominative
from nlp.acts.places import HeadPlace, cited
from nlp.acts.plain_text import PlainText
from nlp.acts.wordings import lexicon


def treaties(place: HeadPlace) -> Iterator[Citation]:
    """Treaties by their subject, parties or project; without place and day of signing."""
    if place.plural and place.head.kind != "notes":
        return
    plain = place.plain
    row = _treaty_row(place)
    start = row[0][0] if row else place.start
    end, named = _treaty_end(place, row)
    if not named or place.is_draft(start) or lexicon().no_treaty_before.search(place.before(start, 40)):
        return
    ratified = lexicon().ratifying.search(place.before(start, 60)) is not None
    capital = plain.text[start].isupper() or plain.text[place.start].isupper()
    if not (ratified or capital):
        return
    adjectives = in_nominative(plain, row, place.head)
    head = f"{adjectives} {place.head.word.lower()}" if row else place.head.word
    name = tidy(f"{head}{plain.text[place.end : end]}")
    closed = place.title is not None and place.title.closed
    about = lexicon().ratifying.search(plain.lower[place.end : end]) or re.search(
        "о внесении", plain.lower[place.end : place.end + 40]
    )
    score = 0.9 if closed or row else 0.75
    yield cited(place, start, end, name, score=score, method="pattern:treaty", refers=about is not None)


def _treaty_row(place: HeadPlace) -> list[tuple[int, int]]:
    """The adjectives that belong to the name: of a known kind, or with a capital letter."""
    plain, words = place.plain, lexicon()
    row = adjectives_before(plain, place.start)
    belongs = [
        has_stem(plain, word, words.treaty_stems + words.naming_stems)
        or (plain.text[word[0]].isupper() and has_code_shape(plain, word) and not _participle(plain, word))
        for word in row
    ]
    first = next((number for number, one in enumerate(belongs) if one), len(row))
    return row[first:]


def _participle(plain: PlainText, word: tuple[int, int]) -> bool:
    return re.search(r"(?:нн|[уюая]щ|вш)[а-я]{2,3}$", plain.lower[word[0] : word[1]]) is not None


def _treaty_end(place: HeadPlace, row: list[tuple[int, int]]) -> tuple[int, bool]:
    """Where the name of a treaty ends, and whether it is a name at all."""
    plain, words = place.plain, lexicon()
    if place.head.kind == "notes" and not (row and has_stem(plain, row[0], ("обменн",))):
        return place.end, False
    start = words.charter_of if place.head.kind == "charter" else words.treaty_name
    if not start.match(plain.lower, place.end, place.limit):
        return place.end, bool(row) and has_stem(plain, row[0], words.naming_stems)
    limit = _next_treaty(place)
    if place.title and place.title.closed:
        signed = words.signed.search(plain.lower, place.end, limit)
        return (signed.start() if signed else limit), True
    end = end_of_name(plain, place.end, limit)
    return end, end > place.end


_AND_TREATY = re.compile(
    r"(?:,|;|,?\s+и|,?\s+а\s+также)\s+(?:[а-я-]+(?:ого|его|ой|ому|ему|ый|ий|ая|ое|ую|ым|ом|ых|их|ыми|ими|ые|ие)\s+){0,3}"
    r"(?:соглашени|конвенци|договор|протокол|меморандум)[а-я]{0,3}(?!\w)"
)


def _next_treaty(place: HeadPlace) -> int:
    """Where the next treaty of a list begins, or the limit of the place."""
    found = _AND_TREATY.search(place.plain.lower, place.end, place.limit)
    return found.start() if found else place.limit
