"""iCal of sittings: whole days where the hour is unknown, in the time of Bishkek where it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event, vText

from vocab.dates import BISHKEK

_LENGTH = timedelta(hours=8)  # art. 33 p. 3: sittings begin at 10:00 and end at 18:00


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A sitting as a calendar needs it. `changes` counts the happenings about it: the sequence of the entry."""

    id: str
    title: str
    day: date
    starts_at: time | None
    place: str | None
    cancelled: bool
    url: str
    text: str
    known_since: datetime
    changes: int


def calendar_bytes(name: str, meetings: Sequence[Meeting], lang: str = "ru") -> bytes:
    """The calendar as a file, ordered by day and id; the same meetings give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Baikoo//sittings//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["x-wr-calname"] = vText(name)
    calendar["x-wr-timezone"] = vText(str(BISHKEK))
    for meeting in sorted(meetings, key=lambda one: (one.day, one.id)):
        calendar.add_component(_event(meeting))
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", f"{meeting.id}@baikoo")
    event.add("dtstamp", meeting.known_since)
    event.add("last-modified", meeting.known_since)
    event.add("sequence", max(meeting.changes - 1, 0))
    event.add("summary", meeting.title)
    event.add("url", meeting.url)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    if meeting.text:
        event.add("description", meeting.text)
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.starts_at is None:
        event.add("dtstart", meeting.day)
        event.add("dtend", meeting.day + timedelta(days=1))
    else:
        begins = datetime.combine(meeting.day, meeting.starts_at, tzinfo=BISHKEK)
        event.add("dtstart", begins)
        event.add("dtend", begins + _LENGTH)
    return event
