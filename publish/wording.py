"""The sentences that the public reads, filled from data. Words stand in `publish/templates/<language>/`."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from typing import Any

import yaml
from babel.dates import format_date

from vocab.errors import ConfigError

Words = Mapping[str, Any]

_KIND_FALLBACK = "{title}"


@lru_cache(maxsize=16)
def load_words(name: str, lang: str = "ru") -> Words:
    """One file of wordings, e.g. `load_words("happenings")`. Raises ConfigError where there is none."""
    path = files("publish").joinpath("templates", lang, f"{name}.yml")
    if not path.is_file():
        raise ConfigError(f"publish/templates/{lang}/{name}.yml: no wordings in this language")
    words: Words = yaml.safe_load(path.read_text(encoding="utf-8"))
    return words


def day_in_words(day: date, lang: str = "ru") -> str:
    """«17 мая 2017 г.»: a date as people of the language write it."""
    return format_date(day, "long", locale=lang)


def fill(template: str, values: Mapping[str, Any]) -> str | None:
    """The template with its {names} filled, or None where a value is missing: no half sentences."""
    needed = {name for _, name, _, _ in Formatter().parse(template) if name}
    if any(values.get(name) in (None, "", []) for name in needed):
        return None
    return template.format_map({name: values[name] for name in needed})


def happening_title(kind: str, title: str, day: date, facts: Mapping[str, Any], lang: str = "ru") -> str:
    """The headline of a happening. Where a fact that the headline needs is missing, the bare title stands."""
    words = load_words("happenings", lang)["kinds"].get(kind, {})
    values = _shown(facts) | {"title": title, "day": day_in_words(day, lang)}
    return fill(words.get("title", _KIND_FALLBACK), values) or title


def happening_more(kind: str, facts: Mapping[str, Any], lang: str = "ru") -> str:
    """The sentence under the headline, or "" where there is nothing more to say."""
    words = load_words("happenings", lang)["kinds"].get(kind, {})
    return fill(words.get("more", ""), _shown(facts)) or ""


def feed_title(feed: str, lang: str = "ru", **values: str) -> str:
    """The name of a feed: `feed_title("bill", title="…")`."""
    return str(load_words("happenings", lang)["feeds"][feed]).format_map(values)


def _shown(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as text: lists joined, ISO days left to the caller's template."""
    return {
        name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value for name, value in facts.items()
    }
