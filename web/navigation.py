"""Where people go: the places of the public site, and those of the staff area by role."""

from collections.abc import Collection
from dataclasses import dataclass

from fastapi import Request

from vocab.roles import Role, may
from web.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page that a menu leads to, and whose it is; without roles it is everybody's."""

    address: str
    name: str
    roles: tuple[Role, ...] = ()


PUBLIC = (
    Place(address="/sittings", name=N_("Sittings")),
    Place(address="/bills", name=N_("Bills")),
    Place(address="/persons", name=N_("Deputies")),
    Place(address="/committees", name=N_("Committees")),
    Place(address="/factions", name=N_("Factions")),
    Place(address="/findings", name=N_("Findings")),
    Place(address="/rules", name=N_("Rules")),
    Place(address="/pictures", name=N_("Pictures")),
    Place(address="/calendar", name=N_("Calendar")),
    Place(address="/data", name=N_("Data")),
)
"""The menu of the public site, in its order."""


def menu(there: Collection[str]) -> tuple[Place, ...]:
    """The public places whose addresses the application answers."""
    return tuple(place for place in PUBLIC if place.address in there)


ACCOUNT = Place(address="/account", name=N_("My account"))

PLACES = (
    Place(
        address="/desk",
        name=N_("Desk"),
        roles=(Role.OBSERVER, Role.COORDINATOR, Role.LAWYER, Role.EDITOR, Role.RESEARCHER),
    ),
    Place(address="/desk/week", name=N_("Week"), roles=(Role.COORDINATOR,)),
    Place(address="/observe", name=N_("Observe"), roles=(Role.OBSERVER, Role.COORDINATOR)),
    Place(address="/desk/findings", name=N_("Findings to review"), roles=(Role.LAWYER,)),
    Place(address="/desk/facts", name=N_("Facts"), roles=(Role.COORDINATOR, Role.LAWYER, Role.RESEARCHER)),
    Place(address="/desk/links", name=N_("Links"), roles=(Role.EDITOR, Role.LAWYER, Role.RESEARCHER)),
    Place(address="/desk/sources", name=N_("Sources"), roles=(Role.EDITOR, Role.LAWYER, Role.RESEARCHER)),
    Place(address="/desk/remarks", name=N_("Errors and replies"), roles=(Role.EDITOR, Role.LAWYER)),
    Place(address="/desk/corrections", name=N_("Corrections"), roles=(Role.EDITOR,)),
    Place(address="/desk/posts", name=N_("Posts"), roles=(Role.EDITOR,)),
    Place(address="/desk/media", name=N_("Video and interviews"), roles=(Role.EDITOR,)),
    Place(address="/desk/users", name=N_("Users"), roles=(Role.ADMIN,)),
    Place(address="/desk/audit", name=N_("Audit log"), roles=(Role.ADMIN,)),
    ACCOUNT,
)
"""In the order of the menu. The first place of a person is where they land after signing in."""


def places(request: Request, roles: frozenset[Role]) -> list[Place]:
    """The places of somebody with these roles, as far as the application has them."""
    there: frozenset[str] = request.app.state.paths
    return [place for place in PLACES if place.address in there and may(roles, place.roles)]


def landing(request: Request, roles: frozenset[Role]) -> str:
    """Where somebody lands who asked for no page."""
    return next((place.address for place in places(request, roles)), ACCOUNT.address)
