"""One note as a device sent it → a note that can be kept, or what is wrong with it. Pure."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from vocab.observation import (
    ABOUT_ITEM,
    CHOICES,
    FIELDS,
    FORM_VERSION,
    GROUND_NOT_NAMED,
    NEEDED,
    Field,
    ObservationKind,
)

MAX_NUMBER = 1000
MAX_MINUTES = 1440
MAX_TEXT = 10_000
_MAX_NAME = 200
_MAX_EXTRA = 4_000
_READINGS = frozenset({1, 2, 3})
_YEARS = range(2000, 2101)
_CLOCK_YEARS = range(1970, 2101)  # a phone whose battery was empty begins at 1970


class NoteFault(StrEnum):
    """Why a note is refused. The words stand in `web/observe/words.py`."""

    NOT_A_NOTE = "not_a_note"
    BAD_UUID = "bad_uuid"
    BAD_SITTING = "bad_sitting"
    BAD_MOMENT = "bad_moment"
    UNKNOWN_KIND = "unknown_kind"
    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_TIME = "not_a_time"
    NOT_A_DAY = "not_a_day"
    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    NOT_A_LINK = "not_a_link"
    NOT_YES_NO = "not_yes_no"
    NOT_READINGS = "not_readings"
    NOT_ONE_OF = "not_one_of"
    BAD_UPLOAD = "bad_upload"
    CONFLICT = "conflict"
    CORRECTS_UNKNOWN = "corrects_unknown"
    CORRECTS_OTHER = "corrects_other"
    NEWER_FORM = "newer_form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note that can be kept. `value` is empty for one that withdraws another; `digest` is of what was sent."""

    uuid: str
    sitting: str
    kind: ObservationKind
    value: Mapping[str, Any]
    device_at: datetime
    corrects: str | None
    form_version: int
    digest: str

    @property
    def item(self) -> int | None:
        """The number of the item of the agenda that it is about."""
        number: int | None = self.value.get("item")
        return number


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong with a note, and in which field."""

    uuid: str | None
    fault: NoteFault
    field: str | None = None


class _Wrong(Exception):
    def __init__(self, fault: NoteFault, name: str | None = None) -> None:
        super().__init__(fault)
        self.fault, self.name = fault, name


def read_note(said: Any, grounds: Collection[str]) -> Note | Refusal:
    """A note out of JSON. `grounds` are the grounds of combined readings that the rules know."""
    if not isinstance(said, Mapping):
        return Refusal(None, NoteFault.NOT_A_NOTE)
    sent = said.get("uuid")
    uuid = _storable(sent)[:_MAX_NAME] if isinstance(sent, str) else None
    try:
        return _note(said, grounds)
    except _Wrong as wrong:
        return Refusal(uuid, wrong.fault, wrong.name)
    except RecursionError:  # lists in lists in lists
        return Refusal(uuid, NoteFault.NOT_A_NOTE)


def _note(said: Mapping[str, Any], grounds: Collection[str]) -> Note:
    uuid = read_uuid(said.get("uuid"))
    if uuid is None:
        raise _Wrong(NoteFault.BAD_UUID, "uuid")
    version = said.get("form_version", FORM_VERSION)
    if not _is_number(version, FORM_VERSION):
        newer = _is_number(version, 10**6)
        raise _Wrong(NoteFault.NEWER_FORM if newer else NoteFault.NOT_A_NUMBER, "form_version")
    kind = _kind(said.get("kind"))
    corrects = said.get("corrects")
    if corrects is not None and (corrects := read_uuid(corrects)) is None:
        raise _Wrong(NoteFault.BAD_UUID, "corrects")
    sent = _sent(said)
    sitting = said.get("sitting")
    if not isinstance(sitting, str) or not sitting.strip() or len(sitting) > _MAX_NAME or not sitting.isprintable():
        raise _Wrong(NoteFault.BAD_SITTING, "sitting")
    is_withdrawn = corrects is not None and not sent
    return Note(
        uuid=uuid,
        sitting=sitting.strip(),
        kind=kind,
        value={} if is_withdrawn else _value(kind, sent, grounds),
        device_at=_moment(said.get("device_at")),
        corrects=corrects,
        form_version=version,
        digest=_digest(sitting.strip(), kind, sent, said.get("device_at"), corrects),
    )


def read_uuid(value: Any) -> str | None:
    """A uuid in its usual form, None for what is none."""
    try:
        return str(UUID(value)) if isinstance(value, str) and len(value) <= _MAX_NAME else None
    except ValueError:
        return None


def _kind(value: Any) -> ObservationKind:
    try:
        return ObservationKind(value)
    except ValueError:
        raise _Wrong(NoteFault.UNKNOWN_KIND, "kind") from None


def _sent(said: Mapping[str, Any]) -> dict[str, Any]:
    """The value with the item; what was left empty on the form says nothing."""
    value = said.get("value")
    if not isinstance(value, Mapping):
        raise _Wrong(NoteFault.NOT_A_NOTE, "value")
    told = {**value, "item": value.get("item", said.get("item"))} if value else {}
    return {name: one for name, one in told.items() if one is not None and one not in ("", [])}


def _moment(value: Any) -> datetime:
    moment = read_moment(value)
    if moment is None:
        raise _Wrong(NoteFault.BAD_MOMENT, "device_at")
    return moment


def read_moment(value: Any) -> datetime | None:
    """A moment with its zone, in UTC; None for what is none, or lies in no year of ours."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None or moment.year not in _CLOCK_YEARS:
        return None
    return moment.astimezone(UTC)


def _digest(*parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _value(kind: ObservationKind, sent: Mapping[str, Any], grounds: Collection[str]) -> dict[str, Any]:
    fields = {**ABOUT_ITEM, **FIELDS[kind]}
    value: dict[str, Any] = {}
    for name, field_kind in fields.items():
        if name in sent:
            value[name] = _field(name, field_kind, sent[name], grounds)
    if (needed := NEEDED.get(kind)) and needed not in value:
        raise _Wrong(NoteFault.MISSING, needed)
    extra = {name: one for name, one in sent.items() if name not in fields}
    if extra:
        value["extra"] = _extra(extra)
    return value


def _extra(extra: Mapping[str, Any]) -> str:
    """What a form of another version said and we do not know, as JSON."""
    text = json.dumps(extra, ensure_ascii=False, sort_keys=True)
    if len(text) > _MAX_EXTRA:
        raise _Wrong(NoteFault.TOO_LONG, "extra")
    return _storable(text)


def _storable(text: str) -> str:
    """The text without NUL, which no database takes, and without half letters, which no encoding has."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a field is read: `read` gives None for what it is not."""

    read: Callable[[Any], Any]
    fault: NoteFault


def _field(name: str, kind: Field, sent: Any, grounds: Collection[str]) -> Any:
    if kind in (Field.TEXT, Field.PERSON):
        return _text(name, sent, MAX_TEXT if kind is Field.TEXT else _MAX_NAME)
    how = _READ.get(kind)
    if how is None:
        allowed = {*grounds, GROUND_NOT_NAMED} if kind is Field.GROUND else CHOICES[kind]
        how = _Kind(lambda value: value if isinstance(value, str) and value in allowed else None, NoteFault.NOT_ONE_OF)
    value = how.read(sent)
    if value is None:
        raise _Wrong(how.fault, name)
    return value


def _text(name: str, sent: Any, longest: int) -> str:
    if not isinstance(sent, str):
        raise _Wrong(NoteFault.NOT_TEXT, name)
    if len(sent) > longest:
        raise _Wrong(NoteFault.TOO_LONG, name)
    return _storable(sent).strip()


def _is_number(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _time(value: Any) -> str | None:
    try:
        return time.fromisoformat(value).strftime("%H:%M") if len(value) == len("10:05") else None
    except (TypeError, ValueError):
        return None


def _day(value: Any) -> str | None:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return day.isoformat() if day.year in _YEARS else None


def _link(value: Any) -> str | None:
    """An address of the web; what a browser would run is none."""
    if not isinstance(value, str) or len(value) > MAX_TEXT or not value.strip().isprintable():
        return None
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return None
    return value.strip() if parts.scheme in {"http", "https"} and parts.hostname else None


def _readings(value: Any) -> list[int] | None:
    if not isinstance(value, list) or not all(_is_number(one, 3) and one in _READINGS for one in value):
        return None
    return sorted(set(value))


_READ: Mapping[Field, _Kind] = {
    Field.NUMBER: _Kind(lambda value: value if _is_number(value, MAX_NUMBER) else None, NoteFault.NOT_A_NUMBER),
    Field.MINUTES: _Kind(lambda value: value if _is_number(value, MAX_MINUTES) else None, NoteFault.NOT_A_NUMBER),
    Field.TIME: _Kind(_time, NoteFault.NOT_A_TIME),
    Field.DAY: _Kind(_day, NoteFault.NOT_A_DAY),
    Field.LINK: _Kind(_link, NoteFault.NOT_A_LINK),
    Field.YES_NO: _Kind(lambda value: value if isinstance(value, bool) else None, NoteFault.NOT_YES_NO),
    Field.READINGS: _Kind(_readings, NoteFault.NOT_READINGS),
    Field.UPLOAD: _Kind(read_uuid, NoteFault.BAD_UPLOAD),
}
