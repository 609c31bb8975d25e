"""`baikoo health`: does each site still say what it usually says, and what is expected today but missing."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.home import Format, FormatOption, opened, print_json
from db.engine import reader
from tracker.health.signs import Sign, State
from web.health_words import STATES, TITLES, about_of, plain, sentence_of
from web.site_health import health_of

_MARKS = {State.GOOD: "ok ", State.RED: "RED", State.UNKNOWN: " ? "}


def health(
    form: FormatOption = Format.TABLE,
    red: Annotated[bool, typer.Option("--red", help="only what is red")] = False,
) -> None:
    """Look at the sources: last good crawl, counts against the usual, vanished records, what is expected but missing.

    The desk shows the same at /desk/sources. Exit code 1 where something is red; what cannot be told is not.

    Examples: `baikoo health` · `baikoo health --red` · `baikoo health --format json`
    """
    with opened() as engine, reader(engine) as conn:
        signs = health_of(conn, datetime.now(UTC))
    shown = [sign for sign in signs if sign.state is State.RED] if red else signs
    if form is Format.JSON:
        print_json([asdict(sign) | {"key": sign.key, "sentence": words_of(sign)} for sign in shown])
    else:
        for sign in shown:
            typer.echo(f"{_MARKS[sign.state]} {words_of(sign)}")
        number = {state: sum(sign.state is state for sign in signs) for state in STATES}
        typer.echo(", ".join(f"{STATES[state][1]} {count}" for state, count in number.items()))
    if any(sign.state is State.RED for sign in signs):
        raise typer.Exit(1)


def words_of(sign: Sign) -> str:
    """Site, what was looked at, and the sentence, in English."""
    about = about_of(sign, str)
    where = f"{sign.site} {about}" if about else sign.site
    return f"{where}: {TITLES[sign.code]}. {sentence_of(sign, str, plain)}"
