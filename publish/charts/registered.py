"""Picture: deputies registered against deputies counted in the hall, sitting by sitting. Pure.

Rows, by day: `sitting_id`, `day`, `title`, `registrations` (how many there were), `least` and `most` registered,
`counted_least` and `counted_most` by observers (None: nobody counted), `seats` and `quorum` of the day.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt

from publish.charts.picture import Look, Origin, Picture, Row, empty, headings
from publish.charts.style import BLUE, FAINT, ORANGE, TEXT, data, finished, tips

NAME = "registered"


def draw(rows: Sequence[Row], look: Look, origin: Origin) -> Picture:
    """For each sitting a line from the smallest to the largest registration, and what observers counted."""
    if not rows:
        return empty(NAME, look)
    title, text = look.say(NAME, "title"), _text(rows, look)
    spec = finished(_chart(rows, look), look, title=title, about=text, origin=origin, height=340)
    return Picture(
        title=title,
        text=text,
        columns=headings(NAME, look),
        rows=rows,
        spec=spec,
        notes=(look.say(NAME, "note"),),
    )


def _text(rows: Sequence[Row], look: Look) -> str:
    below = [row for row in rows if row["quorum"] and row["least"] < row["quorum"]]
    counted = [row for row in rows if row["counted_most"] is not None]
    lowest, highest = min(rows, key=lambda row: row["least"]), max(rows, key=lambda row: row["most"])
    return look.say(
        NAME,
        "text",
        sittings=len(rows),
        registrations=sum(row["registrations"] for row in rows),
        first=rows[0]["day"],
        last=rows[-1]["day"],
        least=lowest["least"],
        least_day=lowest["day"],
        most=highest["most"],
        most_day=highest["day"],
        below=len(below),
        counted=len(counted),
    )


def _chart(rows: Sequence[Row], look: Look) -> Any:
    words = look.words[NAME]
    theme = look.theme
    names = [words["registered"], words["counted"]]
    days = alt.X("day:T", title=None, axis=alt.Axis(format="%m.%Y", labelOverlap=True, tickCount=8))
    scale = alt.Scale(domainMin=0, nice=True)
    spans = alt.Chart(data(_spans(rows, names, look)))
    shape = alt.Shape("who:N", title=None, scale=alt.Scale(domain=names, range=["circle", "diamond"]))
    colour = alt.Color("who:N", title=None, scale=alt.Scale(domain=names, range=[BLUE[theme], ORANGE[theme]]))
    tip = tips(NAME, look, "date:N", "who:N", "least:Q", "most:Q")
    lines = spans.mark_rule(strokeWidth=2, opacity=0.55).encode(
        x=days, y=alt.Y("least:Q", scale=scale, title=words["axis"]), y2="most:Q", color=colour
    )
    points = spans.mark_point(filled=True, size=30 if len(rows) > 1 else 90, opacity=1).encode(
        x=days, y=alt.Y("most:Q", scale=scale), color=colour, shape=shape, tooltip=tip
    )
    bases = alt.Chart(data(_bases(rows))).encode(x=days, x2="until:T")
    quorum = bases.mark_rule(strokeDash=[6, 4], color=TEXT[theme]).encode(y="quorum:Q")
    seats = bases.mark_rule(strokeDash=[2, 3], color=FAINT[theme]).encode(y="seats:Q")
    named = alt.Chart(data(_named(rows, look))).mark_text(align="left", dy=-6, color=FAINT[theme])
    return alt.layer(lines, points, quorum, seats, named.encode(x=days, y="at:Q", text="text:N"))


def _spans(rows: Sequence[Row], names: Sequence[str], look: Look) -> list[dict[str, Any]]:
    """One line of the picture per sitting and way of counting."""
    spans = []
    for row in rows:
        day, told = row["day"].isoformat(), look.shown(row["day"])
        spans.append({"day": day, "date": told, "who": names[0], "least": row["least"], "most": row["most"]})
        if row["counted_most"] is not None:
            counted = {"least": row["counted_least"], "most": row["counted_most"]}
            spans.append({"day": day, "date": told, "who": names[1]} | counted)
    return spans


def _bases(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Seats and quorum, each for the days on which they were the same."""
    bases: list[dict[str, Any]] = []
    for row in rows:
        if row["seats"] is None:
            continue
        if not bases or bases[-1]["seats"] != row["seats"]:
            bases.append({"day": row["day"].isoformat(), "seats": row["seats"], "quorum": row["quorum"]})
        bases[-1]["until"] = row["day"].isoformat()
    return bases


def _named(rows: Sequence[Row], look: Look) -> list[dict[str, Any]]:
    """What the dashed lines are, at the beginning of each."""
    named = []
    for base in _bases(rows):
        for name in ("quorum", "seats"):
            words = look.say(NAME, name, number=base[name])
            named.append({"day": base["day"], "at": base[name], "text": words})
    return named
