"""Which drafts have a card, and what it shows: their numbers, where a picture says more than the words. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from publish.charts.post_cards import (
    MOST_ROWS,
    Card,
    CardWords,
    Colour,
    Heading,
    Row,
    Share,
    fits_as_heading,
    of_rows,
    of_whole,
)
from publish.composing.marked import cleaned, cleaned_data
from publish.drafts import Draft
from publish.wording import check_name, day_in_words, finding_line, load_words
from vocab.posts import PostKind

_FEWEST_ROWS = 2
_ROW_LETTERS = 44


def card_of(draft: Draft, lang: str) -> Card | None:
    """The card of a draft; None where its facts are not whole, or do not fit each other."""
    draw = _CARDS.get(draft.kind)
    return draw(draft, CardWords(lang)) if draw else None


def _vote(draft: Draft, words: CardWords) -> Card | None:
    if len(draft.items) != 1:
        return None
    item = draft.items[0]
    in_favour, against, not_voting = (_count(item.facts, name) for name in ("in_favour", "against", "not_voting"))
    seats, needed = _count(item.facts, "seats"), _count(item.facts, "needed")
    if in_favour is None or against is None:
        return None
    shares = [
        Share(in_favour, words.say("in_favour"), Colour.BLUE),
        Share(against, words.say("against"), Colour.ORANGE),
    ]
    if not_voting is not None:
        shares.append(Share(not_voting, words.say("not_voting"), Colour.NOTHING))
    rest = seats - sum(share.number for share in shares) if seats else 0
    if rest < 0 or not any(share.number for share in shares):
        return None
    if rest:
        shares.append(Share(rest, words.say("rest"), Colour.NOTHING))
    heading = Heading(
        above=words.say("vote", day=day_in_words(item.day, words.lang)),
        title=_name(item.title),
        source=words.say("source"),
    )
    line = needed if seats and needed and needed <= seats else None
    return of_whole(heading, shares, words, seats=seats, needed=line)


def _finding(draft: Draft, words: CardWords) -> Card | None:
    """A number of the seats, with the number that was needed."""
    if len(draft.items) != 1:
        return None
    item = draft.items[0]
    figures: Mapping[str, Any] = item.facts.get("figures") or {}
    seats, needed = _count(figures, "seats"), _count(figures, "quorum") or _count(figures, "needed")
    named: Mapping[str, str] = load_words("posts", words.lang)["cards"]["figures"]
    counted = next(((word, n) for name, word in named.items() if (n := _count(figures, name)) is not None), None)
    sentence = finding_line(cleaned_data(item.facts), words.lang)
    if counted is None or not (seats and needed) or not counted[1] <= seats >= needed:
        return None
    shares = [
        Share(counted[1], counted[0], Colour.BLUE),
        Share(seats - counted[1], words.say("rest"), Colour.NOTHING),
    ]
    heading = Heading(
        above=words.say("finding", day=day_in_words(item.day, words.lang)),
        title=_name(check_name(item.facts.get("check", ""), words.lang)),
        text=sentence,
        source=words.say("source"),
    )
    return of_whole(heading, shares, words, seats=seats, needed=needed)


def _digest(draft: Draft, words: CardWords) -> Card | None:
    named: Mapping[str, str] = load_words("posts", words.lang)["counted"]
    counts: Mapping[str, int] = draft.facts.get("counts") or {}
    listed = sorted(((n, kind) for kind, n in counts.items() if n and kind in named), key=lambda one: (-one[0], one[1]))
    rows = [Row(named[kind], n, words.number(n)) for n, kind in listed[:MOST_ROWS]]
    days = [_day(draft.facts.get(name), words.lang) for name in ("since", "until")]
    if len(rows) < _FEWEST_ROWS or not all(days):
        return None
    heading = Heading(above=words.say("digest", since=days[0], until=days[1]), source=words.say("source"))
    return of_rows(heading, rows, max(row.number for row in rows))


def _poll(draft: Draft, words: CardWords) -> Card | None:
    if len(draft.items) != 1:
        return None
    facts = cleaned_data(draft.items[0].facts)
    answers: Sequence[Mapping[str, Any]] = facts.get("answers") or ()
    if not all(isinstance(one.get("percent"), int | float) for one in answers):
        return None
    rows = [Row(str(one.get("text")), one["percent"], words.say("percent", n=one["percent"])) for one in answers]
    whole = all(0 <= row.number <= 100 and len(row.words) <= _ROW_LETTERS for row in rows)
    question = str(facts.get("question") or "")
    if not (_FEWEST_ROWS <= len(rows) <= MOST_ROWS and whole and fits_as_heading(question)):
        return None
    said = [words.say("asked", n=facts["n"])] if facts.get("n") else []
    said += [words.say("margin", n=facts["margin"])] if facts.get("margin") else []
    heading = Heading(
        above=words.say("poll", dates=facts.get("dates") or day_in_words(draft.day, words.lang)),
        title=question,
        source="; ".join([*said, words.say("own")]),
    )
    return of_rows(heading, rows, 100)


_CARDS: Mapping[PostKind, Callable[[Draft, CardWords], Card | None]] = {
    PostKind.VOTE_RESULT: _vote,
    PostKind.FINDING_CONFIRMED: _finding,
    PostKind.WEEKLY_DIGEST: _digest,
    PostKind.POLL_RESULT: _poll,
}


def _name(title: str) -> str:
    """A name where it fits whole, else nothing: the words of the post name it."""
    return cleaned(title) if fits_as_heading(cleaned(title)) else ""


def _count(facts: Mapping[str, Any], name: str) -> int | None:
    """A number of people; anything else is none."""
    value = facts.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _day(value: Any, lang: str) -> str:
    try:
        return day_in_words(date.fromisoformat(str(value)), lang)
    except ValueError:
        return ""
