"""Cards of posts: 1200 by 675 points, read on a phone at a third of that. Facts in, specification and words out. Pure.

A card is drawn by place: a heading, bars over a common base, the source. What it shows is said in `alt` with the same
numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import altair as alt
from babel.numbers import format_decimal

from publish.charts.picture import Theme
from publish.charts.style import BLUE, FAINT, FONT, LINE, ORANGE, PAPER, TEXT, broken, data
from publish.wording import load_words
from vocab.languages import LOCALES

WIDTH, HEIGHT = 1200, 675
_LEFT, _RIGHT = 50, 1150
_FOOT = HEIGHT - 26
_HEADING_LETTERS, _LINE_LETTERS = 32, 56
_HEADING_LINES = 3
_LOWEST_BAR = 360  # the numbers stand below it
MOST_ROWS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is drawn (Vega-Lite), and what it shows in words."""

    spec: dict[str, Any]
    alt: str


class Colour(Enum):
    """Of a bar; NOTHING is what is left of the whole."""

    BLUE = BLUE[Theme.LIGHT]
    ORANGE = ORANGE[Theme.LIGHT]
    NOTHING = LINE[Theme.LIGHT]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: its number, what it is, its colour."""

    number: int
    words: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Row:
    """A thing with its number, and the number in words."""

    words: str
    number: float
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above: a line in small letters, the heading, a text below it; and the source. "" is not there."""

    above: str = ""
    title: str = ""
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CardWords:
    """Words and numbers of cards in a language."""

    lang: str

    def say(self, name: str, **values: Any) -> str:
        """One wording, its numbers as people of the language write them."""
        shown = {key: self.number(value) if isinstance(value, int | float) else value for key, value in values.items()}
        return str(load_words("posts", self.lang)["cards"][name]).format_map(shown)

    def number(self, value: float) -> str:
        """A number as people of the language write it."""
        return str(format_decimal(value, locale=LOCALES[self.lang]))


def of_whole(
    heading: Heading, shares: Sequence[Share], words: CardWords, *, seats: int | None = None, needed: int | None = None
) -> Card | None:
    """Shares in one bar, with the line that has to be reached; where `seats` are known, the shares add up to them.

    None where the heading leaves no room.
    """
    whole = sum(share.number for share in shares)
    page = _Page()
    top = max(page.head(heading) + 84, 300)
    if top > _LOWEST_BAR:
        return None
    x: float = _LEFT
    for share in shares:
        width = (_RIGHT - _LEFT) * share.number / whole
        page.bar(x, top, (width, 110), share.colour)
        x += width
    if needed:
        at = _LEFT + (_RIGHT - _LEFT) * needed / whole
        page.rule(at, top - 20, top + 130)
        page.write(at, top - 32, words.say("needed", n=needed), _Type.LINE, "center" if at < _RIGHT - 150 else "right")
    column = (_RIGHT - _LEFT) / len(shares)
    for place, share in enumerate(shares):
        left = _LEFT + place * column
        page.bar(left, top + 160, (22, 50), share.colour)
        page.write(left + 38, top + 208, words.number(share.number), _Type.NUMBER)
        page.write(left, top + 254, share.words, _Type.LINE)
    told = ", ".join(f"{share.words} {words.number(share.number)}" for share in shares)
    base = [words.say("whole", n=seats)] if seats else []
    line = [words.say("needed", n=needed)] if needed else []
    return page.finished(f"{_said(heading)} {'; '.join([told, *base, *line])}.")


def of_rows(heading: Heading, rows: Sequence[Row], most: float) -> Card:
    """A bar a row, as long as its number is of `most`; six rows at most."""
    page = _Page()
    top = page.head(heading) + 30
    shown = rows[:MOST_ROWS]
    height = min(96.0, (_FOOT - 40 - top) / len(shown))
    for place, row in enumerate(shown):
        y = top + place * height
        page.write(_LEFT, y + height * 0.44, row.words, _Type.LINE)
        page.write(_RIGHT, y + height * 0.44, row.said, _Type.FIGURE, "right")
        page.bar(_LEFT, y + height * 0.56, (_RIGHT - _LEFT, height * 0.26), Colour.NOTHING)
        page.bar(_LEFT, y + height * 0.56, ((_RIGHT - _LEFT) * row.number / most, height * 0.26), Colour.BLUE)
    told = ", ".join(f"{row.words} — {row.said}" for row in shown)
    return page.finished(f"{_said(heading)} {told}.")


def _said(heading: Heading) -> str:
    said = ". ".join(part.rstrip(".:") for part in (heading.above, heading.title, heading.text) if part)
    return said if said.endswith("?") else f"{said}:"


def fits_as_heading(text: str) -> bool:
    """Whether a name can stand as the heading: there it is whole or not at all, too."""
    lines = broken(text, _HEADING_LETTERS)
    return len(lines) <= _HEADING_LINES and max(map(len, lines)) <= _HEADING_LETTERS


class _Type(Enum):
    """Letters: size, weight, colour."""

    SMALL = (27, "normal", FAINT[Theme.LIGHT])
    LINE = (32, "normal", TEXT[Theme.LIGHT])
    FIGURE = (40, "bold", TEXT[Theme.LIGHT])
    HEADING = (50, "bold", TEXT[Theme.LIGHT])
    NUMBER = (64, "bold", TEXT[Theme.LIGHT])


@dataclass(slots=True)
class _Page:
    """Marks by place, in points from the upper left corner."""

    bars: list[dict[str, Any]] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[tuple[_Type, str], list[dict[str, Any]]] = field(default_factory=dict)

    def head(self, heading: Heading) -> float:
        """Heading and source; gives the line on which the heading ends."""
        self.bar(0, 0, (WIDTH, 14), Colour.BLUE)
        self.write(_LEFT, _FOOT, heading.source, _Type.SMALL)
        y = 30.0
        parts = ((heading.above, _Type.LINE, _LINE_LETTERS, 48), (heading.title, _Type.HEADING, _HEADING_LETTERS, 60))
        for text, type_, letters, height in (*parts, (heading.text, _Type.LINE, _LINE_LETTERS, 42)):
            for line in broken(text, letters) if text else ():
                y += height
                self.write(_LEFT, y, line, type_)
        return y

    def bar(self, x: float, y: float, size: tuple[float, float], colour: Colour) -> None:
        """A filled rectangle of a width and height."""
        place = {"x": round(x, 1), "y": round(y, 1), "x2": round(x + size[0], 1), "y2": round(y + size[1], 1)}
        self.bars.append(place | {"colour": colour.value})

    def rule(self, x: float, y: float, y2: float) -> None:
        """A dashed line downwards."""
        self.rules.append({"x": round(x, 1), "y": round(y, 1), "y2": round(y2, 1)})

    def write(self, x: float, y: float, words: str, type_: _Type, align: str = "left") -> None:
        """Words on the line y."""
        self.texts.setdefault((type_, align), []).append({"x": round(x, 1), "y": round(y, 1), "text": words})

    def finished(self, said: str) -> Card:
        """The card."""
        x, y = (alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None))
        colour = alt.Color("colour:N", scale=None)
        layers: list[Any] = [alt.Chart(data(self.bars)).mark_rect().encode(x=x, y=y, x2="x2", y2="y2", color=colour)]
        if self.rules:
            dashed = alt.Chart(data(self.rules)).mark_rule(strokeDash=[10, 7], strokeWidth=4, color=TEXT[Theme.LIGHT])
            layers.append(dashed.encode(x=x, y=y, y2="y2"))
        for (type_, align), texts in self.texts.items():
            size, weight, paint = type_.value
            style: dict[str, Any] = {"fontSize": size, "fontWeight": weight, "color": paint, "align": align}
            written = alt.Chart(data(texts)).mark_text(baseline="alphabetic", **style)
            layers.append(written.encode(x=x, y=y, text="text:N"))
        spec: dict[str, Any] = (
            alt.layer(*layers)
            .properties(width=WIDTH, height=HEIGHT, background=PAPER[Theme.LIGHT], padding=0, description=said)
            .configure(font=FONT)
            .configure_view(stroke=None)
            .to_dict(validate=False)
        )
        return Card(spec=spec, alt=said)
