"""The whole way of a piece of news: from a press release on the parliament's site to posts on every channel, once.

A replay server shows the list of news and one release; everything after that is the commands that an editor runs, and
the services speak their own wire formats (tests.fakes). Each post links to a page that answers in its language.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from babel.dates import format_date

from db.settings import home_settings
from tests.cli.test_commands import answer, baikoo
from tests.fakes.server import Fake, Posted
from tests.fakes.world import start_world
from tests.scrapers.recording import Served, html, write_recording
from tests.web.conftest import open_site
from vocab.dates import BISHKEK
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName

SITE = "https://baikoo.example"
BILL = "О городских деревьях"
NUMBER = "6-15200/26"
RULES = "quiet_hours: {from: '00:00', to: '00:00'}\nkinds: {reading_result: {settle: 0}}\n"


def recording(folder: Path, today: date) -> Path:
    """The news of one day: a bill was adopted in the first reading."""
    said = f"На пленарном заседании {format_date(today, 'd MMMM', locale='ru')} депутаты рассмотрели проект Закона"
    said += f" «{BILL}» (№ {NUMBER}) и приняли его в первом чтении."
    place, title = f"/ru/news/show/9402/{today:%d-%m-%Y}", "Принят законопроект о городских деревьях"
    shown = f'<div class="news__item__date">{today:%d-%m-%Y} 09:14</div>'
    link = f'<h3 class="news__item__title"><a class="news__item__title__link" href="{place}">{title}</a></h3>'
    listed = f'<div class="news__item news__item__3">{link}{shown}<p class="news__item__desc">{said}</p></div>'
    released = f'<h1 class="news__title">{title}</h1>{shown}<div class="ck-editor"><p>{said}</p></div>'
    pages = {"https://old.kenesh.kg/ru/news/all/list": listed, f"https://old.kenesh.kg{place}": released}
    day = today.isoformat()
    return write_recording(folder, [Served(url=url, body=html(body), recorded_at=day) for url, body in pages.items()])


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with an editor's rules: no quiet hours, and no waiting for more of the same day."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "newsdesk.yml").write_text(RULES)
    monkeypatch.setenv("BAIKOO_PUBLIC_URL", SITE)
    return home


def test_a_press_release_is_posted_once_on_every_channel_in_three_languages(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start_world() as world:
        for name, value in world.settings.items():
            monkeypatch.setenv(name, value)
        crawled(settings, recording(tmp_path / "recording", datetime.now(BISHKEK).date()))
        drafts = decided(settings)
        assert {(one["channel"], one["lang"]) for one in drafts} == {
            (name, lang) for name in ChannelName for lang in LANGUAGES
        }
        assert all(not fake.posts for fake in world.fakes.values()), "nothing goes out before a person approved it"
        assert baikoo(settings, "publish", "approve", drafts[0]["event"]).returncode == 0
        sent = baikoo(settings, "publish", "deliver", "--once")
        assert sent.returncode == 0, sent.stderr
        assert {one["state"] for one in answer(settings, "publish", "list")} == {"sent"}
        arrived(settings, world.fakes)
        before = {name: len(fake.posts) for name, fake in world.fakes.items()}
        assert decided(settings) == []
        baikoo(settings, "publish", "deliver", "--once")
        assert {name: len(fake.posts) for name, fake in world.fakes.items()} == before


def crawled(home: Path, pages: Path) -> None:
    """From the site to happenings."""
    for words in (("crawl", "kenesh", "--replay", str(pages)), ("annotate",), ("track",), ("index",), ("publish",)):
        done = baikoo(home, *words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)


def decided(home: Path) -> list[dict[str, Any]]:
    """The drafts, after the newsdesk looked."""
    done = baikoo(home, "publish", "decide")
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, Any]] = answer(home, "publish", "list", "--state", "draft")
    return rows


def arrived(home: Path, fakes: Mapping[ChannelName, Fake]) -> None:
    """On each service one post a language, in its language, with a link to a page that answers."""
    told: set[str] = set()
    for name, fake in fakes.items():
        links = {link for post in fake.posts for link in links_of(post)}
        assert Counter(link.split("/")[3] for link in links) == dict.fromkeys(LANGUAGES, 1), (name, links)
        assert all(BILL in post.text for post in fake.posts if not post.reply_to), name
        told |= links
    for site in open_site(home_settings(home)):
        assert {site.get(link.removeprefix(SITE)).status_code for link in told} == {200}
    for lang in LANGUAGES:
        feed = feedparser.parse((home / "public" / "feeds" / lang / "posts.atom").read_bytes())
        assert [BILL in entry.title or BILL in entry.summary for entry in feed.entries] == [True]


def links_of(post: Posted) -> list[str]:
    """Our own addresses in a post, wherever its service keeps them: in the words, the markup, or a facet."""
    everywhere = f"{post.text} {post.link} {json.dumps(post.raw, ensure_ascii=False, default=str)}"
    return re.findall(rf"{re.escape(SITE)}/(?:ky|ru|en)/bills/[\w-]+", everywhere)
