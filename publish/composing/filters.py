"""What templates can do with a value: make it a name, strong, a link; count things in the language. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

from publish.composing.marked import marked, unmarked
from publish.message import Mark
from publish.wording import load_words
from vocab.languages import LOCALES

_ADDRESSES = ("https://", "http://", "mailto:")
_NO_BREAK = "\u00a0"
_ARTICLE = re.compile(r"ст\. (?P<article>[\d-]+)(?: ч\. (?P<part>[\d–, -]*\d))?(?: п\. (?P<point>[\d–, -]*\d))?")


def filters(lang: str) -> Mapping[str, Callable[..., str]]:
    """The filters of a language by name; each is documented for editors."""
    return {
        "name": partial(marked, Mark.NAME),
        "strong": partial(marked, Mark.STRONG),
        "tag": partial(marked, Mark.TAG),
        "link": link,
        "plural": partial(plural, lang),
        "number": partial(number, lang),
        "readings": partial(readings, lang),
        "article": partial(article, lang),
    }


def link(address: str | None, words: str = "") -> str:
    """A link with these words, or with the address itself; nothing without an address, words where it is none."""
    if not address:
        return ""
    if not address.startswith(_ADDRESSES) or any(letter.isspace() for letter in address):
        return unmarked(words)
    return marked(Mark.LINK, words or address, address)


def number(lang: str, value: float) -> str:
    """A number as people of the language write it."""
    return str(format_decimal(value, locale=LOCALES[lang])).replace(" ", _NO_BREAK)


def plural(lang: str, value: int, *forms: str) -> str:
    """«5 законопроектов»: the number with the form that goes with it; forms in the order one, few, many (other).

    English takes two forms, Russian three, Kyrgyz one. A missing form is the last one.
    """
    kinds = {"ru": ("one", "few", "many"), "en": ("one", "other"), "ky": ("other",)}[lang]
    kind = Locale.parse(LOCALES[lang]).plural_form(value)
    place = kinds.index(kind) if kind in kinds else len(kinds) - 1
    return f"{number(lang, value)}{_NO_BREAK}{forms[min(place, len(forms) - 1)]}"


def readings(lang: str, numbers: Sequence[Any] | None) -> str:
    """«в первом и втором чтениях»; "" for none."""
    words: Mapping[str, str] = load_words("posts", lang)["readings"]
    return words.get("-".join(map(str, numbers or ())), "")


def _numbered(part: str, numbers: str) -> str:
    """«parts» for «7–9», where «part» would stand for one."""
    return f"{part}s" if part != "article" and re.search("[–,-]", numbers) else part


def article(lang: str, written: str | None) -> str:
    """«84-берене, 7–9-бөлүктөр» for «ст. 84 ч. 7–9»; "" where no article is established, or it is written otherwise."""
    words: Mapping[str, str] = load_words("posts", lang)["article"]
    found = [_ARTICLE.fullmatch(piece.strip()) for piece in (written or "").split(";")]
    said = [
        ", ".join(words[_numbered(part, n)].format(n=n) for part, n in match.groupdict().items() if n) if match else ""
        for match in found
    ]
    return "; ".join(said) if all(said) else ""
