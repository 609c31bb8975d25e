"""Picture: who was named as absent, week by week. Pure.

Rows: `person_id`, `name`, `week` (its Monday), `sittings` of the week whose protocol we have, `named`: in how many of
these the protocol names the deputy as absent. A week with sittings and without a naming is a row with 0; that says that
the deputy was not named, and not that they were there.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt

from publish.charts.picture import Look, Origin, Picture, Row, empty, headings
from publish.charts.style import SCALES, data, finished, some, tips

NAME = "attendance"
_MOST, _MOST_ON_CARD = 40, 9
_STEP = 17
_WEEKS_OF_A_YEAR = 53


def draw(rows: Sequence[Row], look: Look, origin: Origin) -> Picture:
    """A line for each deputy, most often named first; of one deputy a line for each year."""
    if not rows:
        return empty(NAME, look)
    totals = _totals(rows)
    alone = len(totals) == 1
    title = look.say(NAME, "title_of_one", name=next(iter(totals))) if alone else look.say(NAME, "title")
    text = _text(rows, totals, look, alone=alone)
    chosen = list(totals)[: _MOST_ON_CARD if look.card else _MOST]
    shown = [_cell(row, look, alone=alone) for row in rows if row["name"] in chosen]
    lines = sorted({cell["line"] for cell in shown}) if alone else chosen
    spec = finished(_chart(shown, lines, look), look, title=title, about=text, origin=origin, height=_height(lines))
    notes = [look.say(NAME, "note")]
    if len(chosen) < len(totals):
        notes.append(look.say("every", "top", shown=len(chosen), all=len(totals)))
    return Picture(
        title=title, text=text, columns=headings(NAME, look), rows=_table(rows), spec=spec, notes=tuple(notes)
    )


def _totals(rows: Sequence[Row]) -> dict[str, int]:
    """How often each deputy is named, the most often named first."""
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["name"]] = totals.get(row["name"], 0) + row["named"]
    return dict(sorted(totals.items(), key=lambda one: (-one[1], one[0])))


def _text(rows: Sequence[Row], totals: dict[str, int], look: Look, *, alone: bool) -> str:
    """Nobody is named as the first where several are."""
    weeks: dict[date, int] = {}
    for row in rows:  # who came or went in a week has fewer sittings in it
        weeks[row["week"]] = max(weeks.get(row["week"], 0), row["sittings"])
    name, most = next(iter(totals.items()))
    values: dict[str, Any] = {"name": name, "most": most, "weeks": len(weeks), "sittings": sum(weeks.values())}
    values |= {"first": min(weeks), "last": max(weeks), "persons": len(totals), "named": sum(totals.values())}
    if alone:
        return look.say(NAME, "text_of_one", **values)
    text = look.say(NAME, "text", **values)
    is_alone_at_the_top = list(totals.values()).count(most) == 1
    return f"{text} {look.say(NAME, 'text_first', name=name, most=most)}" if is_alone_at_the_top else text


def _cell(row: Row, look: Look, *, alone: bool) -> dict[str, Any]:
    """A week of one deputy; of one deputy alone, a week of a year."""
    week = row["week"]
    place = f"{(week.timetuple().tm_yday - 1) // 7 + 1:02}" if alone else week.isoformat()
    line = str(week.year) if alone else row["name"]
    known = {"name": row["name"], "named": row["named"], "sittings": row["sittings"], "monday": look.shown(week)}
    return {"week": place, "line": line} | known


def _height(lines: Sequence[str]) -> int:
    return _STEP * len(lines) + 140


def _chart(cells: Sequence[Row], lines: Sequence[str], look: Look) -> Any:
    words = look.words[NAME]
    most = max(1, *(cell["named"] for cell in cells))
    alone = len(cells[0]["week"]) == len("01")
    calendar = _calendar(cells, alone=alone)
    weeks = some(calendar, 8 if look.card else 12)
    label = "datum.value" if alone else "slice(datum.value, 8, 10) + '.' + slice(datum.value, 5, 7)"
    return (
        alt.Chart(data(cells))
        .mark_rect()
        .encode(
            x=alt.X(
                "week:O",
                title=words["week_of_year" if alone else "week"],
                scale=alt.Scale(paddingInner=0.12, domain=calendar),
                axis=alt.Axis(labelExpr=label, values=weeks, labelAngle=0, grid=False),
            ),
            y=alt.Y("line:N", title=None, sort=list(lines), scale=alt.Scale(paddingInner=0.12)),
            color=alt.Color(
                "named:Q",
                title=words["legend"],
                scale=alt.Scale(domain=[0, most], range=list(SCALES[look.theme])),
                legend=alt.Legend(format="d", tickMinStep=1, gradientLength=160),
            ),
            tooltip=tips(NAME, look, "name:N", "monday:N", "named:Q", "sittings:Q"),
        )
    )


def _calendar(cells: Sequence[Row], *, alone: bool) -> list[str]:
    """Every week from the first to the last, or of a year: one without protocols is a gap, and time runs evenly."""
    if alone:
        return [f"{number:02}" for number in range(1, _WEEKS_OF_A_YEAR + 1)]
    first, last = (date.fromisoformat(edge(cell["week"] for cell in cells)) for edge in (min, max))
    return [(first + timedelta(weeks=number)).isoformat() for number in range((last - first).days // 7 + 1)]


def _table(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows with the most often named first, and the days as they are written in files."""
    ordered = sorted(rows, key=lambda row: (-row["named"], row["name"], row["week"]))
    return [{name: row[name] for name in ("person_id", "name", "week", "named", "sittings")} for row in ordered]
