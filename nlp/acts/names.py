"""Where the name of an act ends that stands without quotes, and the adjectives before its head."""

import re
from functools import lru_cache

from nlp.acts.cases import is_adjective, nominative_adjective, stem_of
from nlp.acts.citation import REFERENCE
from nlp.acts.plain_text import PlainText
from nlp.acts.wordings import Head, lexicon

_TOKEN = re.compile(r"[^\S\n]*(?:(?P<word>\w+(?:-\w+)*)|(?P<mark>[^\w\s]))")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:-\s?[^\W\d_]+)*")
_GOES_ON = re.compile(r"\s+(?:и\s+|а\s+также\s+)?об?\s")
_PARTY = re.compile(r"\s+(?:[А-ЯЁ]|[а-яё]+(?:ым|им|ой|ом|ей)\s)")
_LOOSE_END = re.compile(r"(?:\s+(?:и|или|а|в|во|на|с|со|по|о|об|к|для|от|из|при|до|за|у))+$")
_ABOUT = frozenset({"о", "об", "обо", "по"})
LONGEST = 45
"""Words of a name without quotes."""


def end_of_name(plain: PlainText, start: int, limit: int) -> int:
    """Where a name ends that starts at `start`: at a verb, a stop, a comma that opens no further party; with its day.

    `limit` is where the text around it ends.
    """
    text, phrases = plain.lower, lexicon().stop_phrases
    end = place = start
    parties = text[start : start + 10].lstrip().startswith("между")
    for _ in range(2 * LONGEST):
        token = _TOKEN.match(text, place, limit)
        if token is None:
            break
        if word := token["word"]:
            if word == "от" and (found := REFERENCE.match(text, token.start("word"), limit)):
                return found.end()
            if _is_stop(word) or phrases.match(text, token.start("word"), limit):
                break
            parties = parties and word not in _ABOUT
            end = place = token.end()
            continue
        after = _after_mark(plain, token.start("mark"), limit, parties=parties)
        if after is None:
            break
        place = after
        if text[token.start("mark")] == "«":
            end = after  # a bracket belongs to the name where the name goes on behind it
    return start + len(_LOOSE_END.sub("", text[start:end]))


@lru_cache(maxsize=8192)
def _is_stop(word: str) -> bool:
    return lexicon().stop_words.fullmatch(word) is not None


def _after_mark(plain: PlainText, place: int, limit: int, *, parties: bool) -> int | None:
    """Where a name goes on after the mark at `place`, None where it does not."""
    text, mark = plain.text, plain.text[place]
    if mark == "«":
        quote = plain.quotes.get(place)
        return quote.end if quote and quote.closed and quote.end <= limit else None
    if mark == "(":
        end = text.find(")", place, min(limit, place + 300))
        while end >= 0 and text.count("(", place, end + 1) > text.count(")", place, end + 1):
            end = text.find(")", end + 1, min(limit, place + 600))
        return end + 1 if end >= 0 and "\n" not in text[place:end] else None
    if mark == ",":
        return place + 1 if _GOES_ON.match(text, place + 1) or (parties and _PARTY.match(text, place + 1)) else None
    if mark == ".":
        return place + 1 if re.search(r"(?<!\w)[\w]{1,2}$", text[max(0, place - 3) : place]) else None
    return place + 1 if mark in "/№" else None


def adjectives_before(plain: PlainText, place: int) -> list[tuple[int, int]]:
    """The adjectives that stand in one row before `place`, from left to right."""
    text = plain.text
    floor = max(0, place - 90)
    words = [match.span() for match in _WORD_BEFORE.finditer(text, floor, place) if match.start() > floor or not floor]
    found: list[tuple[int, int]] = []
    following = place
    for start, end in reversed(words):
        gap = text[end:following]
        if gap.strip() or "\n" in gap or not is_adjective(plain.lower[start:end]):
            break
        found.append((start, end))
        following = start
    return found[::-1]


def in_nominative(plain: PlainText, words: list[tuple[int, int]], head: Head) -> str:
    """Adjectives in the nominative beside their head, blank-separated, the first letter a capital."""
    stressed = lexicon().stressed
    texts = [re.sub(r"-\s", "-", plain.text[start:end]) for start, end in words]
    plain_case = [word.lower() if word.isupper() else word for word in texts]
    row = " ".join(nominative_adjective(word, head.gender, stressed) for word in plain_case)
    return row[:1].upper() + row[1:]


def has_stem(plain: PlainText, word: tuple[int, int], stems: tuple[str, ...]) -> bool:
    """True where a word starts as one of the stems does."""
    return stem_of(plain.lower[word[0] : word[1]]).startswith(stems)
