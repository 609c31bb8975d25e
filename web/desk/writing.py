"""How the desk writes: one transaction, the person's name in the audit log, and words where it cannot be done."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TypeVar

from fastapi import HTTPException
from sqlalchemy import Connection

from db.audit import Act
from vocab.errors import UsageError
from web.access import SignedIn
from web.i18n import N_
from web.site import Site

STALE = N_("This cannot be done as the page showed it: somebody changed it meanwhile. Load the page again.")

T = TypeVar("T")


def written(site: Site, who: SignedIn, work: Callable[[Connection, Act], T], refusal: str = STALE) -> T:
    """What `work` gives, done in one transaction. A UsageError of it becomes a page with the words of `refusal`."""
    act = Act(who=who.reference, at=datetime.now(UTC))
    try:
        with site.engine.begin() as conn:
            return work(conn, act)
    except UsageError as error:
        raise HTTPException(HTTPStatus.CONFLICT, refusal) from error
