"""What feeds of followed lists say, from `publish/templates/<language>/following.yml`."""

from collections.abc import Mapping
from typing import Any

from publish.wording import Words, check_name, load_words
from vocab.body_names import committee_name
from vocab.lists import Filters, ListKind
from vocab.topics import TOPICS

Names = Mapping[tuple[str, str], str]
"""What a filter's value is called where only the database knows it: by filter and value."""


def source_line(url: str, copy: str | None, lang: str) -> str:
    """«Источник: …», with the address of our archived copy where there is one."""
    words = _words(lang)["source"]
    return str(words["archived" if copy else "plain"]).format(url=url, copy=copy)


def list_in_words(kind: ListKind, filters: Filters, lang: str, names: Names) -> str:
    """«Законопроекты: тема – образование; год – 2017»."""
    name = str(_words(lang)["lists"][kind])
    return f"{name}: {filters_in_words(filters, lang, names)}" if filters else name


def filters_in_words(filters: Filters, lang: str, names: Names) -> str:
    """«тема – образование; год – 2017»."""
    labels: Words = _words(lang)["filters"]
    return "; ".join(
        f"{labels.get(name, name)} – {_value(name, value, lang, names)}" for name, value in filters.items()
    )


def _value(name: str, value: str, lang: str, names: Names) -> str:
    if (name, value) in names:
        return committee_name(names[name, value], lang) if name in ("committee", "body") else names[name, value]
    if name == "topic" and value.isdecimal() and int(value) in TOPICS:
        return str(getattr(TOPICS[int(value)], lang))
    if name == "check":
        return check_name(value, lang)
    return str(_words(lang)["values"].get(name, {}).get(value, value))


def followed_words(part: str, lang: str, **values: Any) -> str:
    """A sentence about the feed itself: `title`, `about`, `first` or `first_more`."""
    return str(_words(lang)["feed"][part]).format_map(values)


def match_title(why: str, title: str, lang: str) -> str:
    """The headline of what began to fit a list."""
    return str(_words(lang)["matches"][why]["title"]).format(title=title)


def match_reason(why: str, reason: str, lang: str) -> str:
    """Why it is told: «Теперь подходит: тема – образование.»."""
    return str(_words(lang)["matches"][why]["more"]).format(reason=reason)


def finding_title(finding: Mapping[str, Any], lang: str) -> str:
    """The name of the rule and the verdict."""
    verdict = _value("verdict", str(finding["verdict"]), lang, {})
    return f"{check_name(finding['check'], lang)} ({verdict})"


def _words(lang: str) -> Words:
    return load_words("following", lang)
