"""A video or an interview as a form or a command line says it → one that can be kept, or all that is wrong. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from vocab.dates import BISHKEK
from vocab.errors import UsageError
from vocab.languages import LANGUAGES
from vocab.media import EXAMPLES, AddressFault, Platform, Video, read_link, read_video
from vocab.text import fold_space

LONGEST: Mapping[str, int] = {"title": 300, "quote": 1000, "approver": 200, "approved_how": 500}
"""How many letters each field may have."""

_FIRST_DAY = date(1990, 1, 1)


class MediaFault(StrEnum):
    """Why something is refused, besides `vocab.media.AddressFault`. The words stand in `web/desk/media_words.py`."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_TIME = "not_a_time"
    OTHER_DAY = "other_day"
    NOT_A_DAY = "not_a_day"
    DAY_AHEAD = "day_ahead"
    NOT_ONE_OF = "not_one_of"
    NO_QUOTE = "no_quote"
    UNKNOWN_BILL = "unknown_bill"  # these two where a person names the bill by words
    SEVERAL_BILLS = "several_bills"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong, and in which field."""

    name: str
    fault: MediaFault | AddressFault


class MediaRefused(UsageError):
    """All that is wrong with a video, an interview or an approval, in the order of the fields."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(_in_words(one) for one in refusals))
        self.refusals = refusals


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVideo:
    """A video of a sitting; `starts_at` None: it begins with the sitting."""

    platform: Platform
    url: str
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who approved a quote, how ("letter", "by telephone to …": for the desk only), and on which day."""

    approver: str
    approved_how: str
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInterview:
    """An interview; a quote without an approval is kept, and shown nowhere."""

    person_id: str
    bill_id: str | None
    title: str
    language: str
    url: str
    day: date
    quote: str = ""
    approval: Approval | None = None


def read_new_video(said: Mapping[str, str], day: date) -> NewVideo:
    """A video out of `url` and `starts`; empty: with the sitting, whose day is `day`. Raises MediaRefused.

    `starts` is an hour of that day in Bishkek (10:00), or a moment (2026-11-30 10:00, with its zone where it has one).
    """
    video = read_video(said.get("url", "").strip())
    starts = _starts(fold_space(said.get("starts", "")), day)
    wrong = [Refusal("url", video)] if isinstance(video, AddressFault) else []
    if isinstance(starts, MediaFault):
        raise MediaRefused(*wrong, Refusal("starts", starts))
    if not isinstance(video, Video):
        raise MediaRefused(*wrong)
    return NewVideo(platform=video.platform, url=video.url, starts_at=starts)


def read_interview(said: Mapping[str, str], person_id: str, bill_id: str | None, today: date) -> NewInterview:
    """An interview out of title, language, url, day, quote and the fields of its approval. Raises MediaRefused.

    An approval is whole or not there at all, and never of nothing.
    """
    wrong: list[Refusal] = []
    told = {name: _clean(one) for name, one in said.items()}
    title = _words(told, "title", wrong)
    language = told.get("language", "")
    if language not in LANGUAGES:
        wrong.append(Refusal("language", MediaFault.NOT_ONE_OF))
    url = read_link(said.get("url", "").strip())
    if isinstance(url, AddressFault):
        wrong.append(Refusal("url", url))
    day = _day(told, "day", today, wrong)
    quote = _words(told, "quote", wrong, needed=False)
    approval = None
    if any(told.get(name) for name in ("approver", "approved_how", "approved_on")):
        approval = _approval(told, today, wrong)
        if not quote:
            wrong.append(Refusal("quote", MediaFault.NO_QUOTE))
    if wrong:
        raise MediaRefused(*wrong)
    return NewInterview(
        person_id=person_id,
        bill_id=bill_id,
        title=title,
        language=language,
        url=str(url),
        day=day,
        quote=quote,
        approval=approval,
    )


def read_approval(said: Mapping[str, str], today: date) -> Approval:
    """An approval out of its three fields, all needed. Raises MediaRefused."""
    wrong: list[Refusal] = []
    approval = _approval({name: _clean(one) for name, one in said.items()}, today, wrong)
    if wrong:
        raise MediaRefused(*wrong)
    return approval


def _approval(told: Mapping[str, str], today: date, wrong: list[Refusal]) -> Approval:
    return Approval(
        approver=_words(told, "approver", wrong),
        approved_how=_words(told, "approved_how", wrong),
        approved_on=_day(told, "approved_on", today, wrong),
    )


def _clean(said: str) -> str:
    """What was typed on one line, without NUL, which no database takes, and without half letters."""
    return fold_space(said.encode("utf-8", "ignore").decode().replace("\0", ""))


def _words(told: Mapping[str, str], name: str, wrong: list[Refusal], *, needed: bool = True) -> str:
    said = told.get(name, "")
    if needed and not said:
        wrong.append(Refusal(name, MediaFault.MISSING))
    if len(said) > LONGEST[name]:
        wrong.append(Refusal(name, MediaFault.TOO_LONG))
    return said


def _day(told: Mapping[str, str], name: str, today: date, wrong: list[Refusal]) -> date:
    try:
        day = date.fromisoformat(told.get(name, ""))
    except ValueError:
        day = date.min
    if day < _FIRST_DAY:
        wrong.append(Refusal(name, MediaFault.NOT_A_DAY))
    if day > today:
        wrong.append(Refusal(name, MediaFault.DAY_AHEAD))
    return day


def _starts(said: str, day: date) -> datetime | MediaFault | None:
    if not said:
        return None
    try:
        hour = time.fromisoformat(said)
        moment = datetime.combine(day, hour)
    except ValueError:
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            return MediaFault.NOT_A_TIME
    moment = moment if moment.tzinfo else moment.replace(tzinfo=BISHKEK)
    return moment if moment.astimezone(BISHKEK).date() == day else MediaFault.OTHER_DAY


def _in_words(one: Refusal) -> str:
    example = ""
    if one.fault in {AddressFault.FOREIGN_HOST, AddressFault.NOT_A_VIDEO}:
        example = f" (taken are addresses of one video, like {' and '.join(EXAMPLES.values())})"
    return f"{one.name}: {one.fault.value.replace('_', ' ')}{example}"
