"""Facts of a site, and the identity of addresses."""

import pytest

from scrapers.job import load_parsers
from scrapers.source import load_source, read_source, site_names
from scrapers.walking import spider_of
from vocab.errors import ConfigError, UsageError

TEXT = """
site: probe
name: Проба
base: https://probe.example
aliases: {probe.example: [www.probe.example, old.probe.example]}
same: [{path: '^(/show/\\d+)/.*$', form: '\\1'}]
delay: 2
block: {min_bytes: 10, challenges: [wait]}
pages:
  list: {parser: listing, start: [/list], counts: {min: 1, max: 9}, covers: {press_record: "probe:press"}}
  card: {parser: card, anchors: [mark], redact: [phone], verified: false, options: {most: 3}}
  file: {files: true, most_bytes: 9, rest_days: 3}
"""


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://probe.example", "https://probe.example/"),
        ("http://www.probe.example:80/show/7/slug?b=2&a=1#top", "https://probe.example/show/7?a=1&b=2"),
        ("https://OLD.probe.example:443/show/7", "https://probe.example/show/7"),
        ("https://probe.example/файл 1", "https://probe.example/%D1%84%D0%B0%D0%B9%D0%BB%201"),
        ("https://probe.example/%D1%84%D0%B0%D0%B9%D0%BB%201", "https://probe.example/%D1%84%D0%B0%D0%B9%D0%BB%201"),
        ("https://probe.example:8080/x?empty=", "https://probe.example:8080/x?empty="),
        ("https://other.example/show/7/slug", "https://other.example/show/7"),
    ],
)
def test_one_page_has_one_address(url: str, address: str) -> None:
    assert read_source(TEXT).address(url) == address


def test_another_body_is_another_page() -> None:
    source = read_source(TEXT)
    asked = [source.address("https://probe.example/x", method="POST", body=body) for body in (b"1", b"2", b"1")]
    assert asked[0] == asked[2] != asked[1]
    assert asked[0].startswith("https://probe.example/x#post-")


@pytest.mark.parametrize("body", [b'{"b":2,"a":1}', b'{ "a": 1, "b": 2, "c": null }'])
def test_the_form_of_a_json_body_does_not_matter(body: bytes) -> None:
    source = read_source(TEXT)
    asked = [source.address("https://probe.example/x", method="POST", body=one) for one in (body, b'{"a": 1, "b": 2}')]
    assert asked[0] == asked[1]


def test_what_a_source_says() -> None:
    source = read_source(TEXT)
    listing, card, file = source.pages.values()
    assert (file.files, file.most_bytes, file.rest_days, card.files) == (True, 9, 3, False)
    assert (source.min_bytes, source.challenges, source.delay) == (10, ("wait",), 2.0)
    assert listing.start == ("https://probe.example/list",)
    assert (listing.counts.least, listing.counts.most) == (1, 9)
    assert listing.covers == (("press_record", "probe:press"),)
    assert (card.verified, card.redact, dict(card.options)) == (False, frozenset({"phone"}), {"most": 3})


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("delay: 2", "delay: soon"), "delay"),
        (("delay: 2", ""), "delay"),
        (("parser: card", "parsar: card"), "pages.card: unknown keys: parsar"),
        (("counts: {min: 1", "counts: {least: 1"), "pages.list.counts: unknown keys: least"),
        (("name: Проба", "name: Проба\nnick: П"), "unknown keys: nick"),
        (("min_bytes: 10", "smallest: 10"), "block: unknown keys: smallest"),
        (("path: '^(", "path: '^(("), "missing \\)"),
        (("pages:", "pages: ["), "source.yml"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_place(change: tuple[str, str], place: str) -> None:
    with pytest.raises(ConfigError, match=place):
        read_source(TEXT.replace(*change))


def test_an_unknown_page_type_is_refused() -> None:
    with pytest.raises(ConfigError, match="no page type «poem»"):
        read_source(TEXT).kind("poem")


def test_an_unknown_site_is_refused() -> None:
    with pytest.raises(UsageError, match="cbd, kenesh"):
        load_source("atlantis")


@pytest.mark.parametrize("site", site_names())
def test_every_site_is_whole(site: str) -> None:
    source = load_source(site)
    assert source.site == site
    assert load_parsers(source).keys() == {kind.name for kind in source.pages.values() if kind.parser}
    assert spider_of(site).name == site


def test_a_missing_parser_is_named() -> None:
    source = read_source(TEXT.replace("site: probe", "site: kenesh"))
    with pytest.raises(ConfigError, match=r"scrapers\.sites\.kenesh\.listing"):
        load_parsers(source)
