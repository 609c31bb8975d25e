"""Picture: the path of bills through the stages. Pure.

Rows: `stage` and `state` (codes of `vocab.stages` and of the bill's page), `number` of bills; `bills`: how many bills
were looked at, the newest `of` so many, the same in each row.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt

from publish.charts.picture import Look, Origin, Picture, Row, empty, headings
from publish.charts.style import BLUE, FAINT, GREEN, ORANGE, TEXT, YELLOW, data, finished, tips

NAME = "path"
STATES = ("done", "open", "listed", "planned", "stopped")
_STEP = 44


def draw(rows: Sequence[Row], look: Look, origin: Origin) -> Picture:
    """A bar for each stage: how many bills reached it, and what is known of it."""
    if not rows:
        return empty(NAME, look)
    title, words = look.say(NAME, "title"), look.words[NAME]
    bills = rows[0]["bills"]
    told = "; ".join(f"{words['stages'][stage]}: {look.shown(number)}" for stage, number in _totals(rows).items())
    text = look.say(NAME, "text", bills=bills, told=told)
    shown = [
        row | {"stage": words["stages"][row["stage"]], "state": words["states"][row["state"]]}
        for row in map(dict, rows)
    ]
    spec = finished(_chart(shown, look), look, title=title, about=text, origin=origin, height=_STEP * 8)
    table = [{name: row[name] for name in ("stage", "state", "number")} for row in shown]
    notes = [look.say(NAME, "note")]
    if bills < rows[0]["of"]:
        notes.append(look.say(NAME, "newest", shown=bills, all=rows[0]["of"]))
    return Picture(title=title, text=text, columns=headings(NAME, look), rows=table, spec=spec, notes=tuple(notes))


def _totals(rows: Sequence[Row]) -> dict[str, int]:
    """How many bills stand at each stage, in the order of the rows."""
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["stage"]] = totals.get(row["stage"], 0) + row["number"]
    return totals


def _chart(rows: Sequence[Row], look: Look) -> Any:
    words = look.words[NAME]
    stages, states = list(words["stages"].values()), [words["states"][state] for state in STATES]
    colours = [shade[look.theme] for shade in (BLUE, YELLOW, FAINT, GREEN, ORANGE)]
    place = alt.Y("stage:N", sort=stages, scale=alt.Scale(domain=stages), title=None)
    across = alt.X("sum(number):Q", title=words["axis"], axis=alt.Axis(format="d", tickMinStep=1))
    order = alt.Order("rank:Q")
    ranked = [dict(row) | {"rank": states.index(row["state"])} for row in rows]
    bars = alt.Chart(data(ranked)).encode(y=place, x=across, order=order)
    filled = bars.mark_bar(height={"band": 0.62}).encode(
        color=alt.Color("state:N", title=None, scale=alt.Scale(domain=states, range=colours), sort=states),
        tooltip=tips(NAME, look, "stage:N", "state:N", "number:Q"),
    )
    total = alt.Chart(data(ranked)).mark_text(align="left", dx=5, color=TEXT[look.theme])
    numbers = total.encode(y=place, x=alt.X("sum(number):Q", title=words["axis"]), text="sum(number):Q")
    return alt.layer(filled, numbers)
