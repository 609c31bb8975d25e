"""A read text as a spaCy document: tokens with lemmas, mentions as entities. The form in which researchers work on."""

from collections.abc import Sequence

from spacy import displacy
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from nlp.mentions.mention import Mention
from nlp.words.pipeline import pipeline

_COLOURS = {
    "PERSON": "#ffd9a8",
    "ACT": "#bfe3c8",
    "COMMITTEE": "#c5d8f5",
    "FACTION": "#dccbf2",
    "DAY": "#e4e4e4",
    "VOTES": "#f7c6c6",
    "BILL_NUMBER": "#d7eef0",
    "RESOLUTION": "#d7eef0",
}


def marked_doc(text: str, mentions: Sequence[Mention]) -> Doc:
    """The document of a text; an entity's label is the mention's kind, its id the normal form.

    Of mentions that overlap the longest stays.
    """
    doc = pipeline("ru")(text)
    doc.ents = filter_spans([span for one in mentions if (span := _span(doc, one))])
    return doc


def as_html(doc: Doc) -> str:
    """A page on which the mentions are marked; the text is escaped."""
    page: str = displacy.render(doc, style="ent", page=True, jupyter=False, options={"colors": _COLOURS})
    return page


def _span(doc: Doc, mention: Mention) -> Span | None:
    label, name = mention.kind.value.upper(), mention.normal
    return doc.char_span(mention.start, mention.end, label=label, span_id=name, alignment_mode="expand")
