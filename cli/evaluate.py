"""`baikoo evaluate`."""

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.home import Format, FormatOption, print_json, print_rows
from nlp.evaluation.run import TASKS, evaluate_task
from nlp.evaluation.score import Score
from vocab.errors import UsageError

_GOLD, _REPLAY = "gold", "kenesh-reconstructed"


def evaluate(
    gold: Annotated[Path | None, typer.Option("--gold", help="a folder with news.jsonl and agenda_items.jsonl")] = None,
    replay: Annotated[Path | None, typer.Option("--replay", help="the recorded pages that the labels speak of")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="list the ten worst misses of each task too")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Score the text layer against labels that a person made: precision, recall, F1 or accuracy of each task.

    Without options the folders are taken from BAIKOO_TESTDATA.

    Example: `baikoo evaluate --gold ../shared/data/gold --replay ../shared/data/kenesh-reconstructed --misses`
    """
    gold, replay = _folder(gold, "--gold", _GOLD), _folder(replay, "--replay", _REPLAY)
    scores = {name: evaluate_task(name, gold, replay) for name in TASKS}
    if form is Format.JSON:
        print_json({name: _as_json(score) for name, score in scores.items()})
        return
    columns = ("task", "n", "precision", "recall", "f1", "accuracy", "parts")
    print_rows([_row(name, score) for name, score in scores.items()], columns, title="Evaluation", empty="no task")
    if misses:
        for name, score in scores.items():
            rows = [asdict(one) for one in score.misses]
            print_rows(rows, ("where", "wanted", "found"), title=f"{name}: misses", empty=f"{name}: no miss")


def _folder(given: Path | None, option: str, name: str) -> Path:
    if given is not None:
        return given
    data = os.environ.get("BAIKOO_TESTDATA")
    if not data:
        raise UsageError(f"name a folder with {option}, or set BAIKOO_TESTDATA to the folder that holds {name}/")
    return Path(data) / name


def _as_json(score: Score) -> dict[str, Any]:
    told = {name: value for name, value in asdict(score).items() if value is not None}
    return told | {"misses": [asdict(one) for one in score.misses]}


def _row(name: str, score: Score) -> dict[str, Any]:
    figures = {one: getattr(score, one) for one in ("precision", "recall", "f1", "accuracy")}
    parts = "  ".join(f"{part} {value:.3f}" for part, value in score.parts.items())
    rounded = {one: None if value is None else f"{value:.3f}" for one, value in figures.items()}
    return {"task": name, "n": score.n, **rounded, "parts": parts}
