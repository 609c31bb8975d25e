"""Picture: findings by rule and month. Pure.

Rows: `check_id`, `month` (its first day), `verdict`, `number` of findings that the public may see.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt

from publish.charts.picture import Look, Origin, Picture, Row, empty, headings
from publish.charts.style import BLUE, ORANGE, YELLOW, data, finished, some, tips
from publish.wording import check_name

NAME = "findings"
VERDICTS = ("kept", "cannot_tell", "broken")
_MONTHS = 120
_MOST_ON_CARD = 10
_STEP = 30


def draw(rows: Sequence[Row], look: Look, origin: Origin) -> Picture:
    """A line for each rule; in each month a mark for each verdict, as large as there are findings."""
    if not rows:
        return empty(NAME, look)
    title, text = look.say(NAME, "title"), _text(rows, look)
    checks = _checks(rows)
    chosen = checks[: _MOST_ON_CARD if look.card else len(checks)]
    months = _calendar(rows)
    left_out = months[:-_MONTHS]
    months = months[-_MONTHS:]
    shown = [row for row in rows if row["check_id"] in chosen and row["month"] in months]
    spec = finished(
        _chart(shown, chosen, months, look),
        look,
        title=title,
        about=text,
        origin=origin,
        height=_STEP * len(chosen) + 150,
    )
    notes = [look.say(NAME, "note")]
    if len(chosen) < len(checks):
        notes.append(look.say("every", "top", shown=len(chosen), all=len(checks)))
    if left_out:
        notes.append(look.say(NAME, "months", shown=len(months)))
    return Picture(
        title=title, text=text, columns=headings(NAME, look), rows=_table(rows, look), spec=spec, notes=tuple(notes)
    )


def _checks(rows: Sequence[Row]) -> list[str]:
    """The rules, those with most findings first on a card's few lines and everywhere else."""
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["check_id"]] = totals.get(row["check_id"], 0) + row["number"]
    return sorted(totals, key=lambda check: (-totals[check], check))


def _calendar(rows: Sequence[Row]) -> list[date]:
    """Every month from the first to the last: one without findings is a gap, and time runs evenly."""
    first, last = min(row["month"] for row in rows), max(row["month"] for row in rows)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _text(rows: Sequence[Row], look: Look) -> str:
    numbers = {verdict: sum(row["number"] for row in rows if row["verdict"] == verdict) for verdict in VERDICTS}
    months = [row["month"] for row in rows]
    values: dict[str, Any] = dict(numbers) | {"total": sum(numbers.values()), "checks": len(_checks(rows))}
    return look.say(NAME, "text", first=_month(min(months)), last=_month(max(months)), **values)


def _month(day: date) -> str:
    return f"{day:%m.%Y}"


def _name(check: str, look: Look) -> str:
    return f"{check} {check_name(check, look.lang)}"


def _cells(rows: Sequence[Row], look: Look) -> list[dict[str, Any]]:
    """What stands in a month of a rule, in words."""
    verdicts = look.words["verdicts"]
    return [
        {
            "month": row["month"].isoformat(),
            "of": _month(row["month"]),
            "rule": _name(row["check_id"], look),
            "verdict": verdicts[row["verdict"]],
            "number": row["number"],
        }
        for row in rows
    ]


def _chart(rows: Sequence[Row], checks: Sequence[str], months: Sequence[date], look: Look) -> Any:
    words, verdicts, theme = look.words[NAME], look.words["verdicts"], look.theme
    names, lines = [verdicts[verdict] for verdict in VERDICTS], [_name(check, look) for check in checks]
    cells = _cells(rows, look)
    calendar = [month.isoformat() for month in months]
    written = some(calendar, 4 if look.card else 6)
    label = "slice(datum.value, 5, 7) + '.' + slice(datum.value, 0, 4)"
    shapes = alt.Scale(domain=names, range=["circle", "triangle-up", "cross"])
    colours = alt.Scale(domain=names, range=[BLUE[theme], YELLOW[theme], ORANGE[theme]])
    return (
        alt.Chart(data(cells))
        .mark_point(filled=True, opacity=1)
        .encode(
            x=alt.X(
                "month:O",
                title=words["month"],
                scale=alt.Scale(domain=calendar),
                axis=alt.Axis(labelExpr=label, values=written, labelAngle=0),
            ),
            y=alt.Y("rule:N", title=None, sort=lines, axis=alt.Axis(grid=True, labelLimit=260)),
            yOffset=alt.YOffset("verdict:N", sort=names, scale=alt.Scale(domain=names)),
            shape=alt.Shape("verdict:N", title=None, scale=shapes),
            color=alt.Color("verdict:N", title=None, scale=colours, legend=alt.Legend(columns=1)),
            size=alt.Size(
                "number:Q",
                title=words["legend"],
                scale=alt.Scale(range=[18, 160]),
                legend=None if look.card else alt.Legend(format="d"),
            ),
            tooltip=tips(NAME, look, "rule:N", "of:N", "verdict:N", "number:Q"),
        )
    )


def _table(rows: Sequence[Row], look: Look) -> list[dict[str, Any]]:
    verdicts = look.words["verdicts"]
    return [
        {
            "check_id": row["check_id"],
            "name": check_name(row["check_id"], look.lang),
            "month": _month(row["month"]),
            "verdict": verdicts[row["verdict"]],
            "number": row["number"],
        }
        for row in rows
    ]
