"""The review desk: what waits for a person, one finding with all that is behind it, and the decision."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Query
from fastapi.responses import Response
from starlette.background import BackgroundTask

from db.search_documents import DocumentKind
from db.search_store import remove_documents
from publish.run import publish_again
from tracker.review import Decided, DecidedMeanwhile, NoLongerStands
from tracker.review import review as decide
from vocab.roles import Role
from vocab.verdicts import Review, Verdict
from web.access import SignedIn, go, signed_in, staff_page
from web.desk import review_query
from web.desk.parameters import DecisionForm, QueueQuery
from web.desk.people import Staff
from web.desk.side_by_side import compared
from web.i18n import N_
from web.paging import page_of
from web.parameters import Id
from web.public.findings import by_source
from web.public.queries_findings import subject_titles
from web.rule_book import severities
from web.visit import Visit, VisitDep
from web.words import REVIEWS

router = APIRouter(prefix="/desk/findings")
LawyerDep = Annotated[SignedIn, Depends(signed_in(Role.LAWYER))]

_NO_REASON = N_("Give a reason: it is kept with the decision, and whoever looks later needs it.")


@router.get("")
def waiting(visit: VisitDep, who: LawyerDep, wanted: Annotated[QueueQuery, Query()]) -> Response:
    """The queue."""
    listing = page_of(visit.conn, review_query.queue(wanted), wanted)
    return staff_page(
        visit,
        who,
        "desk/findings.html",
        wanted=wanted,
        listing=listing,
        titles=subject_titles(visit.conn, listing.rows),
        severities=severities(),
        counts=review_query.counts(visit.conn),
        checks=review_query.checks_waiting(visit.conn),
        staff=Staff.of(visit.conn),
        states=REVIEWS,
        verdict_codes=[Verdict.BROKEN, Verdict.CANNOT_TELL, Verdict.KEPT],
    )


@router.get("/{key}")
def finding(visit: VisitDep, who: LawyerDep, key: Id) -> Response:
    """One finding: rule, arithmetic, evidence, notes, history, and what can be decided."""
    return _page(visit, who, key)


@router.post("/{key}")
def decided(visit: VisitDep, who: LawyerDep, key: Id, form: Annotated[DecisionForm, Form()]) -> Response:
    """Decide, and go on to the next one; the page again where somebody was quicker or no reason was given."""
    if not form.reason:
        return _page(visit, who, key, HTTPStatus.UNPROCESSABLE_ENTITY, form=form, fault=_NO_REASON)
    if review_query.finding_by_id(visit.conn, key) is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    word = Decided(decision=Review(form.decision), reason=form.reason, who=who.reference, seen=form.seen)
    engine = visit.site.engine
    try:
        decide(engine, key, word, now=datetime.now(UTC))
    except DecidedMeanwhile:
        return _page(visit, who, key, HTTPStatus.CONFLICT, form=form, was_quicker=True)
    except NoLongerStands:
        return _page(visit, who, key, HTTPStatus.CONFLICT, form=form)
    answer = go(f"/desk/findings/{key}?done={form.decision}")
    if word.decision is not Review.CONFIRMED:
        with engine.begin() as conn:
            remove_documents(conn, DocumentKind.FINDING, [key])
        folder, public = visit.site.settings.public_dir, visit.site.public
        answer.background = BackgroundTask(publish_again, engine, folder, public=public, now=datetime.now(UTC))
    return answer


def _page(visit: Visit, who: SignedIn, key: str, status: int = HTTPStatus.OK, **more: Any) -> Response:
    """The page of a finding as it stands now, whatever the visit had read before."""
    with visit.site.engine.connect() as conn:
        row = review_query.finding_by_id(conn, key)
        if row is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        notes = review_query.notes_behind(conn, row["evidence"])
        history = review_query.reviews(conn, key)
        values: dict[str, Any] = {
            "titles": subject_titles(conn, [row]),  # type: ignore[list-item]
            "evidence": by_source(row["evidence"]),
            "notes": notes,
            "reviews_made": history,
            "others": review_query.same_case(conn, row),
            "next_open": review_query.next_open(conn, key),
            "staff": Staff.of(conn),
            "tables": compared(conn, review_query.sittings_of(row, notes)),
        }
    values |= {"form": None, "fault": None, "was_quicker": False, "states": REVIEWS} | more
    done = visit.request.query_params.get("done")
    return staff_page(
        visit,
        who,
        "desk/finding.html",
        status=status,
        finding=row,
        severity=severities().get(row["check_id"]),
        seen=history[0]["id"] if history else 0,
        done=done if done in REVIEWS else None,
        **values,
    )
