"""Where the title of a draft ends, and what kind of draft a title is.

The sources forget inner quotes, so a title ends where its quotes are even, or else at the last quote before something
that no title has: a reading, the next draft, the end of the sentence.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from nlp.press.patterns import phrases, word_set
from nlp.press.words import Word, ends_sentence
from vocab.agenda_item import ItemKind, read_agenda_item
from vocab.errors import ReadError
from vocab.text import balance, fold_space, unquote

LONGEST_TITLE = 220
"""Words and marks of a title."""

_SURPLUS = 45
_BRACKET = 60
_ABOUT = frozenset({"о", "об", "обо"})
_LIST_MARKS = frozenset({",", ";", ":", "и", "-", "–", "—", "также", "а", "\n", ".", ")"})
_LONGEST_LINK = 6
_ORDINALS = ("перв", "втор", "трет", "тре", "двух", "1", "2", "3", "i")
_LOOSE_MARK = re.compile("(?<=«) | (?=[»,)])")
_DEPTH = {"«": 1, "»": -1}


class Titles:
    """Reads the titles of one text. `plain` is what `words` were read from."""

    def __init__(self, plain: str, words: Sequence[Word]) -> None:
        self.plain = plain
        self.words = words
        self._borders: list[int] = []

    def set_borders(self, leads: Iterable[int]) -> None:
        """Tell where other drafts begin: no title reaches over these places."""
        starts = set(leads)
        border = len(self.words)
        self._borders = [border] * len(self.words)
        for place in range(len(self.words) - 1, -1, -1):
            if place in starts or ends_sentence(self.words, place) or self._reads(place):
                border = place
            self._borders[place] = border

    def border(self, place: int) -> int:
        """The first place at or after `place` where no title goes on."""
        return self._borders[place] if place < len(self._borders) else len(self.words)

    def form(self, place: int) -> str:
        """The word at a place, "" outside the text."""
        return self.words[place].form if 0 <= place < len(self.words) else ""

    def text(self, first: int, last: int) -> str:
        """What is written in `[first, last)`."""
        return self.plain[self.words[first].start : self.words[last - 1].end] if last > first else ""

    def end(self, opened: int, *, listed: bool) -> tuple[int, bool]:
        """The place after a title whose quote opens at `opened`, and whether its quotes are even.

        `listed`: other titles may follow in a list.
        """
        border = min(self.border(opened + 1), opened + LONGEST_TITLE)
        depth = 0
        for place in range(opened, border):
            depth += _DEPTH.get(self.form(place), 0)
            if self.form(place) != "»":
                continue
            if not depth:
                return self._after_even(place + 1, border), True
            if listed and depth == 1 and self.next_title(place + 1) and self._names_one_act(opened, place):
                return place + 1, False
        return self._uneven_end(opened, border), False

    def _uneven_end(self, opened: int, border: int) -> int:
        soft = self._soft_border(opened + 1, border)
        for limit in (soft, border):
            closed = [place + 1 for place in range(opened, limit) if self.form(place) == "»"]
            if closed:
                return self._after_brackets(closed[-1], border)
        return soft

    def next_title(self, place: int) -> int | None:
        """Where the next title of a list opens: «, «О …»», «и «О …»», «;» and a line with «- «О …»»."""
        held = next((here for here in (place, place + 1, place + 2) if self._reads(here)), None)
        if held is not None:  # «… «О лесе» в первом чтении, «О воде» (во втором чтении)»
            place = next(here + 1 for here in range(held, len(self.words)) if self.form(here).startswith("чтени"))
        for here in range(place, min(place + _LONGEST_LINK, len(self.words))):
            if self.form(here) == "«":
                return here if here > place and self.opens_title(here) else None
            if self.form(here) not in _LIST_MARKS and not self.form(here).isdigit():
                return None
        return None

    def opens_title(self, place: int) -> bool:
        """True where a quote opens before a title that says what it is about, or before the name of a code."""
        about = self.form(place + 1) in _ABOUT or any(self.form(place + step) == "кодекс" for step in (1, 2))
        return self.form(place) == "«" and about

    def title(self, opened: int, last: int) -> str:
        """The title in `[opened, last)` without outer quotes, balanced."""
        text = self.text(opened, last)
        depth = 0
        for place in range(opened, last - 1):
            depth += _DEPTH.get(self.form(place), 0)
            if not depth and self.form(place + 1) == "(":  # «О поправках» (в законы «…»): the quotes closed too early
                text = self.text(opened + 1, place) + " " + self.text(place + 1, last)
                break
        return tidy(text)

    def _reads(self, place: int) -> bool:
        """True where «во втором чтении» begins."""
        if self.form(place) not in {"в", "во"} or not self.form(place + 1).startswith(_ORDINALS):
            return False
        return any(one.form.startswith("чтени") for one in self.words[place + 2 : place + 8])

    def _soft_border(self, place: int, border: int) -> int:
        """Where the sentence goes on behind a title that nobody closed: «, который …»."""
        ends = phrases("description_ends")
        for here in range(place, border):
            if self.form(here) == "," and ends.at(self.words, here + 1):
                return here
        return border

    def _after_even(self, place: int, border: int) -> int:
        """Behind what belongs to a title though its quotes are even: «(в законы «…»)» and quotes that are too many."""
        if self.form(place) == "(" and self.form(place + 1) in word_set("amending"):
            stop = min(place + _BRACKET, border)
            place = next((here + 1 for here in range(place, stop) if self.form(here) == ")"), place)
        depth = 0
        for here in range(place, min(place + _SURPLUS, border)):
            depth += _DEPTH.get(self.form(here), 0)
            if depth < 0:
                return here + 1
        return place

    def _after_brackets(self, place: int, border: int) -> int:
        while place < border and self.form(place) in {")", "»"}:
            place += 1
        return place

    def _names_one_act(self, opened: int, closed: int) -> bool:
        """True where the inner quote is the only act that the title amends: «в Закон «О рекламе»», not «в законы …»."""
        inner = next((place for place in range(closed, opened, -1) if self.form(place) == "«"), opened)
        country = word_set("lead_fillers")
        while inner > opened and self.form(inner - 1) in country:
            inner -= 1
        return self.form(inner - 1) in {"закон", "закона", "кодекс"}


def tidy(text: str) -> str:
    """A title or description as it is given out: one line, no outer quotes, balanced."""
    bare = unquote(unquote(_LOOSE_MARK.sub("", fold_space(text))))
    return balance(bare).strip(" ,;:")


def code_title(lead: str) -> str:
    """«проект Цифрового кодекса Кыргызской Республики» → «Цифровой кодекс Кыргызской Республики»."""
    return _agenda(lead)[1]


def kind_of(written: str, title: str) -> ItemKind:
    """The kind of a draft that is called `written`: a law may be a ratification or a code by its title."""
    kind = _KINDS.get(written, "other")
    if kind != "law":
        return kind
    read = {_agenda(f"законопроект «{title}»")[0], _agenda(f"«{title}» мыйзам долбоору")[0]}
    return "ratification" if "ratification" in read else "code" if "code" in read else kind


_KINDS: dict[str, ItemKind] = {
    "law": "law",
    "constitutional_law": "constitutional_law",
    "code": "code",
    "ratification": "ratification",
    "resolution": "resolution",
}


@lru_cache(maxsize=4096)
def _agenda(text: str) -> tuple[ItemKind, str]:
    """Kind and title of a draft by the grammar of agenda items, which knows how titles say them."""
    try:
        item = read_agenda_item(text)
    except ReadError:
        return "other", text
    return item.kind, item.title
