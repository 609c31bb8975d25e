"""Picture: who gave the vote to whom. Pure.

Rows: `from_id`, `from_name`, `to_id`, `to_name` (ids None: not identified), `number` of votes given in protocols.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt

from publish.charts.layout import positions
from publish.charts.picture import Look, Origin, Picture, Row, empty, headings
from publish.charts.style import BLUE, ORANGE, PAPER, TEXT, data, finished, tips

NAME = "transfers"
_MOST, _MOST_ON_CARD = 40, 10


def draw(rows: Sequence[Row], look: Look, origin: Origin) -> Picture:
    """Deputies as knots, and a wedge from who gave (thick) to who held (thin): the strongest pairs."""
    if not rows:
        return empty(NAME, look)
    ordered = sorted(rows, key=lambda row: (-row["number"], row["from_name"], row["to_name"]))
    title, text = look.say(NAME, "title"), _text(ordered, look)
    shown = ordered[: _MOST_ON_CARD if look.card else _MOST]
    spec = finished(_chart(shown, look), look, title=title, about=text, origin=origin, height=620)
    notes = [look.say(NAME, "note")]
    if len(shown) < len(ordered):
        notes.append(look.say(NAME, "top", shown=len(shown), all=len(ordered)))
    return Picture(title=title, text=text, columns=headings(NAME, look), rows=ordered, spec=spec, notes=tuple(notes))


def _text(ordered: Sequence[Row], look: Look) -> str:
    """Nobody is named as the first where several are."""
    held: dict[str, int] = {}
    for row in ordered:
        held[row["to_name"]] = held.get(row["to_name"], 0) + row["number"]
    holder, votes = min(held.items(), key=lambda one: (-one[1], one[0]))
    first = ordered[0]
    said = [look.say(NAME, "text", total=sum(row["number"] for row in ordered), pairs=len(ordered))]
    if [row["number"] for row in ordered].count(first["number"]) == 1:
        named = {"given": first["from_name"], "to": first["to_name"], "most": first["number"]}
        said.append(look.say(NAME, "text_pair", **named))
    if list(held.values()).count(votes) == 1:
        said.append(look.say(NAME, "text_holder", holder=holder, votes=votes))
    return " ".join(said)


def short(name: str) -> str:
    """«Иванов Иван Иванович» is «Иванов И. И.»; what is written short stays."""
    surname, *rest = name.split()
    return " ".join([surname, *(part if "." in part else f"{part[0]}." for part in rest)])


def _chart(rows: Sequence[Row], look: Look) -> Any:
    knots = list(dict.fromkeys(name for row in rows for name in (row["from_name"], row["to_name"])))
    ties: dict[tuple[str, str], float] = {}
    for row in rows:
        if row["from_name"] != row["to_name"]:
            ties[row["from_name"], row["to_name"]] = row["number"]
    places = positions(knots, ties)
    words, theme = look.words[NAME], look.theme
    margin = alt.Scale(domain=[-0.1, 1.1], nice=False)
    x, y = alt.X("x:Q", axis=None, scale=margin), alt.Y("y:Q", axis=None, scale=margin)
    wedges = (
        alt.Chart(data(_wedges(rows, places)))
        .mark_trail(opacity=0.6, color=BLUE[theme])
        .encode(x=x, y=y, detail="pair:N", order="end:O", size=alt.Size("thick:Q", legend=None, scale=None))
    )
    dots = _dots(rows, places)
    legend = None if look.card else alt.Legend(format="d", tickCount=4)
    points = (
        alt.Chart(data(dots))
        .mark_circle(opacity=1, color=ORANGE[theme], stroke=PAPER[theme])
        .encode(
            x=x,
            y=y,
            size=alt.Size("held:Q", title=words["legend"], scale=alt.Scale(range=[25, 500]), legend=legend),
            tooltip=tips(NAME, look, "name:N", "held:Q", "given:Q"),
        )
    )
    names = []
    for away, shown in ((-15, [dot for dot in dots if dot["above"]]), (15, [dot for dot in dots if not dot["above"]])):
        texts = alt.Chart(data(shown)).encode(x=x, y=y, text="short:N")
        names.append(texts.mark_text(dy=away, fontSize=11, stroke=PAPER[theme], strokeWidth=3))
        names.append(texts.mark_text(dy=away, fontSize=11, color=TEXT[theme]))
    return alt.layer(wedges, points, *names).resolve_scale(size="independent")


def _wedges(rows: Sequence[Row], places: dict[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """Two ends of each pair: thick where the vote was given, thin where it was held."""
    most = max(row["number"] for row in rows)
    ends = []
    for number, row in enumerate(rows):
        thick = 2 + 8 * row["number"] / most
        for end, (name, size) in enumerate(((row["from_name"], thick), (row["to_name"], 0.6))):
            x, y = places[name]
            ends.append({"pair": number, "end": end, "x": x, "y": y, "thick": round(size, 2)})
    return ends


def _dots(rows: Sequence[Row], places: dict[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """The knots; a name stands `above` its knot where the others of its pairs stand below."""
    dots = []
    for name, (x, y) in places.items():
        held = [row for row in rows if row["to_name"] == name]
        given = [row for row in rows if row["from_name"] == name]
        others = [row["from_name"] for row in held] + [row["to_name"] for row in given]
        above = sum(places[other][1] for other in others) <= y * len(others)
        dot = {"name": name, "short": short(name), "x": x, "y": y, "above": above}
        numbers = {part: sum(row["number"] for row in of) for part, of in (("held", held), ("given", given))}
        dots.append(dot | numbers)
    return dots
