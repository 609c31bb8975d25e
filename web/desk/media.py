"""Live video and interviews on the desk: attach a video to a coming sitting, keep an interview, take either back."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Query
from fastapi.responses import Response
from sqlalchemy import Connection, RowMapping
from starlette.background import BackgroundTask

from db.audit import Act
from db.media_queries import present_sitting, videos_of
from publish.run import publish_again
from tracker.marks import marked
from tracker.media import add_interview, approve_quote, attach_video, withdraw_interview, withdraw_video
from tracker.media_reading import MediaFault, MediaRefused, Refusal, read_approval, read_interview, read_new_video
from tracker.stored_media import interviews_kept, videos_kept
from vocab.languages import LANGUAGES
from vocab.media import PLATFORM_NAMES
from vocab.roles import Role
from web.access import SignedIn, go, signed_in, staff_page
from web.desk.media_parameters import ApprovalForm, InterviewForm, MediaQuery, TakenBack, VideoForm
from web.desk.media_query import bills_called
from web.desk.media_words import FAULTS, FIELDS
from web.desk.people import Staff
from web.desk.week_query import sittings_between
from web.desk.writing import written
from web.i18n import N_
from web.parameters import PersonQuery
from web.public.queries_persons import matching, person_by_id
from web.visit import Visit, VisitDep

ADDRESS = "/desk/media"
router = APIRouter(prefix=ADDRESS)
EditorDep = Annotated[SignedIn, Depends(signed_in(Role.EDITOR))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_SOON, _KEPT, _FOUND = timedelta(days=14), 50, 20

_NO_REASON = N_("Give a reason; or somebody withdrew it meanwhile: load the page again.")
_STANDS = N_("It stands already, with other words or another hour. Withdraw what stands, then keep it anew.")
_NOT_WAITING = N_("This quote waits for no approval any more: somebody approved or withdrew it meanwhile.")


@router.get("")
def media(visit: VisitDep, who: EditorDep, wanted: Annotated[MediaQuery, Query()]) -> Response:
    """The sittings of the next two weeks with their videos, a new interview, and all that was kept."""
    return _page(visit, who, wanted)


@router.post("/videos")
def attach(visit: VisitDep, who: EditorDep, form: Annotated[VideoForm, Form()]) -> Response:
    """Attach a video to a sitting; the page with what is wrong with it."""
    sitting = present_sitting(visit.conn, form.sitting)
    if sitting is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        video = read_new_video(form.model_dump(), sitting["day"])
    except MediaRefused as refused:
        return _refused(visit, who, MediaQuery(day=sitting["day"]), refused.refusals, video=form)
    written(visit.site, who, lambda conn, act: attach_video(conn, sitting["id"], video, act), _STANDS)
    return go(f"{ADDRESS}?day={sitting['day']}&done=attached#s-{sitting['id']}")


@router.post("/interviews")
def keep(visit: VisitDep, who: EditorDep, form: Annotated[InterviewForm, Form()]) -> Response:
    """Keep an interview; the page with all that is wrong with it, or with the bills that fit."""
    if person_by_id(visit.conn, form.person) is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    bills = [] if form.chosen else bills_called(visit.conn, form.bill)
    wrong = []
    if form.bill and not form.chosen and len(bills) != 1:
        wrong = [Refusal("bill", MediaFault.SEVERAL_BILLS if bills else MediaFault.UNKNOWN_BILL)]
    bill = form.chosen or (bills[0]["id"] if len(bills) == 1 else None)
    wanted = MediaQuery(person=form.person)
    try:
        interview = read_interview(form.model_dump(exclude={"chosen"}), form.person, bill, visit.today)
    except MediaRefused as refused:
        return _refused(visit, who, wanted, [*wrong, *refused.refusals], interview=form, bills=bills)
    if wrong:
        return _refused(visit, who, wanted, wrong, interview=form, bills=bills)
    number = written(visit.site, who, lambda conn, act: add_interview(conn, interview, act), _STANDS)
    return go(f"{ADDRESS}?done=kept#interview-{number}")


@router.post("/interviews/{number}/approve")
def approve(visit: VisitDep, who: EditorDep, number: Number, form: Annotated[ApprovalForm, Form()]) -> Response:
    """Keep that a quote was approved."""
    try:
        approval = read_approval(form.model_dump(), visit.today)
    except MediaRefused as refused:
        return _refused(visit, who, MediaQuery(), refused.refusals, approved=(number, form))
    written(visit.site, who, lambda conn, act: approve_quote(conn, number, approval, act), _NOT_WAITING)
    return go(f"{ADDRESS}?done=approved#interview-{number}")


@router.post("/videos/{number}/withdraw")
def take_video_back(visit: VisitDep, who: EditorDep, number: Number, form: Annotated[TakenBack, Form()]) -> Response:
    """Withdraw a video."""
    return _withdrawn(visit, who, lambda conn, act: withdraw_video(conn, number, form.reason, act))


@router.post("/interviews/{number}/withdraw")
def take_back(visit: VisitDep, who: EditorDep, number: Number, form: Annotated[TakenBack, Form()]) -> Response:
    """Withdraw an interview."""
    return _withdrawn(visit, who, lambda conn, act: withdraw_interview(conn, number, form.reason, act))


def _withdrawn(visit: Visit, who: SignedIn, work: Callable[[Connection, Act], None]) -> Response:
    """Take it back, and out of the published feeds."""
    written(visit.site, who, work, _NO_REASON)
    answer = go(f"{ADDRESS}?done=withdrawn#h-kept")
    site = visit.site
    answer.background = BackgroundTask(
        publish_again, site.engine, site.settings.public_dir, public=site.public, now=datetime.now(UTC)
    )
    return answer


def _refused(visit: Visit, who: SignedIn, wanted: MediaQuery, wrong: Sequence[Refusal], **typed: Any) -> Response:
    """The page with what is wrong and what was typed."""
    return _page(
        visit, who, wanted, HTTPStatus.UNPROCESSABLE_ENTITY, wrong={one.name: one.fault for one in wrong}, **typed
    )


def _page(visit: Visit, who: SignedIn, wanted: MediaQuery, status: int = HTTPStatus.OK, **more: Any) -> Response:
    conn = visit.conn
    person = person_by_id(conn, wanted.person) if wanted.person else None
    if wanted.person and person is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    coming = sittings_between(conn, visit.today, visit.today + _SOON)
    if wanted.day and not visit.today <= wanted.day <= visit.today + _SOON:
        coming = [*sittings_between(conn, wanted.day, wanted.day), *coming]
    ids = [row["id"] for row in coming]
    values = {"wrong": {}, "video": None, "interview": None, "approved": None, "bills": ()} | more
    return staff_page(
        visit,
        who,
        "desk/media.html",
        status=status,
        wanted=wanted,
        today=visit.today,
        sittings=coming,
        marks=marked(conn, ids),
        videos=videos_of(conn, ids),
        person=person,
        found=_persons(conn, wanted.text),
        kept_videos=videos_kept(conn, _KEPT),
        kept_interviews=interviews_kept(conn, _KEPT),
        staff=Staff.of(conn),
        platform_names=PLATFORM_NAMES,
        languages_of=LANGUAGES,
        fields=FIELDS,
        faults=FAULTS,
        done=visit.request.query_params.get("done"),
        **values,
    )


def _persons(conn: Connection, text: str | None) -> Sequence[RowMapping]:
    """Persons of that name."""
    return conn.execute(matching(PersonQuery(text=text)).limit(_FOUND)).mappings().all() if text else ()
