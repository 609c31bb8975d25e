"""From a draft to the message for one channel in one language, or why there is none. Pure, but it reads templates."""

from dataclasses import replace
from typing import Protocol

from publish.channels.abilities import ABILITIES
from publish.channels.protocol import Abilities
from publish.composing.facts import fault_in
from publish.composing.fitting import fit
from publish.composing.marked import spans_of
from publish.composing.templates import Templates
from publish.composing.variables import Speech, is_empty, main_link, variables
from publish.drafts import Draft
from publish.message import Mark, Message, Part, Picture, Refusal, Span, plain
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName

PICTURE_TYPES = frozenset({"image/png", "image/jpeg"})
"""What every channel that takes pictures takes."""

_SHORT_ADDRESS = 30


class Pictures(Protocol):
    """Where cards come from."""

    def card(self, draft: Draft, lang: str) -> Picture | Refusal | None:
        """The card of a draft in a language; None where a picture says no more than the words."""

    def size(self, picture: Picture) -> int:
        """How many bytes it has; 0 where it is not there."""


def compose_post(
    draft: Draft,
    channel: ChannelName,
    lang: str,
    *,
    public_url: str,
    templates: Templates,
    pictures: Pictures | None,
) -> Message | Refusal:
    """The whole message, or a refusal with its reason in words for an editor; nothing in between, and no exception."""
    if lang not in LANGUAGES:
        return Refusal(cause=f"there is no language «{lang}»; there are {', '.join(LANGUAGES)}")
    if is_empty(draft):
        return Refusal(cause="the draft tells nothing: it has neither items nor facts")
    if fault := fault_in(draft):
        return Refusal(cause=fault)
    speech = Speech(lang, channel, public_url)
    texts: list[Part] = []
    for brief in (False, True):
        text = templates.render(draft.kind, channel, lang, variables(draft, speech, brief=brief))
        if isinstance(text, Refusal):
            return text
        texts.append(_links_short(spans_of(text), channel))
    abilities = ABILITIES[channel]
    picture = _picture(draft, lang, pictures, abilities)
    if isinstance(picture, Refusal):
        return picture
    whole, brief_text = texts
    link = main_link(draft, speech)
    title = plain(tuple(replace(span, address="", mark=Mark.PLAIN) for span in whole)).split("\n", 1)[0].strip()
    return _fitted(Message(title=title, parts=(whole, brief_text), link=link, picture=picture), abilities)


def _fitted(message: Message, abilities: Abilities) -> Message | Refusal:
    """The message of a whole and a brief text in parts that fit; a card goes out only with words that fit under it."""
    whole, brief = message.parts
    parts = fit(whole, brief, message.link, abilities)
    if isinstance(parts, Refusal):
        return parts
    under_card = abilities.limit_with_picture
    is_too_long = under_card and (len(parts) > 1 or abilities.measure(parts[0]) > under_card)
    return replace(message, parts=parts, picture=None if is_too_long else message.picture)


def _picture(draft: Draft, lang: str, pictures: Pictures | None, abilities: Abilities) -> Picture | Refusal | None:
    picture = pictures.card(draft, lang) if pictures and abilities.picture_bytes else None
    if pictures is None or picture is None or isinstance(picture, Refusal):
        return picture
    if picture.media_type not in PICTURE_TYPES:
        taken = ", ".join(sorted(PICTURE_TYPES))
        return Refusal(cause=f"the picture {picture.file} is of the type {picture.media_type}; channels take {taken}")
    size = pictures.size(picture)
    if size == 0:
        return Refusal(cause=f"the picture {picture.file} is not in the folder of cards, or is empty")
    if size > abilities.picture_bytes:
        return Refusal(
            cause=f"the picture {picture.file} has {size:,} bytes; the channel takes {abilities.picture_bytes:,}"
        )
    return picture


def _links_short(part: Part, channel: ChannelName) -> Part:
    """Bluesky counts an address letter by letter and shows it as written: a bare one stands there shortened."""
    if channel is not ChannelName.BLUESKY:
        return part
    return tuple(_short(span) if span.mark is Mark.LINK and span.text == span.address else span for span in part)


def _short(span: Span) -> Span:
    words = span.address.partition("://")[2]
    return replace(span, text=words if len(words) <= _SHORT_ADDRESS else f"{words[:_SHORT_ADDRESS]}…")
