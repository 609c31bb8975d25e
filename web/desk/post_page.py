"""The page of one post: what it tells, and each of its deliveries as people will see it, with what can be done."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import HTTPException
from fastapi.responses import Response
from markupsafe import Markup
from sqlalchemy import Connection, select

from db.batches import rows_where
from db.engine import reader
from db.outbox import DeliveryStep, Post
from db.upsert import table_of
from publish.channels.abilities import ABILITIES
from publish.compose import PAGE_OF
from publish.composing.editing import editable
from publish.composing.preview import preview_html
from publish.composing.variables import Speech, main_link
from publish.drafts import from_json as draft_from_json
from publish.message import Message, from_json
from vocab.posts import ChannelName, DeliveryState
from web.access import SignedIn, staff_page
from web.desk import post_words as words
from web.desk.people import Staff
from web.desk.posts_query import Told, told
from web.visit import Visit

ADDRESS = "/desk/posts"
CARDS = f"{ADDRESS}/cards"


def address_of(event: str) -> str:
    """Where the desk shows a post."""
    return f"{ADDRESS}/{quote(event, safe=':')}"


def public_place(kind: str, key: str) -> str:
    """The page about a subject, without a language; "" where it has none."""
    if kind == "day":
        return f"/week?day={quote(key)}"
    return f"/{PAGE_OF[kind]}/{quote(key)}" if kind in PAGE_OF else ""


def message_of(post: Mapping[str, Any], row: Mapping[str, Any], title: str, public_url: str) -> Message:
    """What was composed; of what could not be, an empty message that a person can fill."""
    if row["message"]:
        return from_json(row["message"])
    speech = Speech(row["lang"], ChannelName(row["channel"]), public_url)
    return Message(title=title, parts=(), link=main_link(draft_from_json(post["draft"]), speech))


def shown(message: Message, channel: ChannelName) -> Markup:
    """The message as people will see it there."""
    picture = f"{CARDS}/{quote(message.picture.file)}" if message.picture else ""
    return preview_html(message, channel, picture_url=picture)


def post_page(visit: Visit, who: SignedIn, event: str, status: int = HTTPStatus.OK, **more: Any) -> Response:
    """The page of a post as it stands now, whatever the visit had read before. Raises 404."""
    with reader(visit.site.engine) as conn:
        found = told(conn, [event], who.language)
        if not found:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        [post] = found
        values: dict[str, Any] = {
            "post": post,
            "steps": _steps(conn, post),
            "staff": Staff.of(conn),
            "corrects": told(conn, [post.post["corrects"]], who.language) if post.post["corrects"] else [],
            "corrections": told(conn, _corrections(conn, event), who.language),
        }
    values |= {"trouble": None} | more
    done = visit.request.query_params.get("done")
    return staff_page(
        visit,
        who,
        "desk/post.html",
        status=status,
        address=address_of(event),
        address_of=address_of,
        public_place=public_place,
        previews=_previews(post),
        texts=_texts(post, visit.site.public_url),
        done=done if done in words.DONE else None,
        **values,
        **template_words(),
    )


def template_words() -> dict[str, Any]:
    """The words that every template about posts knows."""
    known = {"kind_words": words.KINDS, "channel_words": words.CHANNELS, "state_words": words.STATES}
    more: dict[str, Any] = {"done_words": words.DONE, "step_words": words.STEPS, "warning": words.WARNING}
    more |= {"abilities": {channel.value: ABILITIES[channel] for channel in ChannelName}}
    return {**known, **more, "draft_state": DeliveryState.DRAFT.value}


def _previews(post: Told) -> dict[int, Markup]:
    return {
        row["id"]: shown(from_json(row["message"]), ChannelName(row["channel"])) for row in post.rows if row["message"]
    }


def _texts(post: Told, public_url: str) -> dict[int, str]:
    return {row["id"]: editable(message_of(post.post, row, post.title, public_url)) for row in post.rows}


def _steps(conn: Connection, post: Told) -> dict[int, list[dict[str, Any]]]:
    """What happened to each delivery, from the first on."""
    found: dict[int, list[dict[str, Any]]] = {row["id"]: [] for row in post.rows}
    for step in sorted(rows_where(conn, DeliveryStep, "delivery_id", list(found)), key=lambda one: one["id"]):
        found[step["delivery_id"]].append(step)
    return found


def _corrections(conn: Connection, event: str) -> Sequence[str]:
    """Posts that put this one right."""
    post = table_of(Post).c
    return conn.execute(select(post.event).where(post.corrects == event).order_by(post.event)).scalars().all()
