"""Facebook: what the Graph API answers, and what that means for a post. The server is a fake, the wire is real."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from publish.channels.protocol import (
    CannotAsk,
    Channel,
    Checked,
    Later,
    Lost,
    NotFound,
    Outcome,
    Refused,
    Remote,
    Revoked,
    Sending,
    Sent,
)
from publish.channels.registry import open_accounts
from publish.message import Mark, Span
from tests.fakes.facebook import PAGE, REGAIN_MINUTES, TOKEN, FacebookFake, error, start_facebook
from tests.fakes.server import Answer, Fault, Posted, Step
from vocab.errors import ConfigError
from vocab.posts import ChannelName

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
LINK = "https://baikoo.example.org/ky/bills/n-6-1-26"
CARD = b"\x89PNG\r\n\x1a\n--\r\n" + bytes(range(256))


@pytest.fixture
def facebook() -> Iterator[FacebookFake]:
    with start_facebook() as fake:
        yield fake


def opened(fake: FacebookFake, **more: str) -> Channel:
    settings = {**fake.settings(), "BAIKOO_CHANNEL_PATIENCE": "0.3", **more}
    return open_accounts(settings).on[ChannelName.FACEBOOK, "ky"]


def sending(text: str = "Мыйзам кабыл алынды", **more: Any) -> Sending:
    return Sending(**{"key": "1", "part": (Span(text),), "title": "", "link": LINK, "lang": "ky", **more})


@pytest.mark.parametrize(
    ("fault", "stored", "outcome"),
    [
        (Fault.TIME_OUT, False, Lost),
        (Fault.TIME_OUT, True, Lost),
        (Fault.BROKEN, True, Lost),
        (Fault.MALFORMED, True, Lost),
        (Fault.SERVER_ERROR, True, Lost),
        (Fault.UNAVAILABLE, True, Lost),
        (Fault.RATE_LIMIT, False, Later),
        (Fault.RATE_LIMIT_BARE, False, Later),
        (Fault.REVOKED, False, Revoked),
        (Fault.REFUSED, False, Refused),
    ],
)
@pytest.mark.parametrize("picture", [None, CARD], ids=["text", "picture"])
def test_what_each_fault_means_and_whether_it_is_found_again(
    facebook: FacebookFake, fault: Fault, stored: bool, outcome: type[Outcome], picture: bytes | None
) -> None:
    facebook.fail_next(fault, stored=stored)
    channel, told = opened(facebook), sending(picture=picture)
    since = datetime.now(UTC)
    came = channel.send(told, NOW)
    assert type(came) is outcome
    assert len(facebook.asked) == 1, "a channel never tries again by itself"
    found = channel.find(sending(), since)
    if stored:
        assert isinstance(found, Sent)
        assert found.remote.id == facebook.posts[0].id
    else:
        assert found == NotFound(surely=False)


def test_a_rate_limit_names_its_time(facebook: FacebookFake) -> None:
    facebook.fail_next(Fault.RATE_LIMIT)
    facebook.fail_next(Fault.RATE_LIMIT_BARE)
    channel = opened(facebook)
    timed, bare = (channel.send(sending(), NOW) for _ in range(2))
    at = NOW + timedelta(minutes=REGAIN_MINUTES)
    assert timed == Later(cause="(#32) Page request limit reached", at=at, whole_channel=True)
    assert bare == Later(cause="(#32) Page request limit reached", at=None, whole_channel=True)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (error(403, 4, "(#4) Application request limit reached"), Later),
        (error(400, 17, "(#17) User request limit reached"), Later),
        (error(400, 613, "(#613) Calls to this api have exceeded the rate limit."), Later),
        (error(400, 80001, "There have been too many calls to this Page account."), Later),
        (error(400, 368, "The action attempted has been deemed abusive or is otherwise disallowed"), Later),
        (Answer(status=429, body=b"<html>", headers={"x-business-use-case-usage": "[1"}), Later),
        (error(401, 190, "Error validating access token: The user has not authorized application"), Revoked),
        (error(403, 200, "(#200) Requires pages_manage_posts permission"), Revoked),
        (error(403, 10, "(#10) Application does not have permission for this action"), Revoked),
        (error(500, 1, "An unknown error occurred"), Lost),
        (error(400, 1, "An unknown error occurred"), Lost),
        (error(400, 2, "Service temporarily unavailable"), Lost),
        (error(400, 506, "(#506) Duplicate Post"), Lost),
        (error(400, 100, "(#100) link URL is not properly formatted"), Refused),
        (error(400, 1609005, "(#1609005) Link Post Error"), Refused),
        (Answer(status=502, body=b"<html>"), Lost),
        (Answer(status=504, body=b""), Lost),
        (Answer(status=503, body=b"", headers={"Retry-After": "30"}), Later),
        (Answer(body={}), Lost),
        (Answer(body={"success": True}), Lost),
    ],
)
def test_what_each_answer_means(facebook: FacebookFake, answer: Answer, outcome: type[Outcome]) -> None:
    facebook.says = [answer]
    came = opened(facebook).send(sending(), NOW)
    assert type(came) is outcome


def test_a_post_has_its_link_and_a_photo_its_text(facebook: FacebookFake) -> None:
    channel = opened(facebook, BAIKOO_FACEBOOK_VERSION="v25.0")
    part = (Span("Добуш берүү: "), Span("натыйжа", Mark.LINK, LINK))
    came = channel.send(sending(part=part), NOW)
    channel.send(sending(picture=CARD, alt="Карта"), NOW)
    post, photo = facebook.posts
    assert came == Sent(remote=Remote(id=post.id, url=facebook.address(post)))
    assert (post.text, post.link) == (f"Добуш берүү: натыйжа: {LINK}", LINK)
    assert (photo.text, photo.picture, photo.alt) == (f"Мыйзам кабыл алынды\n\n{LINK}", CARD, "Карта")
    assert {asked.path.split("/")[1] for asked in facebook.asked} == {"v25.0"}


def test_the_same_text_of_before_is_another_post(facebook: FacebookFake) -> None:
    channel = opened(facebook)
    channel.send(sending(), NOW)
    facebook.posts[0].raw = {"created": datetime.now(UTC) - timedelta(hours=1)}
    assert channel.find(sending(), datetime.now(UTC)) == NotFound(surely=False)
    facebook.fail_next(Fault.SERVER_ERROR, step=Step.FIND)
    assert isinstance(channel.find(sending(), datetime.now(UTC)), CannotAsk)
    facebook.fail_next(Fault.MALFORMED, step=Step.FIND)
    assert isinstance(channel.find(sending(), datetime.now(UTC)), CannotAsk)


def test_a_list_that_goes_on_is_no_answer(facebook: FacebookFake) -> None:
    channel = opened(facebook)
    made = {"created": datetime.now(UTC)}
    facebook.posts = [Posted(id=f"{PAGE}_{one}", account=PAGE, text=f"{one}\n\n{LINK}", raw=made) for one in range(101)]
    assert isinstance(channel.find(sending("100"), datetime.now(UTC)), Sent)
    assert isinstance(channel.find(sending("жок"), datetime.now(UTC)), CannotAsk)


def test_edit_and_delete(facebook: FacebookFake) -> None:
    channel = opened(facebook)
    came = channel.send(sending(), NOW)
    assert isinstance(came, Sent)
    assert channel.edit(came.remote, sending("Оңдоо")) == came
    assert [post.text for post in facebook.posts] == [f"Оңдоо\n\n{LINK}"]
    assert channel.delete(came.remote) == came
    assert channel.delete(came.remote) == came, "what is gone already counts as done"
    assert facebook.posts == []
    assert isinstance(channel.edit(came.remote, sending()), Refused)
    facebook.fail_next(Fault.TIME_OUT, step=Step.DELETE)
    assert isinstance(channel.delete(came.remote), Lost)


def test_a_post_has_one_part(facebook: FacebookFake) -> None:
    assert isinstance(opened(facebook).send(sending(after=(Remote(id="1"),)), NOW), Refused)
    assert facebook.asked == []


def test_the_check_names_the_page_or_what_is_wrong(facebook: FacebookFake) -> None:
    assert opened(facebook).check() == Checked(account="Baikoo")
    assert "not of the Page 1" in opened(facebook, BAIKOO_FACEBOOK_PAGE="1").check().fault
    assert opened(facebook, BAIKOO_FACEBOOK_TOKEN="EAAwrong").check() == Checked(fault="Malformed access token …")


def test_the_token_is_in_no_address_log_or_cause(facebook: FacebookFake, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    channel = opened(facebook)
    told = [str(channel.send(sending(), NOW)), str(channel.find(sending(), NOW)), repr(channel)]
    assert caplog.records
    assert TOKEN not in "".join(told) + caplog.text
    assert not any(TOKEN in str(asked.query) + asked.path for asked in facebook.asked)


@pytest.mark.parametrize(
    "wrong",
    [{"BAIKOO_FACEBOOK_PAGE": "baikoo"}, {"BAIKOO_FACEBOOK_VERSION": "newest"}, {"BAIKOO_FACEBOOK_API": "graph"}],
)
def test_wrong_settings_are_named(wrong: dict[str, str]) -> None:
    settings = {"BAIKOO_FACEBOOK_TOKEN": TOKEN, "BAIKOO_FACEBOOK_PAGE": PAGE, **wrong}
    with pytest.raises(ConfigError, match=next(iter(wrong))):
        open_accounts(settings)
