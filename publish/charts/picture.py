"""What a picture is, and how it is to look. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from babel.numbers import format_decimal

from publish.wording import Words, day_in_words, load_words
from vocab.languages import LOCALES

Row = Mapping[str, Any]


class Theme(StrEnum):
    """On which paper."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a picture is to look: its language and theme, and whether it is a card for a post.

    A card is 1200 by 630 pixels and is read at a glance: fewer lines, larger letters.
    """

    lang: str = "ru"
    theme: Theme = Theme.LIGHT
    card: bool = False

    @property
    def width(self) -> int:
        """Of a whole picture, in units of the specification; a card is drawn at twice of them."""
        return 600 if self.card else 760

    @property
    def words(self) -> Words:
        """All wordings of pictures in the language."""
        return load_words("pictures", self.lang)

    def say(self, part: str, name: str, /, **values: Any) -> str:
        """One wording with its numbers and days as people of the language write them."""
        return str(self.words[part][name]).format_map({key: self.shown(value) for key, value in values.items()})

    def shown(self, value: Any) -> str:
        """A number or a day in the language, everything else as it is."""
        if isinstance(value, date):
            return day_in_words(value, self.lang)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(format_decimal(value, locale=LOCALES[self.lang]))
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the rows come from: the day on which the sources were last asked, and whether they are invented."""

    asked_on: date | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture with all that has to stand beside it.

    `text` says in sentences what is to be seen, with its figures; `notes` what was left out, and how to read it. `rows`
    are all data by the names of `columns` (in order, with their headings). `spec` is Vega-Lite, None where there is
    nothing to draw: then `text` is the sentence that stands there instead.
    """

    title: str
    text: str
    columns: Mapping[str, str]
    rows: Sequence[Row]
    spec: dict[str, Any] | None
    notes: tuple[str, ...] = ()


def empty(name: str, look: Look) -> Picture:
    """The picture of no data: a sentence."""
    return Picture(
        title=look.say(name, "title"), text=look.say(name, "empty"), columns=headings(name, look), rows=(), spec=None
    )


def headings(name: str, look: Look) -> dict[str, str]:
    """The columns of a picture's data, in order, with what stands above them."""
    return dict(look.words[name]["columns"])


def source_line(look: Look, origin: Origin) -> str:
    """Where the data come from and of which day they are."""
    if origin.invented:
        return look.say("every", "invented")
    if origin.asked_on is None:
        return look.say("every", "source_undated")
    return look.say("every", "source", day=origin.asked_on)
