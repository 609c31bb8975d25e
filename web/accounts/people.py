"""The admin's page of everybody who may sign in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Query
from fastapi.responses import Response

from db.accounts import Account
from db.audit import Act
from vocab.errors import UsageError
from vocab.languages import DEFAULT_LANGUAGE, STAFF_LANGUAGES
from vocab.roles import Role
from web.access import SignedIn, go, signed_in, staff_page
from web.accounts import administration
from web.accounts.administration import Person
from web.accounts.links import link_address
from web.accounts.sign_in import Typed
from web.i18n import N_
from web.visit import Visit, VisitDep
from web.words import ROLES

ADDRESS = "/desk/users"
router = APIRouter(prefix=ADDRESS)
AdminDep = Annotated[SignedIn, Depends(signed_in(Role.ADMIN))]
Roles = Annotated[list[Role], Form(default_factory=list)]
Key = Annotated[int, Path(ge=1, le=2**31 - 1)]

_DONE = {
    "roles": N_("The roles are changed. They count from the next request on."),
    "deactivated": N_("The account is not active any more, its sessions are ended."),
    "activated": N_("The account may be used again."),
    "ended": N_("The sessions are ended."),
    "erased": N_("The person is erased. Notes and decisions stay under the number of the account."),
    "unlocked": N_("The failed tries are forgotten."),
}
_NO_ROLE = N_("Choose at least one role.")
_TAKEN = N_("This login cannot be used: it is empty, too long, or somebody has it.")
_OTHER_LOGIN = N_("This is not the login of the account: nothing was erased.")
_GONE = N_("This person was erased. Nothing of the account can be changed.")
_LAST_ADMIN = N_("This is the only active admin. Make another one first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """What was filled in of an invitation; at first an observer who reads Russian."""

    login: str = ""
    name: str = ""
    language: str = DEFAULT_LANGUAGE
    roles: frozenset[Role] = frozenset({Role.OBSERVER})


@router.get("")
def people(visit: VisitDep, who: AdminDep) -> Response:
    """Everybody."""
    everybody = administration.people(visit.conn, datetime.now(UTC))
    return staff_page(visit, who, "accounts/people.html", people=everybody, roles=ROLES)


@router.get("/invite")
def invitation(visit: VisitDep, who: AdminDep) -> Response:
    """Whom to invite."""
    return _invitation(visit, who, Invitee())


@router.post("/invite")
def invite(
    visit: VisitDep,
    who: AdminDep,
    roles: Roles,
    login: Typed = "",
    name: Typed = "",
    language: Typed = DEFAULT_LANGUAGE,
) -> Response:
    """Make the account and show its link, this one time."""
    invitee = Invitee(login=login, name=name, language=language, roles=frozenset(roles))
    if not roles:
        return _invitation(visit, who, invitee, _NO_ROLE)
    if language not in STAFF_LANGUAGES:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        token = administration.invite(visit.site.engine, login, name, roles, language, act=_act(who))
    except UsageError:
        return _invitation(visit, who, invitee, _TAKEN)
    return _link(visit, who, login, token, invited=True)


@router.get("/{key}")
def person(visit: VisitDep, who: AdminDep, key: Key, done: Annotated[str, Query()] = "") -> Response:
    """One of them, and what can be done."""
    return _person(visit, who, key, done=_DONE.get(done))


@router.post("/{key}/roles")
def give_roles(visit: VisitDep, who: AdminDep, key: Key, roles: Roles) -> Response:
    """Exactly these roles."""
    if not roles:
        return _person(visit, who, key, fault=_NO_ROLE)
    try:
        administration.give_roles(visit.site.engine, _account(visit, key), roles, act=_act(who))
    except UsageError:
        return _person(visit, who, key, fault=_GONE if _account(visit, key).erased_at else _LAST_ADMIN)
    return _back(key, "roles")


@router.post("/{key}/deactivate")
def deactivate(visit: VisitDep, who: AdminDep, key: Key) -> Response:
    """Nobody signs in with it any more."""
    try:
        administration.deactivate(visit.site.engine, _account(visit, key), act=_act(who))
    except UsageError:
        return _person(visit, who, key, fault=_LAST_ADMIN)
    return _back(key, "deactivated")


@router.post("/{key}/activate")
def activate(visit: VisitDep, who: AdminDep, key: Key) -> Response:
    """It may be used again."""
    try:
        administration.activate(visit.site.engine, _account(visit, key), act=_act(who))
    except UsageError:
        return _person(visit, who, key, fault=_GONE)
    return _back(key, "activated")


@router.post("/{key}/erase")
def erase(visit: VisitDep, who: AdminDep, key: Key, login: Typed = "") -> Response:
    """Erase the person for ever; the login is typed once more."""
    account = _account(visit, key)
    if login.strip().casefold() != account.login:
        return _person(visit, who, key, fault=_OTHER_LOGIN)
    try:
        administration.erase(visit.site.engine, account, visit.site.keys.contacts, act=_act(who))
    except UsageError:
        return _person(visit, who, key, fault=_GONE if account.erased_at else _LAST_ADMIN)
    return _back(key, "erased")


@router.post("/{key}/end-sessions")
def end_sessions(visit: VisitDep, who: AdminDep, key: Key) -> Response:
    """A lost phone: signed out on the server."""
    administration.sign_out_everywhere(visit.site.engine, _account(visit, key), act=_act(who))
    return _back(key, "ended")


@router.post("/{key}/unlock")
def unlock(visit: VisitDep, who: AdminDep, key: Key) -> Response:
    """Forget the failed tries."""
    administration.unlock(visit.site.engine, _account(visit, key), act=_act(who))
    return _back(key, "unlocked")


@router.post("/{key}/link")
def link(visit: VisitDep, who: AdminDep, key: Key, phone_lost: Annotated[bool, Form()] = False) -> Response:
    """A link to hand over: a new password, or the invitation again."""
    account = _account(visit, key)
    engine = visit.site.engine
    try:
        token = administration.link_anew(engine, account, without_second_factor=phone_lost, act=_act(who))
    except UsageError as error:
        raise HTTPException(HTTPStatus.CONFLICT) from error
    return _link(visit, who, account.login, token, invited=account.password_hash is None)


def _found(visit: Visit, key: int) -> Person:
    found = administration.person(visit.conn, key, datetime.now(UTC))
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


def _account(visit: Visit, key: int) -> Account:
    return _found(visit, key).account


def _person(visit: Visit, who: SignedIn, key: int, *, done: str | None = None, fault: str | None = None) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    told = {"done": done, "fault": fault}
    return staff_page(visit, who, "accounts/person.html", status=status, person=_found(visit, key), roles=ROLES, **told)


def _invitation(visit: Visit, who: SignedIn, invitee: Invitee, fault: str | None = None) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return staff_page(visit, who, "accounts/invite.html", status=status, invitee=invitee, fault=fault, roles=ROLES)


def _link(visit: Visit, who: SignedIn, login: str, token: str, *, invited: bool) -> Response:
    link = link_address(visit.site, token)
    return staff_page(visit, who, "accounts/link_made.html", login=login, link=link, invited=invited)


def _back(key: int, done: str) -> Response:
    return go(f"{ADDRESS}/{key}?done={done}")


def _act(who: SignedIn) -> Act:
    return Act(who=who.reference, at=datetime.now(UTC))
