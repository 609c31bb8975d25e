"""What a form of the desk does with deliveries: all that it names, in one transaction, or nothing and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from markupsafe import Markup
from sqlalchemy import Connection

from db.audit import Act
from publish.composing.editing import edited
from publish.message import Message, Refusal
from publish.outbox import acts
from publish.outbox.answers import Answer, Changed, Fault, Impossible
from publish.outbox.at_channel import delete_there, edit_there
from publish.outbox.outside import open_outside
from vocab.dates import BISHKEK
from vocab.errors import ConfigError
from vocab.posts import ChannelName
from web.access import SignedIn
from web.desk import post_words as words
from web.desk.post_page import message_of, shown
from web.desk.post_parameters import PostForm
from web.desk.posts_query import Told
from web.site import Site

_WORDED, _THERE = ("edit", "edit_there", "preview"), ("edit_there", "delete_there")
_FARTHEST, _SLOW = timedelta(days=366), timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Nothing was done: the form as it was typed, and why; `trial` is how the new words would look.

    `changed` are the deliveries that somebody, or a worker, changed since the page was made.
    """

    form: PostForm
    fault: str = ""
    detail: str = ""
    changed: tuple[int, ...] = ()
    trial: Markup | None = None

    @property
    def status(self) -> HTTPStatus:
        """What the answer is called."""
        if self.changed:
            return HTTPStatus.CONFLICT
        return HTTPStatus.OK if self.trial is not None else HTTPStatus.UNPROCESSABLE_ENTITY


def done_by(site: Site, who: SignedIn, post: Told, form: PostForm) -> Trouble | None:
    """Do what the form says with deliveries of the post; None where it was done."""
    act = Act(who=who.reference, at=datetime.now(UTC))
    due = moment(form.at, act.at) if form.act in ("approve", "schedule") and form.at else None
    if isinstance(due, str):
        return Trouble(form=form, fault=due)
    if form.act == "schedule" and due is None:
        return Trouble(form=form, fault=words.NO_TIME)
    made = _made(site, post, form) if form.act in _WORDED else None
    if isinstance(made, Trouble):
        return made
    if form.act in _THERE:
        return _there(site, form, act, made)
    with site.engine.begin() as conn:
        for number, seen in form.numbers().items():
            answer = _answer(conn, number, seen, _Asked(act=act, form=form, due=due, message=made))
            if isinstance(answer, Changed | Impossible):
                conn.rollback()
                return _trouble(form, number, answer)
    return None


def _there(site: Site, form: PostForm, act: Act, message: Message | None) -> Trouble | None:
    """What is done at the channel itself: one request, of which the page waits to learn what came."""
    number, seen = next(iter(form.numbers().items()))
    try:
        outside = open_outside(site.settings.cards_dir)
    except ConfigError as error:
        return Trouble(form=form, fault=words.FAULTS[Fault.CHANNEL], detail=str(error))
    if message is not None:
        answer = edit_there(site.engine, outside, number, seen, act, message)
    else:
        answer = delete_there(site.engine, outside, number, seen, act)
    return _trouble(form, number, answer) if isinstance(answer, Changed | Impossible) else None


def moment(typed: str, now: datetime) -> datetime | str:
    """A day and an hour of Bishkek as typed; words where it is none, or none that can be meant."""
    try:
        read = datetime.fromisoformat(typed)
    except ValueError:
        return words.NO_TIME
    found = read.replace(tzinfo=BISHKEK).astimezone(UTC) if read.tzinfo is None else None
    if found is None:
        return words.NO_TIME
    if found < now - _SLOW:
        return words.IN_THE_PAST
    return words.TOO_FAR if found > now + _FARTHEST else found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Who asks for what, with what was read from the form."""

    act: Act
    form: PostForm
    due: datetime | None
    message: Message | None


def _made(site: Site, post: Told, form: PostForm) -> Message | Trouble:
    """The words that a person typed, fitted; a trouble where they do not fit, or were only to be looked at."""
    number = next(iter(form.numbers()))
    row = next(row for row in post.rows if row["id"] == number)
    channel = ChannelName(row["channel"])
    made = edited(message_of(post.post, row, post.title, site.public_url), channel, form.text)
    if isinstance(made, Refusal):
        return Trouble(form=form, fault=words.TOO_LONG, detail=made.cause)
    return Trouble(form=form, trial=shown(made, channel)) if form.act == "preview" else made


def _answer(conn: Connection, number: int, seen: str, asked: _Asked) -> Answer:
    if asked.message is not None:
        return acts.edit(conn, number, seen, asked.act, asked.message)
    return _ACTS[asked.form.act](conn, number, seen, asked)


def _trouble(form: PostForm, number: int, answer: Changed | Impossible) -> Trouble:
    if isinstance(answer, Changed):
        return Trouble(form=form, changed=(number,))
    detail = answer.detail if answer.fault is Fault.CHANNEL else ""
    return Trouble(form=form, fault=words.FAULTS[answer.fault], detail=detail)


_Do = Callable[[Connection, int, str, _Asked], Answer]


def _schedule(conn: Connection, number: int, seen: str, asked: _Asked) -> Answer:
    return acts.schedule(conn, number, seen, asked.act, asked.due or asked.act.at)


_ACTS: Mapping[str, _Do] = {
    "approve": lambda conn, number, seen, one: acts.approve(conn, number, seen, one.act, one.due),
    "schedule": _schedule,
    "put_back": lambda conn, number, seen, one: acts.put_back(conn, number, seen, one.act),
    "reject": lambda conn, number, seen, one: acts.reject(conn, number, seen, one.act, one.form.reason),
    "withdraw": lambda conn, number, seen, one: acts.withdraw(conn, number, seen, one.act, one.form.reason),
    "send_again": lambda conn, number, seen, one: acts.send_again(conn, number, seen, one.act, one.form.reason),
    "found": lambda conn, number, seen, one: acts.say_there(conn, number, seen, one.act, one.form.url),
    "absent": lambda conn, number, seen, one: acts.say_absent(conn, number, seen, one.act, one.form.reason),
}
