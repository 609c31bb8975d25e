"""Text as the sources write it: blanks, quotes, dashes, Kyrgyz and Russian letters, brackets.

Nothing here knows what a word means; everything is pure and total (no function raises).
"""

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_QUOTE_PAIRS = re.compile(r"<<|>>|''|``")
_PAIR_AS_ONE = {"<<": "«", ">>": "»", "''": '"', "``": '"'}
_QUOTE = re.compile("[«»„“”‟\"‹›〝〞＂‘’‚‛']")
_ALWAYS_OPEN = frozenset("«„‹〝‚")
_ALWAYS_CLOSED = frozenset("»›〞")
_APOSTROPHES = frozenset("‘’'‛")
_OPENERS_BEFORE = frozenset("«([{-–—/")
_OPENS = re.compile(r"""[“”‟"＂](?:(?<![^\s«(\[{\-–—/].)(?=\S)|(?<=[«»„“”‟"‹›〝〞＂‘’‚‛'].)(?=[^\W_]))""", re.DOTALL)
_OPENED = "\u0000"  # stands for an opening quote until all are known
_OPENED_AT_LAST = f"{_OPENED}„‹〝‚"
_CLOSED_AT_LAST = '›〞“”‟"＂'
_NEED_A_LOOK = re.compile("[‘’'‛\u0000]")
_DASH = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
_DASH_BETWEEN_NUMBERS = re.compile(r"(\d)\s*-\s*(?=\d)")
_KYRGYZ = re.compile("[өүңӨҮҢ]")
_SHORT_COUNTRY = re.compile(r"\bкр\b")
_CLOSER = {"«": "»", "(": ")", "[": "]"}
_PUNCTUATION_AT_END = " .,;:-"

# Stable for ever: public addresses are made of it. Kyrgyz ө, ү, ң fall together with о, у, н, and ё with е,
# because one person and one title are written both ways («Өмүркулов», «Омуркулов»).
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ү": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_TO_LATIN = str.maketrans(_LATIN)


def fold_space(text: str) -> str:
    """One plain blank for every run of blanks, no invisible characters, trimmed, composed letters (NFC).

    Letters, quotes and dashes stay as they are: this is the form that is stored and shown.
    """
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))


def fold(text: str) -> str:
    """The form in which texts are compared: small letters, ё as е, quotes «», dashes '-', folded blanks.

    Kyrgyz ө, ү, ң and the letter й are kept: they tell words apart.
    """
    plain = _DASH.sub("-", plain_quotes(fold_space(text))).casefold().replace("ё", "е")
    has_blank = " -" in plain or "- " in plain  # without one the dashes stand as they should
    return _DASH_BETWEEN_NUMBERS.sub(r"\1-", plain) if has_blank else plain


def title_key(title: str) -> str:
    """The form in which two titles of acts or drafts are compared.

    Beyond `fold`: no quotes at all (the sources forget to close them) and «КР» written out.
    """
    bare = re.sub("[«»]", " ", fold(title))
    return fold_space(_SHORT_COUNTRY.sub("кыргызской республики", bare)).strip(_PUNCTUATION_AT_END)


def plain_quotes(text: str) -> str:
    """Every kind of quotation mark as « or »; an apostrophe inside a word stays."""
    text = _QUOTE_PAIRS.sub(lambda pair: _PAIR_AS_ONE[pair.group()], text)
    if _NEED_A_LOOK.search(text):
        return _QUOTE.sub(_plain_quote, text)
    text = _OPENS.sub(_OPENED, text)  # the same, for most texts: much faster
    for mark in _OPENED_AT_LAST:
        text = text.replace(mark, "«")
    for mark in _CLOSED_AT_LAST:
        text = text.replace(mark, "»")
    return text


def _plain_quote(match: re.Match[str]) -> str:
    mark, text = match.group(), match.string
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    if mark in _ALWAYS_OPEN:
        return "«"
    if mark in _ALWAYS_CLOSED:
        return "»"
    if mark in _APOSTROPHES and before.isalpha() and after.isalpha():
        return mark
    at_start = before.isspace() or before in _OPENERS_BEFORE or (_QUOTE.match(before) and after.isalnum())
    return "«" if at_start and not after.isspace() else "»"


def unquote(text: str) -> str:
    """The text without the quotes that embrace the whole of it; an outer quote that lost its mate goes too.

    «О медиации» → О медиации; «А» и «Б» stays; «О поправках в Закон «О рекламе» loses its first quote.
    """
    text = plain_quotes(fold_space(text))
    mates = _quote_mates(text)
    if text.startswith("«") and mates[0] in (None, len(text) - 1):
        text = text[1:] if mates[0] is None else text[1:-1]
    elif text.endswith("»") and mates[len(text) - 1] is None:
        text = text[:-1]
    return text.strip()


def _quote_mates(text: str) -> dict[int, int | None]:
    """Place of each quote → place of its mate, None where it has none."""
    mates: dict[int, int | None] = {}
    opened: list[int] = []
    for place, mark in enumerate(text):
        if mark == "«":
            opened.append(place)
            mates[place] = None
        elif mark == "»":
            mates[place] = opened.pop() if opened else None
            if (mate := mates[place]) is not None:
                mates[mate] = place
    return mates


def balance(text: str) -> str:
    """The text with every « ( [ closed, in the right order, and without closers that close nothing."""
    written: list[str] = []
    wanted: list[str] = []
    for mark in plain_quotes(text):
        if mark in _CLOSER:
            wanted.append(_CLOSER[mark])
        elif mark in "»)]":
            if mark not in wanted:
                continue
            while wanted[-1] != mark:
                written.append(wanted.pop())
            wanted.pop()
        written.append(mark)
    return "".join(written).rstrip() + "".join(reversed(wanted))


@dataclass(frozen=True, slots=True)
class Group:
    """A round bracket at the outermost level of a text: where it starts and ends, its text, does it close."""

    start: int
    end: int
    text: str
    closed: bool


def find_groups(text: str) -> tuple[Group, ...]:
    """The outermost round brackets in order; quotes are ignored, because the sources leave them open.

    `text[group.start:group.end]` is the group with its brackets. One that is never closed reaches to the end.
    """
    groups: list[Group] = []
    depth = start = 0
    for place, mark in enumerate(text):
        if mark == "(":
            start = start if depth else place
            depth += 1
        elif mark == ")" and depth:
            depth -= 1
            if not depth:
                groups.append(Group(start, place + 1, text[start + 1 : place].strip(), closed=True))
    if depth:
        groups.append(Group(start, len(text), text[start + 1 :].strip(), closed=False))
    return tuple(groups)


def slug(text: str) -> str:
    """An address part of `[a-z0-9-]` made of Russian, Kyrgyz or Latin text; may be empty. Stable for ever."""
    letters = fold_space(text).casefold().translate(_TO_LATIN)
    plain = "".join(mark for mark in unicodedata.normalize("NFD", letters) if not unicodedata.combining(mark))
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def has_kyrgyz_letters(text: str) -> bool:
    """True when a letter occurs that Kyrgyz has and Russian has not (ө, ү, ң)."""
    return _KYRGYZ.search(text) is not None
