"""Citations of codes, of the Constitution and of the Rules of Procedure in Russian."""

import re
from collections.abc import Iterator

from nlp.acts.citation import Citation, tidy
from nlp.acts.names import adjectives_before, has_stem, in_nominative
from nlp.acts.places import HeadPlace, cited, tail_of
from nlp.acts.plain_text import PlainText
from nlp.acts.titled import titled
from nlp.acts.wordings import lexicon

_PARLIAMENT = re.compile(r"\s+(?:жогорку\s+кенеша|жк)(?!\w)")


def codes(place: HeadPlace) -> Iterator[Citation]:
    """Codes by their adjectives («Уголовный, Семейный кодексы»), by their subject, by a title in quotes."""
    words, plain = lexicon(), place.plain
    names = _code_names(place)
    country = words.country.match(plain.lower, place.end, place.limit)
    after = country.end() if country else place.end
    if names:
        owner = plain.text[place.end : after]
        for number, row in enumerate(names):
            start, last = row[0][0], number == len(names) - 1
            if not (place.is_draft(names[0][0][0]) or words.not_yet.search(place.before(names[0][0][0]))):
                end = after if last else row[-1][1]
                name = tidy(f"{in_nominative(plain, row, place.head)} кодекс{owner}")
                yield cited(place, start, end, name, score=0.95, method="pattern:code")
        return
    if place.plural or place.is_draft(place.start):
        return
    if about := words.code_about.match(plain.lower, after, place.limit):
        owner_after = words.country.match(plain.lower, about.end(), place.limit)
        end = owner_after.end() if owner_after else about.end()
        name = tidy(f"Кодекс{plain.text[place.end : end]}")
        yield cited(place, place.start, end, name, score=0.95, method="pattern:code")
        return
    tail = tail_of(place, place.end)
    if tail.quote and tail.given:
        yield from titled(place, place.start, "Кодекс", tail)


def _code_names(place: HeadPlace) -> list[list[tuple[int, int]]]:
    """The adjectives of each code: «Гражданский процессуальный, Семейный кодексы» are two."""
    rows = [adjectives_before(place.plain, place.start)]
    while place.plural and rows[0]:
        start = rows[0][0][0]
        joint = re.search(r"(?:,|\sи)\s+$", place.plain.lower[max(0, start - 5) : start])
        if joint is None or len(rows) > 20:
            break
        rows.insert(0, adjectives_before(place.plain, start - len(joint.group())))
    return [name for row in rows if (name := _code_name(place, row))]


def _code_name(place: HeadPlace, row: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The part of a row of adjectives that is a code's name: known, or written with a capital letter."""
    plain, known = place.plain, lexicon().codes
    if any(has_stem(plain, word, ("модельн",)) for word in row):
        return []
    for first in range(len(row)):
        words = row[first:]
        stems = " ".join(plain.lower[start:end].replace("- ", "-") for start, end in words)
        if " ".join(_stem(word) for word in stems.split()) in known:
            return words
    capital = next((number for number, (start, _) in enumerate(row) if plain.text[start].isupper()), None)
    return row[capital:] if capital is not None and has_code_shape(plain, row[capital]) else []


def _stem(word: str) -> str:
    return re.sub(r"(?:ого|его|ому|ему|ый|ий|ой|ым|им|ом|ем)$", "", word)


def has_code_shape(plain: PlainText, word: tuple[int, int]) -> bool:
    """False for «Данный», «Новый», «Указанный»: words that point and do not name."""
    return not has_stem(plain, word, ("данн", "нов", "указанн", "настоящ", "эт", "сам", "действующ", "прежн", "кажд"))


def constitution(place: HeadPlace) -> Iterator[Citation]:
    """The Constitution, with its country where that is said."""
    if place.plural or place.is_draft(place.start):
        return
    plain = place.plain
    country = lexicon().country.match(plain.lower, place.end, place.limit)
    end = country.end() if country else place.end
    score = 0.95 if plain.text[place.start].isupper() else 0.8
    name = tidy(f"Конституция{plain.text[place.end : end]}")
    yield cited(place, place.start, end, name, score=score, method="pattern:constitution")


def rules(place: HeadPlace) -> Iterator[Citation]:
    """The Rules of Procedure; not inside the name of a committee."""
    found = _PARLIAMENT.match(place.plain.lower, place.end, place.limit)
    if found is None or place.plural or place.is_draft(place.start):
        return
    if lexicon().committee.search(place.before(place.start, 260)) is not None:
        return
    country = lexicon().country.match(place.plain.lower, found.end(), place.limit)
    end = country.end() if country else found.end()
    name = tidy(f"Регламент{place.plain.text[place.end : end]}")
    yield cited(place, place.start, end, name, score=0.9, method="pattern:rules")
