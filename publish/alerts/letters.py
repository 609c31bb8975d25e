"""The words of the letters: what is new and why it comes; the request to confirm. Pure.

The links by which a subscriber leaves are not in what the outbox keeps: they are written when the letter goes out.
"""

from collections.abc import Iterator, Sequence

from publish.channels.protocol import Abilities
from publish.compose import Entry
from publish.composing.marked import cleaned
from publish.message import Mark, Message, Part, Span
from publish.wording import load_words
from vocab.subscriptions import SubscriptionState

MOST = 20
"""So many entries are told in full; of the others the letter says how many there are, and where."""

_RESERVE = 300
"""Kept free of what a channel takes in one part, for the links that follow."""
_TEXT, _TITLE, _SUBJECT = 1_200, 600, 120


def news_letter(thing: str, entries: Sequence[Entry], page: str, lang: str, abilities: Abilities) -> Message:
    """One letter of all these entries. `thing` is what is followed, in words, and `page` its page.

    Where the channel takes only so much, it is cut between entries.
    """
    words = load_words("alerts", lang)["letter"]
    subject = entries[0].title if len(entries) == 1 else words["subject"].format(number=len(entries), thing=thing)
    why: Part = (Span(f"{words['why'].format(thing=thing)}\n\n"),)
    pieces = [why, *(_told(entry, words["page"]) for entry in entries[:MOST])]
    if len(entries) > MOST:
        more = words["more"].format(number=len(entries) - MOST)
        pieces.append((Span(f"{more} "), Span(page, Mark.LINK, page), Span("\n")))
    return Message(title=shortened(subject, _SUBJECT), parts=tuple(_in_parts(pieces, abilities)), link=page)


def confirming_letter(thing: str, state: SubscriptionState, page: str, lang: str) -> Message:
    """What an address gets that somebody typed: the request to confirm, or that it is subscribed already."""
    words = load_words("alerts", lang)["already" if state is SubscriptionState.CONFIRMED else "confirm"]
    text = f"{words['text'].format(thing=thing)}\n\n{words['more']}\n"
    return Message(title=words["subject"], parts=((Span(text),),), link=page)


def footer(state: SubscriptionState, addresses: dict[str, str], lang: str) -> Part:
    """The links of one subscriber, each on a line: to confirm, or to change and to leave. `addresses` by their name."""
    words = load_words("alerts", lang)["footer"]
    names = ("confirm",) if state is SubscriptionState.ASKED else ("manage", "end")
    lines = [(Span("\n"), Span(words[name], Mark.LINK, addresses[name])) for name in names]
    return tuple(span for line in lines for span in line)


def shortened(text: str, most: int) -> str:
    """The text, cut between words where it is longer."""
    plain = cleaned(text)
    return plain if len(plain) <= most else f"{plain[: most - 1].rsplit(' ', 1)[0]}…"


def _told(entry: Entry, page: str) -> Part:
    text = "\n".join(map(cleaned, entry.text.split("\n")))
    lines = text if len(text) <= _TEXT else f"{text[: _TEXT - 1].rsplit(' ', 1)[0]}…"
    return (
        Span(shortened(entry.title, _TITLE), Mark.STRONG),
        Span(f"\n{lines}\n" if lines else "\n"),
        Span(page, Mark.LINK, entry.link),
        Span("\n\n"),
    )


def _in_parts(pieces: Sequence[Part], abilities: Abilities) -> Iterator[Part]:
    """Whole pieces together, as long as they fit."""
    part: Part = ()
    for piece in pieces:
        if part and abilities.measure(part + piece) > abilities.limit - _RESERVE:
            yield part
            part = ()
        part += piece
    yield part
