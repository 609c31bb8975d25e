"""Channels on the desk: which are on, what holds them back, the kill switch, and what goes out by itself."""

from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from db.audit import Act
from db.engine import reader
from publish.channels.registry import open_accounts
from publish.newsdesk.rules import load_rules
from publish.outbox.answers import Impossible
from publish.outbox.queue import standing
from publish.outbox.switching import resume, states, stop
from vocab.errors import ConfigError
from vocab.languages import LANGUAGES
from vocab.posts import ACCUSING, WAITING, ChannelName
from vocab.roles import Role
from web.access import SignedIn, go, signed_in, staff_page
from web.desk import post_words as words
from web.desk.people import Staff
from web.desk.post_page import ADDRESS, template_words
from web.desk.post_parameters import SwitchForm, SwitchQuery
from web.visit import Visit, VisitDep

PLACE = f"{ADDRESS}/channels"
router = APIRouter(prefix=PLACE)
EditorDep = Annotated[SignedIn, Depends(signed_in(Role.EDITOR))]


@router.get("")
def channels(visit: VisitDep, who: EditorDep, wanted: Annotated[SwitchQuery, Query()]) -> Response:
    """Every channel with what it waits for; `resume` asks once more before one goes on."""
    return _page(visit, who, resume=wanted.resume)


@router.post("")
def switched(visit: VisitDep, who: EditorDep, form: Annotated[SwitchForm, Form()]) -> Response:
    """Stop it, or let it go on."""
    act = Act(who=who.reference, at=datetime.now(UTC))
    with visit.site.engine.begin() as conn:
        is_stop = form.step == "stop"
        answer = stop(conn, form.channel, form.reason, act) if is_stop else resume(conn, form.channel, act)
    if isinstance(answer, Impossible):
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_stop else HTTPStatus.CONFLICT
        return _page(visit, who, status, fault=words.FAULTS[answer.fault])
    return go(f"{PLACE}?done={form.step}")


def _page(visit: Visit, who: SignedIn, status: int = HTTPStatus.OK, **more: Any) -> Response:
    now = datetime.now(UTC)
    with reader(visit.site.engine) as conn:
        counts, staff = standing(conn, now).counts, Staff.of(conn)
        held = [row for row in states(conn) if row["stopped_at"] or (row["not_before"] and row["not_before"] > now)]
    off, fault_of_settings = _off()
    done = visit.request.query_params.get("done")
    values: dict[str, Any] = {"resume": "", "fault": ""} | more
    return staff_page(
        visit,
        who,
        "desk/post_channels.html",
        status=status,
        channels=list(ChannelName),
        languages_of=LANGUAGES,
        off=off,
        fault_of_settings=fault_of_settings,
        held={row["channel"]: row for row in held},
        due={name.value: sum(counts.get((name.value, state.value), 0) for state in WAITING) for name in ChannelName},
        staff=staff,
        done=done if done in words.DONE else None,
        accusing=ACCUSING,
        **_rules(visit),
        **values,
        **template_words(),
    )


def _rules(visit: Visit) -> dict[str, Any]:
    try:
        return {"rules": load_rules(visit.site.settings.home), "fault_of_rules": ""}
    except ConfigError as error:
        return {"rules": None, "fault_of_rules": str(error)}


@lru_cache(maxsize=1)
def _off() -> tuple[dict[tuple[str, str], str], str]:
    """The accounts that cannot be used, with the reason: read once a process, as settings are."""
    try:
        found = open_accounts().off
    except ConfigError as error:
        return {}, str(error)
    return {(name.value, lang): reason for (name, lang), reason in found.items()}, ""
