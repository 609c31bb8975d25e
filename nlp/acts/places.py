"""Where a text names an act in Russian: the head that was found, what stands before it and what follows."""

import re
from dataclasses import dataclass, field

from nlp.acts.citation import REFERENCE, Citation, reference
from nlp.acts.plain_text import PlainText, Quote
from nlp.acts.wordings import ARTICLE, CHAIN, ORDINALS, PART, Head, lexicon

_OPENS = re.compile(r"\s*«")
_CITED_BEFORE = re.compile(r"[\d)а-я]\s*$")


@dataclass(slots=True)
class TextOfActs:
    """A text being read: `claimed` are the ends of titles whose number and day belong to the outer act."""

    plain: PlainText
    claimed: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """A head of an act: where it stands, the title around it (None: none), where the text around it ends."""

    text: TextOfActs
    head: Head
    start: int
    end: int
    plural: bool
    title: Quote | None
    limit: int

    @property
    def plain(self) -> PlainText:
        """The text that is read."""
        return self.text.plain

    def before(self, start: int, width: int = 90) -> str:
        """What stands before `start`, in small letters."""
        return self.plain.lower[max(0, start - width) : start]

    def is_draft(self, start: int) -> bool:
        """True where what begins at `start` is called a draft."""
        return lexicon().draft.search(self.before(start, 70)) is not None


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a head: where it ends, who gave the act, its title, has it a number or a day."""

    end: int
    given: bool
    quote: Quote | None
    numbered: bool


def tail_of(place: HeadPlace, start: int) -> Tail:
    """Country, giver, number and day, title: in whatever order they follow."""
    words, lower = lexicon(), place.plain.lower
    end, given, quote, numbered = start, False, None, False
    for _ in range(6):
        if found := words.giver.match(lower, end, place.limit):
            end, given = found.end(), True
        elif not numbered and (found := REFERENCE.match(lower, end, place.limit)):
            end, numbered = found.end(), True
        elif quote is None and (found := _OPENS.match(lower, end, place.limit)):
            quote = place.plain.quotes.get(found.end() - 1)
            if quote is None or quote.end > place.limit + 1:
                return Tail(end, given, None, numbered)
            end = quote.end
            if quote.end in place.text.claimed:
                break
        else:
            break
    return Tail(end, given, quote, numbered)


def cited(place: HeadPlace, start: int, end: int, normal: str, **known: object) -> Citation:
    """A citation with the article and part that stand before it."""
    chain = CHAIN.search(place.before(start, 160)) if _CITED_BEFORE.search(place.before(start, 4)) else None
    cited = chain.group() if chain else ""
    articles = [found.group(1) for found in ARTICLE.finditer(cited)]
    part = PART.search(cited)
    ref = known.pop("ref", None) or normal
    return Citation(
        start=start - len(cited),
        end=end,
        normal=normal,
        ref=reference(str(ref)),
        article=", ".join(articles) or None,
        part=_part(part) if part and len(articles) < 2 else None,
        **known,  # type: ignore[arg-type]
    )


def _part(found: re.Match[str]) -> str:
    if found[1]:
        return str(found[1])
    return str(next(number for number, stem in enumerate(ORDINALS, 1) if found[2].startswith(stem)))
