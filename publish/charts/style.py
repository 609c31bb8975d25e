"""Colours, letters and lines that all pictures share. Pure.

The colours are those of Okabe and Ito, which people with any colour vision tell apart; nothing is told by colour alone.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from publish.charts.picture import Look, Origin, Picture, Row, Theme, headings, source_line

FONT = "DejaVu Sans, Noto Sans, Liberation Sans, sans-serif"
"""The first has ң, ө and ү: cards need it, or another of these, on the machine that draws them."""

PAPER = {Theme.LIGHT: "#ffffff", Theme.DARK: "#14181b"}
TEXT = {Theme.LIGHT: "#1c2226", Theme.DARK: "#e8ecee"}
FAINT = {Theme.LIGHT: "#56606a", Theme.DARK: "#a9b4bb"}
LINE = {Theme.LIGHT: "#d5d9dd", Theme.DARK: "#39434a"}
BLUE = {Theme.LIGHT: "#0072b2", Theme.DARK: "#56b4e9"}
ORANGE = {Theme.LIGHT: "#d55e00", Theme.DARK: "#f0a35e"}
GREEN = {Theme.LIGHT: "#009e73", Theme.DARK: "#4fd0aa"}
YELLOW = {Theme.LIGHT: "#b8860b", Theme.DARK: "#f0e442"}
SCALES = {Theme.LIGHT: ("#e3eff2", "#083d5c"), Theme.DARK: ("#1f2f36", "#8fd3ff")}
"""From nothing to most."""

_CARD_HEIGHT = 315
_TITLE_LETTERS, _CARD_TITLE_LETTERS = 70, 52  # that fit on one line
_LINE_LETTERS, _CARD_LINE_LETTERS = 105, 82


def data(rows: Iterable[Row]) -> alt.InlineData:
    """Rows inside of the specification: a picture asks for nothing else."""
    return alt.InlineData(values=[dict(row) for row in rows])


def finished(
    chart: Any, look: Look, *, title: str, about: str, origin: Origin, height: int | None = None
) -> dict[str, Any]:
    """The specification of a chart with title, source, size and colours. `about`: the text alternative."""
    size: dict[str, Any] = {"width": look.width, "height": _CARD_HEIGHT if look.card else height}
    heading = alt.TitleParams(
        text=broken(title, _CARD_TITLE_LETTERS if look.card else _TITLE_LETTERS),
        subtitle=broken(source_line(look, origin), _CARD_LINE_LETTERS if look.card else _LINE_LETTERS),
    )
    spec: dict[str, Any] = (
        chart.properties(
            title=heading,
            description=about,
            background=PAPER[look.theme],
            autosize=alt.AutoSizeParams(type="fit", contains="padding", resize=False),
            padding=12,
            **{name: value for name, value in size.items() if value},
        )
        .configure(**_config(look))
        .to_dict(validate=False)
    )
    return spec


def broken(text: str, letters: int) -> list[str]:
    """A title in lines of so many letters."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > letters and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _config(look: Look) -> dict[str, Any]:
    text, faint, line = TEXT[look.theme], FAINT[look.theme], LINE[look.theme]
    size = 11 if look.card else 12
    return {
        "aria": False,  # the description tells it all; a thousand marks read aloud tell nothing
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": text,
            "titleColor": faint,
            "gridColor": line,
            "domainColor": faint,
            "tickColor": faint,
            "labelFontSize": size,
            "titleFontSize": size,
            "titleFontWeight": "normal",
            "labelLimit": 260,
        },
        "legend": _legend(look, size),
        "title": {
            "color": text,
            "subtitleColor": faint,
            "fontSize": 16,
            "subtitleFontSize": size,
            "anchor": "start",
            "offset": 12,
            "frame": "bounds",
        },
        "text": {"color": text, "fontSize": size},
    }


def _legend(look: Look, size: int) -> dict[str, Any]:
    text, faint = TEXT[look.theme], FAINT[look.theme]
    return {
        "labelColor": text,
        "titleColor": faint,
        "labelFontSize": size,
        "titleFontSize": size,
        "titleFontWeight": "normal",
        "labelLimit": 320,
        "symbolStrokeWidth": 2,
        "symbolBaseFillColor": faint,
        "symbolBaseStrokeColor": faint,
        "orient": "bottom",
        "columns": 2,
    }


def sentence(picture: Picture, look: Look, origin: Origin) -> dict[str, Any]:
    """The specification of a picture that has nothing to draw: its sentence, for whoever shows it by its address."""
    lines = broken(picture.text, _CARD_LINE_LETTERS if look.card else _LINE_LETTERS)
    nothing = alt.Chart(data([{"line": n, "text": line} for n, line in enumerate(lines)]))
    words = nothing.mark_text(align="left", x=0).encode(y=alt.Y("line:O", axis=None), text="text:N")
    return finished(words, look, title=picture.title, about=picture.text, origin=origin, height=90 + 24 * len(lines))


def some(values: Sequence[str], most: int = 12) -> list[str]:
    """So many of the values at most, evenly: those that are written at an axis."""
    return list(values[:: -(-len(values) // most) or 1])


def tips(name: str, look: Look, *fields: str) -> list[alt.Tooltip]:
    """What the pointer is told: fields with their type («day:T»), under the words of the picture's columns."""
    words = {**headings(name, look), **look.words[name].get("tips", {})}
    return [alt.Tooltip(field, title=words[field.split(":")[0]]) for field in fields]
