"""Picture: working days between two readings, against the limits of the edition in force. Pure.

Rows, by day: `bill_id`, `title`, `from_reading`, `to_reading`, `start`, `day` (of the later reading), `days` (working),
`least` and `most` that the edition allows (None: it says nothing), `seen`: the number was read in the edition's
text and not assumed, `verdict` as the public may know it; `limits`, the same in each row: `name` (least, most),
`limit`, `seen`, `since` and `until` (None: in force) of each edition.
"""

from collections.abc import Sequence
from statistics import median
from typing import Any

import altair as alt

from publish.charts.picture import Look, Origin, Picture, Row, empty, headings
from publish.charts.style import BLUE, FAINT, ORANGE, TEXT, YELLOW, data, finished, tips

NAME = "intervals"
VERDICTS = ("kept", "cannot_tell", "broken")


def draw(rows: Sequence[Row], look: Look, origin: Origin) -> Picture:
    """A mark for each interval at the day of the later reading; the limits as lines."""
    if not rows:
        return empty(NAME, look)
    title, text = look.say(NAME, "title"), _text(rows, look)
    verdicts = look.words["verdicts"]
    shown = [{name: row[name] for name in headings(NAME, look)} | {"verdict": verdicts[row["verdict"]]} for row in rows]
    spec = finished(_chart(shown, _limits(rows, look), look), look, title=title, about=text, origin=origin, height=340)
    notes = [look.say(NAME, "note")]
    if not all(row["seen"] for row in rows):
        notes.append(look.say(NAME, "assumed"))
    return Picture(title=title, text=text, columns=headings(NAME, look), rows=shown, spec=spec, notes=tuple(notes))


def _text(rows: Sequence[Row], look: Look) -> str:
    ordered = sorted(row["days"] for row in rows)
    counted = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in VERDICTS}
    return look.say(
        NAME,
        "text",
        intervals=len(rows),
        bills=len({row["bill_id"] for row in rows}),
        least=ordered[0],
        middle=median(ordered),
        most=ordered[-1],
        **counted,
    )


def _chart(rows: Sequence[Row], limits: Sequence[Row], look: Look) -> Any:
    words, verdicts = look.words[NAME], look.words["verdicts"]
    theme = look.theme
    names = [verdicts[verdict] for verdict in VERDICTS]
    days = alt.X("day:T", title=None, axis=alt.Axis(format="%m.%Y", labelOverlap=True, tickCount=8))
    across = alt.Y("days:Q", title=words["axis"], scale=alt.Scale(domainMin=0), axis=alt.Axis(tickMinStep=1))
    places = [
        {
            **row,
            "start": row["start"].isoformat(),
            "day": row["day"].isoformat(),
            "begun": look.shown(row["start"]),
            "held": look.shown(row["day"]),
        }
        for row in rows
    ]
    colours = [BLUE[theme], YELLOW[theme], ORANGE[theme]]
    points = (
        alt.Chart(data(places))
        .mark_point(size=80, filled=False, strokeWidth=2)
        .encode(
            x=days,
            y=across,
            shape=alt.Shape(
                "verdict:N", title=None, scale=alt.Scale(domain=names, range=["circle", "triangle-up", "cross"])
            ),
            color=alt.Color("verdict:N", title=None, scale=alt.Scale(domain=names, range=colours)),
            tooltip=tips(NAME, look, "title:N", "to_reading:Q", "begun:N", "held:N", "days:Q", "verdict:N"),
        )
    )
    dash = alt.condition("datum.seen", alt.value([1, 0]), alt.value([5, 4]))
    lines = (
        alt.Chart(data(limits))
        .mark_rule(color=TEXT[theme])
        .encode(x="from:T", x2="until:T", y="limit:Q", strokeDash=dash)
    )
    named = alt.Chart(data(limits)).mark_text(align="left", dy=-6, color=FAINT[theme])
    return alt.layer(points, lines, named.encode(x="from:T", y="limit:Q", text="text:N"))


def _limits(rows: Sequence[Row], look: Look) -> list[dict[str, Any]]:
    """The limits from the first day to the last, each for the days on which it was the same and known equally well."""
    first, last = min(row["start"] for row in rows), max(row["day"] for row in rows)
    found: list[dict[str, Any]] = []
    for one in rows[0]["limits"]:
        since, until = max(one["since"], first), min(one["until"] or last, last)
        if since > until:
            continue
        line = {"name": one["name"], "limit": one["limit"], "seen": one["seen"], "until": until.isoformat()}
        if found and all(found[-1][name] == line[name] for name in ("name", "limit", "seen")):
            found[-1]["until"] = line["until"]
        else:
            words = one["name"] if one["seen"] else f"{one['name']}_assumed"
            found.append(line | {"from": since.isoformat(), "text": look.say(NAME, words, number=one["limit"])})
    return found
