"""The channel e-mail against a real mail server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from publish.channels.email import Email, open_account
from publish.channels.mail import MailError, load_mail_settings, send
from publish.channels.protocol import Batching, CannotAsk, Later, Lost, Outcome, Refused, Remote, Revoked, Sending, Sent
from publish.channels.registry import open_accounts
from publish.message import Mark, Span
from tests.fakes.mailbox import PASSWORD, USER, Mailbox, start_mailbox
from tests.fakes.server import Fault, Step
from vocab.errors import ConfigError
from vocab.posts import ChannelName

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
LINK = "https://baikoo.example/ky/sittings/plenary-2026-11-26?a=1&b=2"
UNSUBSCRIBE = f"<https://baikoo.example/ky/alerts/leave/{'x' * 120}>"
PART = (
    Span("Добуш берүү", Mark.STRONG),
    Span("\n\nЖогорку Кеңеш кабыл алды: "),
    Span('«Салык <script>alert("1")</script> жөнүндө»', Mark.NAME),
    Span("\n.\n"),
    Span("күн тартиби", Mark.LINK, LINK),
    Span(" "),
    Span("эмес", Mark.LINK, "javascript:alert(1)"),
)


def a_sending(**more: Any) -> Sending:
    first = Sending(key="vote:1|email|ky|1", part=PART, title="Добуш берүү: 90 «за»", link=LINK, lang="ky")
    return replace(first, **more)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with start_mailbox() as server:
        yield server


def opened(box: Mailbox, **more: str) -> Email:
    environ = {"BAIKOO_SMTP_URL": box.url, "BAIKOO_MAIL_FROM": "Байкоо <posts@example.org>"}
    environ |= {"BAIKOO_EMAIL_TO": "press@example.org", "BAIKOO_CHANNEL_PATIENCE": "0.4"}
    account = open_account(environ | more, "ky")
    assert isinstance(account, Email)
    return account


def sent(outcome: Outcome) -> Remote:
    assert isinstance(outcome, Sent), outcome
    return outcome.remote


def test_a_letter_says_the_same_as_text_and_as_page(box: Mailbox) -> None:
    sent(opened(box).send(a_sending(picture=PNG, alt='90 "за"'), NOW))
    [letter] = box.letters
    text, page = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert page is not None
    assert f"күн тартиби: {LINK}" in text.get_content()
    assert "\r\n.\r\n" in text.get_content()
    html = page.get_content()
    assert '<html lang="ky">' in html
    assert "<strong>Добуш берүү</strong>" in html
    assert '<a href="https://baikoo.example/ky/sittings/plenary-2026-11-26?a=1&amp;b=2">күн тартиби</a>' in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    [card] = [part for part in letter.walk() if part.get_content_type() == "image/png"]
    assert card.get_content() == PNG
    assert f'<img src="cid:{card["content-id"].strip("<>")}" alt="90 &quot;за&quot;">' in html
    assert html.count("src=") == 1


def test_a_letter_has_the_headers_that_mail_programs_ask_for(box: Mailbox) -> None:
    remote = sent(opened(box).send(a_sending(), NOW))
    [letter] = box.letters
    assert box.envelopes == [("posts@example.org", ["press@example.org"])]
    assert letter["subject"] == "Добуш берүү: 90 «за»"
    assert (letter["from"], letter["to"]) == ("Байкоо <posts@example.org>", "press@example.org")
    assert letter["date"].datetime == NOW
    assert letter["message-id"] == remote.id
    assert letter["list-id"] == "<posts-ky.example.org>"
    names = ("content-language", "auto-submitted", "precedence", "list-unsubscribe-post")
    assert [letter[name] for name in names] == ["ky", "auto-generated", "list", None]
    assert max(map(len, box.raw[0].splitlines())) < 998
    assert box.raw[0].isascii()


def test_a_subscriber_leaves_by_one_click(box: Mailbox) -> None:
    alert = a_sending(recipient="aigul@example.kg", headers={"List-Unsubscribe": UNSUBSCRIBE})
    sent(opened(box, BAIKOO_EMAIL_TO="").send(alert, NOW))
    assert box.envelopes[0][1] == ["aigul@example.kg"]
    assert f"List-Unsubscribe: {UNSUBSCRIBE}".encode() in box.raw[0]
    assert box.letters[0]["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert box.letters[0]["list-id"] == "<alerts-ky.example.org>"


def test_the_same_key_gives_the_same_message_id(box: Mailbox) -> None:
    email = opened(box)
    first, again = (sent(email.send(a_sending(), NOW)) for _ in range(2))
    other = sent(email.send(a_sending(key="other"), NOW))
    assert first == again != other
    sent(email.send(a_sending(key="reply", after=(first,)), NOW))
    assert (box.letters[-1]["in-reply-to"], box.letters[-1]["references"]) == (first.id, first.id)


OUTCOMES: list[tuple[Step, Fault, type[Outcome], str]] = [
    (Step.CHECK, Fault.UNAVAILABLE, Later, "the sender: 421"),
    (Step.CHECK, Fault.REVOKED, Revoked, "the sender: 550 5.7.1 sender rejected"),
    (Step.CHECK, Fault.BROKEN, Later, "broke off before the content"),
    (Step.FIND, Fault.RATE_LIMIT, Later, "the recipient: 450 4.7.1 too many letters"),
    (Step.FIND, Fault.REFUSED, Refused, "the recipient: 550"),
    (Step.FIND, Fault.TIME_OUT, Later, "broke off before the content"),
    (Step.FIND, Fault.MALFORMED, Later, "the recipient"),
    (Step.POST, Fault.SERVER_ERROR, Later, "the content: 451"),
    (Step.POST, Fault.REFUSED, Refused, "the content: 550"),
    (Step.POST, Fault.BROKEN, Lost, "broke off before it said"),
    (Step.POST, Fault.TIME_OUT, Lost, "broke off before it said"),
    (Step.POST, Fault.MALFORMED, Lost, "cannot be read"),
]


@pytest.mark.parametrize(("step", "fault", "kind", "words"), OUTCOMES, ids=[f"{s}-{f}" for s, f, _, _ in OUTCOMES])
def test_each_phase_has_its_outcome(box: Mailbox, step: Step, fault: Fault, kind: type, words: str) -> None:
    box.fail_next(fault, step=step)
    email = opened(box)
    outcome = email.send(a_sending(), NOW)
    assert type(outcome) is kind
    assert words in str(outcome)
    assert box.letters == []
    sent(email.send(a_sending(), NOW))


def test_a_line_that_breaks_after_the_content_leaves_it_unknown(box: Mailbox) -> None:
    box.fail_next(Fault.BROKEN, stored=True)
    email = opened(box)
    assert isinstance(email.send(a_sending(), NOW), Lost)
    assert len(box.letters) == 1
    assert isinstance(email.find(a_sending(), NOW), CannotAsk)


def test_where_nobody_listens_nothing_was_sent(box: Mailbox) -> None:
    outcome = opened(box, BAIKOO_SMTP_URL="smtp://127.0.0.1:9").send(a_sending(), NOW)
    assert outcome == Later(cause="no connection to 127.0.0.1 (ConnectionRefusedError)")


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_holds_the_channel() -> None:
    with start_mailbox(signing_in=True) as box:
        email = opened(box)
        sent(email.send(a_sending(), NOW))
        assert email.check().account == "Байкоо <posts@example.org> → press@example.org"
        box.password = "another"
        outcome, checked = email.send(a_sending(), NOW), email.check()
        assert isinstance(outcome, Revoked)
        assert "signing in: 535" in outcome.cause
        assert checked.fault == outcome.cause
        assert PASSWORD not in outcome.cause
        assert USER not in outcome.cause
        nobody = opened(box, BAIKOO_SMTP_URL=box.url.replace(f"{USER.replace('@', '%40')}:{PASSWORD}@", ""))
        assert isinstance(nobody.send(a_sending(), NOW), Revoked)
        assert len(box.letters) == 1


def test_signing_in_where_the_server_knows_none_is_said(box: Mailbox) -> None:
    outcome = opened(box, BAIKOO_SMTP_URL=box.url.replace("//", "//user:secret@")).send(a_sending(), NOW)
    assert isinstance(outcome, Revoked)
    assert "secret" not in outcome.cause


@pytest.mark.parametrize(
    "hostile",
    [
        {"recipient": "a@example.kg\r\nBcc: b@example.kg"},
        {"recipient": "a@example.kg, b@example.kg"},
        {"recipient": "a@example.kg> SIZE=1"},
        {"recipient": "Айгүл@example.kg"},
        {"recipient": "root"},
        {"part": (Span("жарым белги \ud83d"),)},
        {"title": "жарым белги \ud83d"},
        {"headers": {"List-Unsubscribe": "<https://a.example>\r\nBcc: b@example.kg"}},
        {"headers": {"Bcc": "b@example.kg"}},
        {"headers": {"List-Id": "<a>", "X: y\r\nBcc": "b@example.kg"}},
    ],
)
def test_nothing_breaks_out_of_a_header(box: Mailbox, hostile: dict[str, Any]) -> None:
    assert isinstance(opened(box).send(a_sending(**hostile), NOW), Refused)
    assert box.letters == []


def test_a_letter_of_the_accounts_that_cannot_be_written_is_an_error_and_not_a_crash(box: Mailbox) -> None:
    settings = load_mail_settings({"BAIKOO_SMTP_URL": box.url, "BAIKOO_MAIL_FROM": "a@example.org"})
    assert settings is not None
    for to, text in (("айгүл@example.kg", "т"), ("a@example.kg\r\nBcc: b@example.kg", "т"), ("a@example.kg", "\ud83d")):
        with pytest.raises(MailError) as failed:
            send(settings, to, "Тема", text)
        assert not failed.value.unsure
    assert box.letters == []


def test_a_title_of_many_lines_is_one_line(box: Mailbox) -> None:
    sent(opened(box).send(a_sending(title="Күн\r\nBcc: b@example.kg\x00"), NOW))
    assert box.letters[0]["subject"] == "Күн Bcc: b@example.kg"
    assert box.letters[0]["bcc"] is None


def test_a_batch_has_one_connection_and_survives_its_end(box: Mailbox) -> None:
    email = opened(box)
    with email.batch():
        sent(email.send(a_sending(key="1"), NOW))
        box.fail_next(Fault.REFUSED, step=Step.FIND)
        assert isinstance(email.send(a_sending(key="2"), NOW), Refused)
        sent(email.send(a_sending(key="3"), NOW))
        assert box.connections == 1
        box.fail_next(Fault.BROKEN)
        assert isinstance(email.send(a_sending(key="4"), NOW), Lost)
        sent(email.send(a_sending(key="5"), NOW))
    assert box.connections == 2
    sent(email.send(a_sending(key="6"), NOW))
    assert box.connections == 3


def test_a_connection_carries_only_so_many_letters(box: Mailbox) -> None:
    email = opened(box)
    assert isinstance(email, Batching)
    with email.batch():
        for number in range(51):
            sent(email.send(a_sending(key=str(number)), NOW))
    assert (len(box.letters), box.connections) == (51, 2)


def test_letters_are_neither_edited_nor_taken_back(box: Mailbox) -> None:
    email = opened(box)
    remote = sent(email.send(a_sending(), NOW))
    assert isinstance(email.edit(remote, a_sending()), Refused)
    assert isinstance(email.delete(remote), Refused)


def test_it_is_off_without_a_server_and_writes_to_no_list_that_is_not_set(box: Mailbox) -> None:
    assert open_accounts({}).off[ChannelName.EMAIL, "ky"] == "not set: BAIKOO_SMTP_URL, BAIKOO_MAIL_FROM"
    environ = {"BAIKOO_SMTP_URL": box.url, "BAIKOO_MAIL_FROM": "a@example.org", "BAIKOO_EMAIL_TO_KY": "ky@example.org"}
    accounts = open_accounts(environ)
    assert [lang for name, lang in accounts.on if name is ChannelName.EMAIL] == ["ky", "ru", "en"]
    assert [lang for name, lang in accounts.everybody if name is ChannelName.EMAIL] == ["ky"]
    assert isinstance(opened(box, BAIKOO_EMAIL_TO="").send(a_sending(), NOW), Refused)
    assert opened(box, BAIKOO_EMAIL_TO_KY="ky@example.org").to == "ky@example.org"
    with pytest.raises(ConfigError):
        opened(box, BAIKOO_EMAIL_TO="a@example.org, b@example.org")


def test_a_check_sends_nothing(box: Mailbox) -> None:
    assert opened(box, BAIKOO_EMAIL_TO="").check().account.endswith("→ subscribers alone")
    assert box.letters == []
