"""Notes as devices send them: read, or refused with the field and the reason."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.tracker.noting import UUID, said
from tracker.note_reading import MAX_TEXT, Note, NoteFault, Refusal, read_moment, read_note
from vocab.observation import CHOICES, FIELDS, NEEDED, Field, ObservationKind

GROUNDS = frozenset({"editorial"})


def read(**changes: Any) -> Note | Refusal:
    return read_note(said(**changes), GROUNDS)


def value_of(kind: str, **value: Any) -> dict[str, Any]:
    note = read(kind=kind, value=value)
    assert isinstance(note, Note), note
    return dict(note.value)


def test_a_whole_note() -> None:
    note = read(item=3)
    assert isinstance(note, Note)
    assert (note.uuid, note.sitting, note.kind, note.item) == (UUID, "plenary-2017-05-17", "head_count", 3)
    assert note.value == {"item": 3, "count": 54}
    assert note.device_at == datetime(2017, 5, 17, 5, 2, 10, tzinfo=UTC)
    assert (note.corrects, note.form_version) == (None, 1)


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        ({"uuid": None}, "uuid", NoteFault.BAD_UUID),
        ({"uuid": 7}, "uuid", NoteFault.BAD_UUID),
        ({"uuid": "x" * 300}, "uuid", NoteFault.BAD_UUID),
        ({"uuid": "no uuid"}, "uuid", NoteFault.BAD_UUID),
        ({"corrects": "no uuid"}, "corrects", NoteFault.BAD_UUID),
        ({"kind": "mood"}, "kind", NoteFault.UNKNOWN_KIND),
        ({"kind": ["note"]}, "kind", NoteFault.UNKNOWN_KIND),
        ({"form_version": 2}, "form_version", NoteFault.NEWER_FORM),
        ({"form_version": "1"}, "form_version", NoteFault.NOT_A_NUMBER),
        ({"form_version": True}, "form_version", NoteFault.NOT_A_NUMBER),
        ({"sitting": None}, "sitting", NoteFault.BAD_SITTING),
        ({"sitting": "  "}, "sitting", NoteFault.BAD_SITTING),
        ({"sitting": "a\0b"}, "sitting", NoteFault.BAD_SITTING),
        ({"sitting": "x" * 201}, "sitting", NoteFault.BAD_SITTING),
        ({"value": None}, "value", NoteFault.NOT_A_NOTE),
        ({"value": {}}, "count", NoteFault.MISSING),
        ({"value": {"count": None}}, "count", NoteFault.MISSING),
        ({"item": 3, "value": {"count": "54"}}, "count", NoteFault.NOT_A_NUMBER),
        ({"value": {"count": -1}}, "count", NoteFault.NOT_A_NUMBER),
        ({"value": {"count": 1001}}, "count", NoteFault.NOT_A_NUMBER),
        ({"value": {"count": 5.5}}, "count", NoteFault.NOT_A_NUMBER),
        ({"value": {"count": True}}, "count", NoteFault.NOT_A_NUMBER),
        ({"item": "three"}, "item", NoteFault.NOT_A_NUMBER),
        ({"device_at": None}, "device_at", NoteFault.BAD_MOMENT),
        ({"device_at": "today"}, "device_at", NoteFault.BAD_MOMENT),
        ({"device_at": "2026-11-27T10:05:00"}, "device_at", NoteFault.BAD_MOMENT),
        ({"device_at": "1969-12-31T23:59:59Z"}, "device_at", NoteFault.BAD_MOMENT),
        ({"value": {"count": 1, "new": "x" * 5000}}, "extra", NoteFault.TOO_LONG),
    ],
)
def test_what_a_note_cannot_be(changes: dict[str, Any], field: str, fault: NoteFault) -> None:
    refusal = read(**changes)
    assert isinstance(refusal, Refusal)
    assert (refusal.field, refusal.fault) == (field, fault)


@pytest.mark.parametrize("note", [None, 7, "note", ["note"]])
def test_what_is_no_note(note: Any) -> None:
    assert read_note(note, GROUNDS) == Refusal(None, NoteFault.NOT_A_NOTE)


def test_lists_in_lists_are_no_note() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    assert read(value={"count": 1, "new": deep}) == Refusal(UUID, NoteFault.NOT_A_NOTE)


@pytest.mark.parametrize(
    ("kind", "value", "field", "fault"),
    [
        ("started", {"at": "25:00"}, "at", NoteFault.NOT_A_TIME),
        ("started", {"at": "10"}, "at", NoteFault.NOT_A_TIME),
        ("started", {"at": 10}, "at", NoteFault.NOT_A_TIME),
        ("document", {"paper": "legal", "dated": "27.11.2026"}, "dated", NoteFault.NOT_A_DAY),
        ("document", {"paper": "legal", "dated": "0001-01-01"}, "dated", NoteFault.NOT_A_DAY),
        ("document", {"paper": "poem"}, "paper", NoteFault.NOT_ONE_OF),
        ("document", {"paper": ["legal"]}, "paper", NoteFault.NOT_ONE_OF),
        ("break", {"minutes": 2000}, "minutes", NoteFault.NOT_A_NUMBER),
        ("note", {"text": 7}, "text", NoteFault.NOT_TEXT),
        ("note", {"text": "а" * (MAX_TEXT + 1)}, "text", NoteFault.TOO_LONG),
        ("absent", {"person": "а" * 201}, "person", NoteFault.TOO_LONG),
        ("video", {"link": "javascript:alert(1)"}, "link", NoteFault.NOT_A_LINK),
        ("video", {"link": "https://[bad"}, "link", NoteFault.NOT_A_LINK),
        ("video", {"link": "https:///no-host"}, "link", NoteFault.NOT_A_LINK),
        ("video", {"link": 7}, "link", NoteFault.NOT_A_LINK),
        ("materials", {"handed_out": "yes"}, "handed_out", NoteFault.NOT_YES_NO),
        ("vote", {"readings": [4]}, "readings", NoteFault.NOT_READINGS),
        ("vote", {"readings": [0]}, "readings", NoteFault.NOT_READINGS),
        ("vote", {"readings": 2}, "readings", NoteFault.NOT_READINGS),
        ("vote", {"outcome": "won"}, "outcome", NoteFault.NOT_ONE_OF),
        ("combined", {"readings": [2, 3], "ground": "haste"}, "ground", NoteFault.NOT_ONE_OF),
        ("photo", {"upload": "cat.jpg"}, "upload", NoteFault.BAD_UPLOAD),
    ],
)
def test_every_kind_of_field_is_checked(kind: str, value: dict[str, Any], field: str, fault: NoteFault) -> None:
    assert read(kind=kind, value=value) == Refusal(UUID, fault, field)


def test_what_fields_hold() -> None:
    assert value_of("started", at="10:05") == {"at": "10:05"}
    assert value_of("break", minutes=15) == {"minutes": 15}
    assert value_of("note", text=" <script>a\0b</script>\ud800 ") == {"text": "<script>ab</script>"}
    assert value_of("vote", readings=[3, 2, 3], outcome="adopted", counted=False) == {
        "readings": [2, 3],
        "outcome": "adopted",
        "counted": False,
    }
    assert value_of("combined", readings=[2, 3], ground="editorial")["ground"] == "editorial"
    assert value_of("combined", readings=[2, 3], ground="not_named")["ground"] == "not_named"
    assert value_of("video", link=" https://t.me/live ") == {"link": "https://t.me/live"}
    assert value_of("photo", upload=UUID.upper()) == {"upload": UUID}
    assert value_of("document", paper="legal", dated="2026-11-20", language="ky", bill="n-6-502-17")["language"] == "ky"
    assert value_of("head_count", count=0, item=2) == {"item": 2, "count": 0}


def test_what_another_form_said_is_kept_apart() -> None:
    assert value_of("head_count", count=1, weather={"rain\0": True}) == {
        "count": 1,
        "extra": r'{"weather": {"rain\u0000": true}}',
    }


def test_a_note_is_withdrawn_by_an_empty_correction() -> None:
    note = read(value={}, corrects=UUID)
    assert isinstance(note, Note)
    assert (note.value, note.corrects, note.item) == ({}, UUID, None)
    assert value_of("closed") == {}


def test_the_same_note_has_the_same_digest() -> None:
    one, again = read(value={"count": 1, "bill": "b"}), read(value={"bill": "b", "count": 1, "item": ""})
    other = read(value={"count": 2, "bill": "b"})
    assert isinstance(one, Note)
    assert isinstance(again, Note)
    assert isinstance(other, Note)
    assert one.digest == again.digest != other.digest


def test_every_kind_and_choice_is_known() -> None:
    assert set(FIELDS) == set(ObservationKind)
    assert all(needed in FIELDS[kind] for kind, needed in NEEDED.items())
    told_apart = {Field.ROLE, Field.GIVEN_BY, Field.STANCE, Field.METHOD, Field.OUTCOME, Field.PAPER, Field.LANGUAGE}
    assert set(CHOICES) == told_apart


def test_moments() -> None:
    assert read_moment("2026-11-27T10:05:00+06:00") == datetime(2026, 11, 27, 4, 5, tzinfo=UTC)
    assert read_moment(None) is None
