"""What stands around a name in a text: the sentence, posts before it, verbs behind it, institutions named after it."""

import re
from collections.abc import Sequence

from nlp.persons.choice import Around
from nlp.persons.spans import NameSpan
from nlp.persons.tokens import Role, Token

_BACK = 14
"""How many words before a name may hold the post of its bearer."""

_NEAR = 7
_LONGEST_JOINT = 20  # letters: «, а также »
_NAMED_BACK = 4  # «имени Героя Советского Союза Д. Асанова»
_END = re.compile(r"[.!?…;\n]")
_LIST = re.compile(r"[\s.]*(?:,|\bи\b|\bжана\b|\bа также\b|\bменен\b)+\s*(?:а также|и|жана)?\s*$")
_ABBREVIATION = 3
_OPENING, _CLOSING = "«\"“„'‘", "»\"”“'’"


def around(text: str, tokens: Sequence[Token], span: NameSpan, before: tuple[NameSpan, str] | None) -> Around:
    """What speaks for a person at a name. `before`: the person named last, with the cases in which that name stands."""
    first = span.first
    place = first > 0 and tokens[first - 1].word.role is Role.PLACE and not _breaks(text, tokens, first)
    listed = before is not None and _is_list(text, tokens, before[0], span)
    back = _words_before(text, tokens, first, before[0].last if before and not listed else 0)
    posts = [place for place in back if tokens[place].word.role is Role.POST]
    beside = first - 1 in posts
    cases = ""
    if listed and before:
        cases = before[1]
    elif posts:
        cases = tokens[_head(posts)].word.cases
    return Around(
        post=bool(posts),
        post_near=bool(posts) and _is_near(text, tokens, posts[-1], first),
        post_beside=beside,
        saying=_is_saying(text, tokens, span),
        listed=listed,
        place=place,
        place_follows=_place_follows(text, tokens, span),
        opens_sentence=not back,
        cases=cases,
    )


def names_a_thing(text: str, tokens: Sequence[Token], span: NameSpan, cases: str, post_cases: str) -> bool:
    """True when a name is part of the name of an institution, a street, a prize: «школа имени Т. Жумабаева».

    `cases`: those in which the name stands; `post_cases`: those that a post before it asks for.
    """
    if _in_name_of(text, tokens, span.first) or _quoted(text, tokens, span):
        return True
    if span.last < len(tokens) and tokens[span.last].word.role is Role.NAMED_AFTER:
        return True
    if not span.first or tokens[span.first - 1].word.role is not Role.INSTITUTION:
        return False
    if _breaks(text, tokens, span.first) or "g" not in cases:
        return False
    return not set("ga") & set(post_cases)


def _in_name_of(text: str, tokens: Sequence[Token], first: int) -> bool:
    for place in range(first - 1, max(-1, first - 1 - _NAMED_BACK), -1):
        token = tokens[place]
        if "," in text[token.end : tokens[place + 1].start] or _breaks(text, tokens, place + 1):
            return False
        if token.word.role is Role.IN_NAME_OF:
            return token.text.lower() == "имени" or token.dot
        if token.word.role is Role.NAME:
            return False
    return False


def _quoted(text: str, tokens: Sequence[Token], span: NameSpan) -> bool:
    start, end = tokens[span.first].start, tokens[span.last - 1].end
    return bool(start) and text[start - 1] in _OPENING and text[end : end + 1] in set(_CLOSING)


def _breaks(text: str, tokens: Sequence[Token], place: int) -> bool:
    """True when a sentence ends between the words `place - 1` and `place`."""
    before, after = tokens[place - 1], tokens[place]
    gap = text[before.end : after.start]
    if gap == " " or not _END.search(gap):
        return False
    if gap.strip() == ".":
        short = len(before.text) <= _ABBREVIATION and (before.text.islower() or before.initial)
        return not short and after.text[0].isupper()
    return True


def _words_before(text: str, tokens: Sequence[Token], first: int, limit: int) -> range:
    """The places of the words before a name in its sentence, at most `_BACK`, none before `limit`."""
    place = first
    while place > limit and first - place < _BACK and not _breaks(text, tokens, place):
        place -= 1
    return range(place, first)


def _head(posts: Sequence[int]) -> int:
    """The post whose bearer is named: of «заместитель министра» the first."""
    head = len(posts) - 1
    while head and posts[head] - posts[head - 1] == 1:
        head -= 1
    return posts[head]


def _is_near(text: str, tokens: Sequence[Token], post: int, first: int) -> bool:
    """True when only what the post is of stands between a post and a name («послом Королевства Испания»)."""
    between = tokens[post + 1 : first]
    gap = text[tokens[post].end : tokens[first].start]
    return len(between) < _NEAR and "," not in gap and all(one.word.role is not Role.SAYING for one in between)


def _place_follows(text: str, tokens: Sequence[Token], span: NameSpan) -> bool:
    """True in «Бирдик Шайданского айыл окмоту», «Октябрь Аламединского района»."""
    if span.last >= len(tokens) or text[tokens[span.last - 1].end : tokens[span.last].start] != " ":
        return False
    return tokens[span.last].word.role is Role.PLACE


def _is_list(text: str, tokens: Sequence[Token], before: NameSpan, span: NameSpan) -> bool:
    """True when only a comma or «и» and perhaps a post stand between two names."""
    first = span.first
    while first > max(before.last, span.first - _NEAR) and tokens[first - 1].word.role is Role.POST:
        first -= 1
    start, end = tokens[before.last - 1].end, tokens[first].start
    return end - start < _LONGEST_JOINT and _LIST.fullmatch(text, start, end) is not None


def _is_saying(text: str, tokens: Sequence[Token], span: NameSpan) -> bool:
    """True when a verb of saying follows at once or stands right before («отметил Бекешев»)."""
    after = tokens[span.last : span.last + 2]
    for place, token in enumerate(after, span.last):
        if _breaks(text, tokens, place):
            break
        if token.word.role is Role.SAYING:
            return True
    before = span.first - 1
    return before >= 0 and tokens[before].word.role is Role.SAYING and not _breaks(text, tokens, span.first)
