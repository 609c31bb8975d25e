"""`baikoo topic`: a person's choice of topics."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.deciding import WhoOption, decider
from cli.home import opened
from nlp.topics.choices import decide_topics
from vocab.topics import TOPICS


def topic(
    subject: Annotated[str, typer.Argument(help="bill:ID, or press_record:KEY")],
    topics: Annotated[list[int], typer.Argument(help="numbers of topics, the main one first")],
    reason: Annotated[str, typer.Option("--reason", help="why; kept with the decision")],
    who: WhoOption = None,
) -> None:
    """Choose the topics of a bill or press release; the choice wins until the next one, the history is kept.

    Topics are the numbers of the Comparative Agendas Project: 1 economy, 3 health, 6 education, 13 social welfare …

    Example: `baikoo topic bill:n-6-16490-26 13 20 --reason "pays pensions, by way of a new agency"`
    """
    with opened() as engine:
        by = decider(engine, who)
        chosen = decide_topics(engine, subject, topics, who=by, reason=reason, now=datetime.now(UTC))
    typer.echo(f"{subject}: {', '.join(f'{number} {TOPICS[number].en}' for number in chosen)}.")
