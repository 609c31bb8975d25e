"""Citations of acts in Kyrgyz, where the title stands before the head: «Медиация жөнүндө» мыйзам."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp.acts.citation import Citation, Enclosing, reference, tidy
from nlp.acts.plain_text import SENTENCE_END, PlainText, Quote
from nlp.acts.wordings import KyrgyzHead, lexicon

_LISTED = re.compile(r"»\s*(?:,|жана)\s*$")
_WORD = re.compile(r"[\w-]+")
_OWNERS = ("республикасынын", "президенттин", "президентинин", "кеңештин", "кеңешинин", "кабинетинин", "өкмөтүнүн")
_KYRGYZ = re.compile("[өүң]|мыйзам|кодекси|жарлы[гк]|токтом|конституциясы")
_PLURAL = re.compile(r"^(?:л[аеоө]р|д[аеоө]р|т[аеоө]р)")
_PARLIAMENT = re.compile(r"жогорку\s+кеңеш(?:инин|тин)\s+$")
_NUMBERED = re.compile(r"№\s*\d")
_ISSUED = ("decree", "resolution", "order")
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Place:
    """A head: where it stands, its form, where what belongs to it begins, and the titles that stand before."""

    plain: PlainText
    head: KyrgyzHead
    stem: str
    start: int
    end: int
    first: int
    quotes: tuple[Quote, ...]

    @property
    def ending(self) -> str:
        return self.plain.lower[self.start + len(self.stem) : self.end]

    @property
    def owned(self) -> bool:
        """True for a head with the possessive, «мыйзамынын», or an owner before it."""
        return self.plain.lower.startswith(self.head.owned.lower()[: len(self.stem) + 1], self.start)

    @property
    def name(self) -> str:
        """The head in the nominative."""
        return self.head.owned if self.owned and not _PLURAL.match(self.ending) else self.head.plain


def kyrgyz_citations(plain: PlainText) -> Iterator[Citation]:
    """All citations in the order of their heads. Citations inside of a cited title are given, too."""
    if not _KYRGYZ.search(plain.lower):
        return
    words = lexicon()
    closes, titles = _by_end(plain), Enclosing(plain, lambda quote: _is_title(plain, quote))
    for match in words.kyrgyz.trigger.finditer(plain.lower):
        start, end = match.span()
        if words.kyrgyz.draft.match(plain.lower, end) or words.kyrgyz.decided.match(plain.lower, end):
            continue
        title = titles.around(start)
        if title and not words.about_acts_ky.search(plain.lower, start, title.end):
            continue
        place = _place(plain, closes, match["own"] or match["shared"], (start, end))
        yield from _cited(place, title)


def _by_end(plain: PlainText) -> dict[int, Quote]:
    """The quotes by where they end; of several that end together the outermost one that was closed."""
    found: dict[int, Quote] = {}
    for quote in sorted(plain.quotes.values(), key=lambda one: (one.closed, -one.start)):
        found[quote.end] = quote
    return found


def _place(plain: PlainText, closes: dict[int, Quote], stem: str, span: tuple[int, int]) -> _Place:
    words, first = lexicon().kyrgyz, span[0]
    first = _before(plain, first)
    quotes: list[Quote] = []
    while (quote := _quote_before(plain, closes, first)) and len(quotes) < 20:
        quotes.insert(0, quote)
        first = quote.start
        if not _LISTED.search(plain.lower, max(0, first - 12), first):
            break
    if quotes:
        first = _before(plain, first)
    return _Place(plain, words.heads[stem], stem, *span, first, tuple(quotes))


def _before(plain: PlainText, place: int) -> int:
    """Where country, giver, day and number begin that stand before `place`."""
    words = lexicon().kyrgyz
    for _ in range(6):
        found = words.before.search(plain.lower, max(0, place - 80), place)
        if found is None:
            break
        place = found.start()
    return place


def _quote_before(plain: PlainText, closes: dict[int, Quote], place: int) -> Quote | None:
    floor = max(0, place - 20)
    end = floor + len(re.sub(r"(?:жана|[\s,])*$", "", plain.lower[floor:place]))
    if end and plain.text[end - 1] == "»":
        return closes.get(end) or _orphan(plain, end)
    return None


def _orphan(plain: PlainText, end: int) -> Quote | None:
    """The title that a mark closes whose own opening mark was forgotten: it begins at the quote before it."""
    line = plain.text.rfind("\n", max(0, end - 400), end) + 1
    start = plain.text.find("«", max(line, end - 400), end)
    alone = start >= 0 and not SENTENCE_END.search(plain.text, start, end)
    return Quote(start, end, closed=False) if alone else None


def _is_title(plain: PlainText, quote: Quote) -> bool:
    """True where a quote ends as Kyrgyz titles do: «… жөнүндө»."""
    return lexicon().kyrgyz.about.search(plain.lower, max(quote.start, quote.end - 20), quote.end - 1) is not None


def _cited(place: _Place, title: Quote | None) -> Iterator[Citation]:
    plain, kind = place.plain, place.head.kind
    between = plain.lower[place.first : place.start]
    if place.quotes:
        numbered = kind in _ISSUED and _NUMBERED.search(between)
        if numbered or all(_is_title(plain, one) for one in place.quotes):
            yield from _titled(place)
    elif kind == "code":
        yield from _code(place)
    elif kind == "constitution" or (kind == "rules" and _PARLIAMENT.search(between)):
        yield _one(place, f"{plain.text[place.first : place.start]}{place.name}", 0.95, "pattern:constitution")
    elif kind in _ISSUED:
        if _NUMBERED.search(between):
            yield _one(place, f"{plain.text[place.first : place.start]}{place.name}", 0.9, "pattern:number")
    elif kind == "treaty" and title is not None:
        yield _one(place, f"{plain.text[title.start + 1 : place.start]}{place.name}", 0.8, "pattern:treaty")
    elif kind == "law":
        yield from _described(place)


def _titled(place: _Place) -> Iterator[Citation]:
    """One citation a title: «А жөнүндө», «Б жөнүндө» мыйзамдар are two laws."""
    plain = place.plain
    before = plain.text[place.first : place.quotes[0].start]
    after = plain.text[place.quotes[-1].end : place.start].lstrip(",")
    for number, quote in enumerate(place.quotes):
        last = number == len(place.quotes) - 1
        start = place.first if number == 0 else quote.start
        name = f"{before}{plain.text[quote.start : quote.end]}{after}{place.name}"
        score = 0.95 if quote.closed else 0.8
        refers = lexicon().about_acts_ky.search(plain.lower, quote.start, quote.end) is not None
        one = _one(place, name, score, "pattern:title", span=(start, place.end if last else quote.end))
        yield replace(one, refers=refers)


def _code(place: _Place) -> Iterator[Citation]:
    words, plain = lexicon().kyrgyz, place.plain
    found = words.code_name.search(plain.lower, max(0, place.start - 60), place.start)
    start = found.start("name") if found else _capital_before(plain, place.start, 3) if place.owned else None
    if start is None:
        return
    ref = _russian_code(" ".join(found["name"].split())) if found else None
    first = _before(plain, start)
    name = plain.text[start : place.start]
    normal = f"{plain.text[first:start]}{name[:1].upper()}{name[1:]}{place.name}"
    yield _one(place, normal, 0.95 if found else 0.7, "pattern:code", span=(first, place.end), ref=ref)


def _russian_code(name: str) -> str:
    """The Russian name of a code that both languages know: its key is one."""
    words = lexicon().kyrgyz
    return f"Кодекс {words.codes_about[name]}" if name in words.codes_about else f"{words.codes[name]} кодекс"


def _described(place: _Place) -> Iterator[Citation]:
    """«Шайлоо жөнүндө мыйзам»: a title without quotes, from its capital letter on."""
    plain = place.plain
    about = lexicon().kyrgyz.about.search(plain.lower, max(0, place.first - 20), place.first)
    if about is None or _PLURAL.match(place.ending):
        return
    start = _capital_before(plain, place.first, _MOST_WORDS)
    if start is None:
        return
    first = _before(plain, start)
    title = tidy(plain.text[start : place.first])
    normal = f"{plain.text[first : place.start]}{place.name}"
    ref = f"«{re.sub('гү$', '', title)}» {place.name}"
    yield _one(place, normal, 0.6, "pattern:description", span=(first, place.end), ref=ref)


def _capital_before(plain: PlainText, place: int, most: int) -> int | None:
    """Where the nearest word with a capital letter begins, at most `most` words before, or what follows the country."""
    following = place
    floor = max(0, place - 160)
    words = [found.span() for found in _WORD.finditer(plain.text, floor, place) if found.start() > floor or not floor]
    for start, end in words[: -most - 1 : -1]:
        if plain.text[end:following].strip(" \u00a0") or plain.lower[start:end].endswith(_OWNERS):
            return following if end < following < place and plain.lower[start:end].endswith(_OWNERS) else None
        if plain.text[start].isupper():
            return start
        following = start
    return None


def _one(
    place: _Place, name: str, score: float, method: str, *, span: tuple[int, int] | None = None, ref: str | None = None
) -> Citation:
    """A citation with the article and part that follow the head."""
    start, end = span or (place.first, place.end)
    follows = lexicon().kyrgyz.article.match(place.plain.lower, end) if end == place.end else None
    normal = tidy(name)
    return Citation(
        start=start,
        end=follows.end() if follows else end,
        normal=normal,
        ref=reference(ref or normal),
        article=follows["article"] if follows else None,
        part=follows["part"] if follows else None,
        score=score,
        method=method,
    )
