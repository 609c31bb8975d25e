"""«My account»: what people change of themselves."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from db.sessions import Session, sessions_of
from web.access import SomebodyDep, needed_session, staff_page
from web.visit import VisitDep

router = APIRouter()


def _session(request: Request, _who: SomebodyDep) -> Session:
    return needed_session(request)


SessionDep = Annotated[Session, Depends(_session)]


@router.get("/account")
def account(visit: VisitDep, who: SomebodyDep, session: SessionDep) -> Response:
    """Where one is signed in, and everything that can be changed."""
    sessions = sessions_of(visit.conn, session.account)
    return staff_page(visit, who, "accounts/account.html", account=session.account, sessions=sessions)
