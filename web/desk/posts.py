"""Posts on the desk: the queue, one post, its cards, and what a person does with its deliveries."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Query
from fastapi.responses import Response

from publish.outbox.queue import standing
from publish.outbox.switching import states
from vocab.languages import LANGUAGES
from vocab.roles import Role
from web.access import NO_STORE, SignedIn, go, signed_in, staff_page
from web.desk import posts_query
from web.desk.people import Staff
from web.desk.post_acts import Trouble, done_by
from web.desk.post_page import ADDRESS, address_of, post_page, template_words
from web.desk.post_parameters import PostForm, PostQuery
from web.paging import page_of
from web.visit import VisitDep

router = APIRouter(prefix=ADDRESS)
EditorDep = Annotated[SignedIn, Depends(signed_in(Role.EDITOR))]
Card = Annotated[str, Path(pattern=r"^[0-9a-f]{64}\.png$")]
Event = Annotated[str, Path(max_length=500, pattern=r"^[^\x00]+$")]


@router.get("")
def waiting(visit: VisitDep, who: EditorDep, wanted: Annotated[PostQuery, Query()]) -> Response:
    """The queue: what waits for a person first, then what goes out soonest, then the newest."""
    now, conn = datetime.now(UTC), visit.conn
    listing = page_of(conn, posts_query.queue(wanted), wanted)
    counts = standing(conn, now).counts
    return staff_page(
        visit,
        who,
        "desk/posts.html",
        wanted=wanted,
        listing=listing,
        posts=posts_query.told(conn, (row["event"] for row in listing.rows), who.language),
        counts=posts_query.by_state(counts),
        total=sum(counts.values()),
        held=[row for row in states(conn) if row["stopped_at"] or (row["not_before"] and row["not_before"] > now)],
        staff=Staff.of(conn),
        address_of=address_of,
        languages_of=LANGUAGES,
        now=now,
        **template_words(),
    )


@router.get("/cards/{file}")
def card(visit: VisitDep, _who: EditorDep, file: Card) -> Response:
    """The picture of a post, for the desk alone; its name is the hash of what is in it, and no way."""
    try:
        content = visit.site.settings.cards_dir.joinpath(file).read_bytes()
    except OSError as error:
        raise HTTPException(HTTPStatus.NOT_FOUND) from error
    return Response(content, media_type="image/png", headers=NO_STORE)


@router.get("/{event:path}")
def one(visit: VisitDep, who: EditorDep, event: Event) -> Response:
    """One post: what it tells, how it will look everywhere, its history, and what can be done."""
    return post_page(visit, who, event)


@router.post("/{event:path}")
def done(visit: VisitDep, who: EditorDep, event: Event, form: Annotated[PostForm, Form()]) -> Response:
    """Do it with all that the form names, or with none; the page again where it cannot be done, or for a trial."""
    posts = posts_query.told(visit.conn, [event], who.language)
    if not posts or not {row["id"] for row in posts[0].rows} >= form.numbers().keys():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    came = done_by(visit.site, who, posts[0], form)
    if isinstance(came, Trouble):
        return post_page(visit, who, event, came.status, trouble=came)
    place = f"#d-{next(iter(form.numbers()))}" if len(form.seen) == 1 else ""
    return go(f"{address_of(event)}?done={form.act}{place}")
