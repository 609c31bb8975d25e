"""spaCy over our own words: a blank pipeline with the tokens and the normal forms of `nlp.words.lemmas`.

spaCy's own tokenizers split «2019-жылдын» and «6-502/24», and its own pymorphy3 lemmatizer is fifteen times slower than
the cached one here. For matchers and rulers that want a `Doc`; search, linking and topics need no spaCy at all.
"""

import re
from functools import cache
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import get_words_and_spaces
from spacy.vocab import Vocab

from nlp.words.lemmas import tokens

COMPONENT = "baikoo_normal_forms"

_MARK = re.compile(r"\S")


@cache
def pipeline(language: Literal["ru", "ky"] = "ru") -> Language:
    """A blank pipeline with lemmas and without any model; made once a process.

    `token.lemma_` of a word or number is its normal form, of any other token the token itself. Sentences may mix the
    languages: `language` names only spaCy's own data (stop words, number words).
    """
    made = spacy.blank(language)
    made.tokenizer = _Words(made.vocab)
    made.add_pipe(COMPONENT)
    made.max_length = 2_000_000
    return made


@Language.component(COMPONENT)
def set_normal_forms(doc: Doc) -> Doc:
    """The document with the normal form of every token as its lemma."""
    normal = {token.start: token.normal for token in tokens(doc.text)}
    for token in doc:
        token.lemma_ = normal.get(token.idx, token.text)
    return doc


class _Words:
    """The tokenizer: words and numbers as `nlp.words.lemmas.tokens` has them, every other mark a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A document whose text is the text itself."""
        pieces: list[str] = []
        end = 0
        for token in tokens(text):
            pieces += _MARK.findall(text, end, token.start)
            pieces.append(token.text)
            end = token.end
        pieces += _MARK.findall(text, end)
        words, spaces = get_words_and_spaces(pieces, text)
        return Doc(self.vocab, words=words, spaces=spaces)
