"""What the public reads of observers' notes: letters, figures and differences; no names, nothing typed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.settings import HomeSettings
from tests.tracker.house import LAW, House, protocol, registered, vote_list
from tests.tracker.noting import SITTING, said, send
from tests.web.conftest import Visitor, open_site
from tracker.agreement import side_by_side
from vocab.observation import CHOICES, FIELDS, Field, ObservationKind
from vocab.timeline import Timeline
from web.observed_words import value_words
from web.public.seen import SideBySide, seen_by_observers
from web.words import NOTE_KINDS

SCRIPT, BILL = "<script>alert('x')</script>", "n-6-502-17"


def plain(words: str) -> str:
    return words


@pytest.fixture
def visitor(engine: Engine, database_url: str, tmp_path: Path) -> Iterator[Visitor]:
    """Two observers were there; they typed, too."""
    House(engine).state(protocol(), registered(LAW), vote_list(f"{LAW} (вносится на второе чтение)")).track()
    typed = [
        said(7, "note", value={"text": SCRIPT}),
        said(8, "quote", value={"person": "Цитируемый Ц.Ц.", "text": "дословная реплика"}),
        said(9, "absent", value={"person": "Отсутствующий О.О."}),
        said(10, "closed", value={"text": "набранный повод"}),
        said(11, "opinion", item=1, value={"given_by": "committee", "name": "Набранный комитет", "stance": "positive"}),
        said(12, "proxy", value={"from": "Набранный Н.Н."}),
        said(13, "presenter", item=1, value={"person": "Докладчик Д.Д.", "role": "initiator"}),
    ]
    vote: dict[str, Any] = {"for": 60, "against": 2, "method": "hands", "readings": [2]}
    send(engine, said(1), said(2, "vote", item=1, value=vote), *typed, observer="17")
    send(engine, said(3, value={"count": 80}), said(4, "vote", item=1, value=vote), observer="23")
    House(engine).track()
    yield from open_site(HomeSettings(home=tmp_path, database_url=database_url))


def test_the_sitting_shows_both_observers_beside_the_record(visitor: Visitor) -> None:
    page = visitor.get(f"/ru/sittings/{SITTING}").text
    assert "Наблюдатель A" in page
    assert "Наблюдатель B" in page
    assert "за 60, против 2, поднятием рук, чтения 2" in page
    assert page.count('class="differs"') == 1
    assert "Два наблюдателя сходятся в 1 из 2 строк" in page
    assert "инициатор" in page


def test_nothing_typed_and_no_name_is_public(visitor: Visitor) -> None:
    for address in (f"/ru/sittings/{SITTING}", f"/ru/bills/{BILL}"):
        for form in ("", "?format=csv&table=timeline"):
            text = visitor.get(address + form).text
            for hidden in (
                "<script>alert",
                "Цитируемый",
                "дословная",
                "Отсутствующий",
                "набранный",
                "Набранный",
                "Докладчик Д",
            ):
                assert hidden not in text, (address, form, hidden)
    assert "observed_absent" not in visitor.get(f"/ru/sittings/{SITTING}?format=csv&table=timeline").text


def test_the_table_is_a_file(visitor: Visitor) -> None:
    lines = visitor.get(f"/ru/sittings/{SITTING}?format=csv&table=observed").text.splitlines()
    assert lines[0].lstrip("\ufeff") == "item,kind,said_by,at,value"
    assert any('head_count,official,,"{""count"": 95}"' in line for line in lines)
    assert any('head_count,B,2017-05-17T05:02:10+00:00,"{""count"": 80}"' in line for line in lines)
    assert not any("alert" in line or "набранный" in line for line in lines)


def test_every_kind_field_and_choice_has_words() -> None:
    samples = {Field.NUMBER: 1, Field.MINUTES: 2, Field.TIME: "10:05", Field.DAY: "2026-11-26", Field.YES_NO: True}
    assert set(NOTE_KINDS) == set(ObservationKind)
    for kind, fields in FIELDS.items():
        for name, field in fields.items():
            for sample in CHOICES.get(field, (samples.get(field, [1, 2]),)):
                words = value_words(kind, {name: sample}, plain, plain)
                typed = field in {Field.TEXT, Field.PERSON, Field.LINK, Field.UPLOAD}
                assert (words == "—") is typed, (kind, name)
                assert (
                    field not in CHOICES
                    or words != sample
                    or words in {"initiator", "committee", "faction", "expert", "adopted", "rejected"}
                )
    assert value_words(ObservationKind.MATERIALS, {"handed_out": False}, plain, plain) == "not handed out"
    assert value_words(ObservationKind.COMBINED, {"ground": "editorial"}, plain, str.upper) == "ground: EDITORIAL"


def test_nobody_was_there() -> None:
    silent = Timeline(subject=None)  # type: ignore[arg-type]
    assert side_by_side([], silent) == ()
    assert isinstance(seen_by_observers([], silent), SideBySide)
