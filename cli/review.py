"""`baikoo review`: what the review desk does, on the command line."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from cli.deciding import WhoOption, decider
from cli.home import opened
from db.search_documents import DocumentKind
from db.search_store import remove_documents
from db.settings import load_settings
from publish.run import publish_again
from publish.settings import load_public_settings
from tracker.review import Decided
from tracker.review import review as decide
from vocab.verdicts import Review


class Decision(StrEnum):
    """What a person can say of a finding."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    ASK_AGAIN = "ask-again"


_MEANING = {
    Decision.CONFIRM: Review.CONFIRMED,
    Decision.DISMISS: Review.DISMISSED,
    Decision.ASK_AGAIN: Review.ASKED_AGAIN,
}


def review(
    finding: Annotated[str, typer.Argument(help="the id of the finding, or its first letters")],
    decision: Annotated[
        Decision,
        typer.Argument(help="confirm makes it public, dismiss hides it, ask-again asks the observers"),
    ],
    reason: Annotated[str, typer.Option("--reason", help="why; kept with the decision")],
    who: WhoOption = None,
) -> None:
    """Confirm or dismiss a finding, or ask the observers again; it can be decided anew, the history is kept.

    Example: `baikoo review 3f2a91 confirm --reason "compared with the protocol and both lists of members"`
    """
    settings = load_settings()
    with opened(settings) as engine:
        decided = Decided(decision=_MEANING[decision], reason=reason, who=decider(engine, who))
        full = decide(engine, finding, decided, now=datetime.now(UTC))
        if decision is not Decision.CONFIRM:
            with engine.begin() as conn:
                remove_documents(conn, DocumentKind.FINDING, [full])
            public = load_public_settings()
            publish_again(engine, settings.public_dir, public=public, now=datetime.now(UTC))
    later = " `baikoo index` and `baikoo publish` bring it to search and feeds."
    typer.echo(f"{full}: {_MEANING[decision].value}.{later if decision is Decision.CONFIRM else ''}")
