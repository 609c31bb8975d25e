from datetime import UTC, date, datetime

from publish import drafts
from publish.drafts import Draft, Item
from publish.message import Mark, Message, Picture, Span, as_json, from_json, plain
from vocab.posts import PostKind

AT = datetime(2026, 11, 27, 4, tzinfo=UTC)


def test_a_draft_is_kept_as_it_was_decided() -> None:
    item = Item(kind="bill_told_adopted", title="Бюджет", place=("bill", "b1"), day=AT.date(), facts={"readings": [1]})
    draft = Draft(
        event="reading_result:2026-11-27",
        kind=PostKind.READING_RESULT,
        subject=("day", "2026-11-27"),
        day=date(2026, 11, 27),
        items=(item,),
        happenings=("a", "b"),
        not_before=AT,
    )
    assert drafts.from_json(drafts.as_json(draft)) == draft


def test_a_message_is_kept_as_it_was_composed() -> None:
    part = (Span("Принят "), Span("Бюджет", Mark.NAME), Span("подробно", Mark.LINK, "https://baikoo.example/ru/"))
    message = Message(title="Принят", parts=(part,), link="https://x.example", picture=Picture(file="a.png", alt="87"))
    assert from_json(as_json(message)) == message
    assert plain(part) == "Принят Бюджетподробно: https://baikoo.example/ru/"
