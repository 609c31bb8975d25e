"""The admin's page of who did what."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from db.accounts import names
from db.audit import head, newest, verify
from vocab.roles import Role
from web.access import SignedIn, signed_in, staff_page
from web.i18n import N_
from web.visit import VisitDep

router = APIRouter()
_SHOWN = 200

ACTIONS: Mapping[str, str] = {
    "access application taken back": N_("access application taken back"),
    "access applied for": N_("access applied for"),
    "access granted": N_("access granted"),
    "access refused": N_("access refused"),
    "account activated": N_("account activated"),
    "account added": N_("account added"),
    "account deactivated": N_("account deactivated"),
    "account described": N_("name or language changed"),
    "bills kept apart": N_("bills kept apart"),
    "bills merged": N_("bills merged"),
    "fact stated": N_("fact stated"),
    "fact withdrawn": N_("fact withdrawn"),
    "finding asked_again": N_("observers asked again"),
    "finding confirmed": N_("finding confirmed"),
    "finding dismissed": N_("finding dismissed"),
    "invitation link made": N_("invitation link made"),
    "link decided": N_("link decided"),
    "link split": N_("link split"),
    "locked after failed tries": N_("locked after failed tries"),
    "mail failed": N_("mail was not sent"),
    "mark of a sitting taken back": N_("mark of a sitting taken back"),
    "notes placed": N_("notes placed"),
    "observer assigned": N_("observer assigned"),
    "observer taken off": N_("observer taken off"),
    "password changed": N_("password changed"),
    "plan of a sitting dropped": N_("sitting entered by hand dropped"),
    "recovery code used": N_("recovery code used"),
    "recovery codes made": N_("recovery codes made"),
    "reset link made": N_("link for a new password made"),
    "roles changed": N_("roles changed"),
    "second factor removed": N_("second factor removed"),
    "second factor set up": N_("second factor set up"),
    "second factor shown": N_("second factor shown"),
    "sessions ended": N_("sessions ended"),
    "signed in": N_("signed in with the password"),
    "sitting cancelled": N_("sitting called off"),
    "sitting moved": N_("sitting moved"),
    "sitting planned": N_("sitting entered by hand"),
    "topics decided": N_("topics decided"),
    "unlocked": N_("failed tries forgotten"),
    "watched committees chosen": N_("watched committees chosen"),
}
"""What the log calls an act, in words; an act without words is shown as it is called."""


@router.get("/desk/audit")
def audit(visit: VisitDep, who: Annotated[SignedIn, Depends(signed_in(Role.ADMIN))]) -> Response:
    """The latest acts, and whether the chain is whole."""
    count, last_hash = head(visit.conn)
    known: dict[str, Any] = {"acts": newest(visit.conn, _SHOWN), "actions": ACTIONS, "broken": verify(visit.conn)}
    known |= {"names": names(visit.conn)}
    return staff_page(visit, who, "accounts/audit.html", **known, count=count, last_hash=last_hash)
