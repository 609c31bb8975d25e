"""Addresses that people paste: one form of each video, and nothing that only looks like one."""

import pytest

from vocab.media import EXAMPLES, AddressFault, Platform, Video, read_link, read_video

TUBE = "https://www.youtube.com/watch?v=aB3_-efghij"
BOOK = "https://www.facebook.com/watch/?v=123456789012345"


@pytest.mark.parametrize(
    ("said", "url"),
    [
        (f"{TUBE}&utm_source=tg&si=Zz9&t=42s#x", TUBE),
        ("http://m.youtube.com/watch/?app=desktop&v=aB3_-efghij", TUBE),
        ("https://youtube.com/live/aB3_-efghij?feature=share", TUBE),
        ("https://YouTu.be/aB3_-efghij?si=Zz9", TUBE),
        ("https://web.facebook.com/watch/live/?ref=watch_permalink&v=123456789012345&fbclid=Iw", BOOK),
        ("https://www.facebook.com/kenesh.kg/videos/123456789012345/?mibextid=x", BOOK),
        ("https://m.facebook.com/kenesh/videos/түз-эфир/123456789012345", BOOK),
        ("https://www.facebook.com/video.php?v=123456789012345", BOOK),
        ("https://www.facebook.com/share/v/1AbCdEfGh/?mibextid=w", "https://www.facebook.com/share/v/1AbCdEfGh/"),
        ("https://fb.watch/aBc_1-2dEf?x=1", "https://fb.watch/aBc_1-2dEf/"),
    ],
)
def test_a_video_has_one_address_however_it_is_pasted(said: str, url: str) -> None:
    platform = Platform.YOUTUBE if "youtube" in url else Platform.FACEBOOK
    assert read_video(said) == Video(platform=platform, url=url)
    assert read_link(said) == url
    assert read_video(url) == Video(platform=platform, url=url)


def test_the_examples_are_what_is_asked_for() -> None:
    assert {platform: read_video(url) for platform, url in EXAMPLES.items()} == {
        platform: Video(platform=platform, url=url) for platform, url in EXAMPLES.items()
    }


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("", AddressFault.NOT_AN_ADDRESS),
        ("javascript:alert(1)//www.youtube.com/watch?v=aB3_-efghij", AddressFault.NOT_AN_ADDRESS),
        ("data:text/html,<script>", AddressFault.NOT_AN_ADDRESS),
        ("//www.youtube.com/watch?v=aB3_-efghij", AddressFault.NOT_AN_ADDRESS),
        ("https://www.youtube.com@evil.example/watch?v=aB3_-efghij", AddressFault.NOT_AN_ADDRESS),
        ("https://www.youtube.com:8443/watch?v=aB3_-efghij", AddressFault.NOT_AN_ADDRESS),
        ("https://www.youtube.com:x/", AddressFault.NOT_AN_ADDRESS),
        ("https://www.youtube.com\\@evil.example/", AddressFault.NOT_AN_ADDRESS),
        (f"{TUBE}\u202e", AddressFault.NOT_AN_ADDRESS),
        (f"{TUBE} onclick=x", AddressFault.NOT_AN_ADDRESS),
        (f"{TUBE}&x={'a' * 2000}", AddressFault.NOT_AN_ADDRESS),
        ("https://youtube.com.evil.example/watch?v=aB3_-efghij", AddressFault.FOREIGN_HOST),
        ("https://www.youtube.co/watch?v=aB3_-efghij", AddressFault.FOREIGN_HOST),
        ("https://www.yоutube.com/watch?v=aB3_-efghij", AddressFault.FOREIGN_HOST),  # a Cyrillic о
        ("https://evil.facebook.com/watch/?v=123456789012345", AddressFault.FOREIGN_HOST),
        ("https://vimeo.com/123456", AddressFault.FOREIGN_HOST),
        ("https://www.youtube.com/@kenesh/live", AddressFault.NOT_A_VIDEO),
        ("https://www.youtube.com/redirect?q=https://evil.example", AddressFault.NOT_A_VIDEO),
        ("https://www.youtube.com/watch?v=short", AddressFault.NOT_A_VIDEO),
        (f"{TUBE}&v=xxxxxxxxxxx", AddressFault.NOT_A_VIDEO),
        ("https://youtu.be/", AddressFault.NOT_A_VIDEO),
        ("https://www.facebook.com/l.php?u=https://evil.example", AddressFault.NOT_A_VIDEO),
        ("https://www.facebook.com/kenesh/live", AddressFault.NOT_A_VIDEO),
        ("https://fb.watch/?v=123456789", AddressFault.NOT_A_VIDEO),
    ],
)
def test_everything_else_is_refused(said: str, fault: AddressFault) -> None:
    assert read_video(said) == fault


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "https://gazeta.kg/2026/маек?utm_source=fb&id=3&fbclid=Iw&yclid#цитата",
            "https://gazeta.kg/2026/%D0%BC%D0%B0%D0%B5%D0%BA?id=3#%D1%86%D0%B8%D1%82%D0%B0%D1%82%D0%B0",
        ),
        ("http://пример.рф/1?a=1&&b", "http://xn--e1afmkfd.xn--p1ai/1?a=1&b"),
        ("javascript:alert(1)", AddressFault.NOT_AN_ADDRESS),
        ("https://127.0.0.1/x", AddressFault.NOT_AN_ADDRESS),
        ("https://[::1]/x", AddressFault.NOT_AN_ADDRESS),
        ("https://localhost/x", AddressFault.NOT_AN_ADDRESS),
        ("https://a..kg/x", AddressFault.NOT_AN_ADDRESS),
    ],
)
def test_the_link_of_an_interview_loses_its_tracking(said: str, kept: str | AddressFault) -> None:
    assert read_link(said) == kept
