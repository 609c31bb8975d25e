"""The sentences that the public reads, filled from data. Words stand in `publish/templates/<language>/`."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from typing import Any

import yaml
from babel.dates import format_date

from publish.days import SaidDay, said_day
from vocab.body_names import committee_name
from vocab.dates import BISHKEK
from vocab.errors import ConfigError
from vocab.languages import LOCALES
from vocab.media import PLATFORM_NAMES

Words = Mapping[str, Any]

_KIND_FALLBACK = "{title}"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(_ISO_DAY.pattern + r"T\d{2}:\d{2}:\d{2}(?:\.\d+)?[+-]\d{2}:\d{2}")


@lru_cache(maxsize=16)
def load_words(name: str, lang: str = "ru") -> Words:
    """One file of wordings, e.g. `load_words("happenings")`. Raises ConfigError where there is none."""
    path = files("publish").joinpath("templates", lang, f"{name}.yml")
    if not path.is_file():
        raise ConfigError(f"publish/templates/{lang}/{name}.yml: no wordings in this language")
    words: Words = yaml.safe_load(path.read_text(encoding="utf-8"))
    return words


@lru_cache(maxsize=32_768)
def day_in_words(day: date, lang: str = "ru") -> str:
    """«17 мая 2017 г.»: a date as people of the language write it."""
    return format_date(day, "long", locale=LOCALES[lang])


def day_in_sentence(day: date, lang: str = "ru") -> SaidDay:
    """The same with its cases, for languages that have them."""
    return said_day(day, day_in_words(day, lang), lang)


def moment_in_words(moment: datetime, lang: str = "ru") -> str:
    """«17 мая 2017 г., 10:00»: day and hour in Bishkek."""
    local = moment.astimezone(BISHKEK)
    return f"{day_in_words(local.date(), lang)}, {local:%H:%M}"


def fill(template: str, values: Mapping[str, Any]) -> str | None:
    """The template with its {names} filled, or None where a value is missing: no half sentences."""
    needed = _names_in(template)
    if any(values.get(name) in (None, "", []) for name in needed):
        return None
    return template.format_map({name: values[name] for name in needed})


@lru_cache(maxsize=1_024)
def _names_in(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def happening_title(kind: str, title: str, day: date, facts: Mapping[str, Any], lang: str = "ru") -> str:
    """The headline of a happening. Where a fact that the headline needs is missing, the bare title stands."""
    words = load_words("happenings", lang)["kinds"].get(kind, {})
    values = _shown(facts, lang) | {"title": title, "day": day_in_sentence(day, lang)}
    if facts.get("check"):
        values["check_name"] = check_name(facts["check"], lang)
    return fill(words.get("title", _KIND_FALLBACK), values) or title


def happening_more(kind: str, facts: Mapping[str, Any], lang: str = "ru") -> str:
    """The sentence under the headline, or several, each with its facts; "" where there is nothing more to say."""
    more = load_words("happenings", lang)["kinds"].get(kind, {}).get("more", "")
    values = _shown(facts, lang)
    filled = (fill(one, values) for one in ([more] if isinstance(more, str) else more))
    return " ".join(one for one in filled if one)


def check_name(check_id: str, lang: str = "ru") -> str:
    """The short name of a check; its id where the language has none."""
    return str(_check(check_id, lang).get("name", check_id))


def check_about(check_id: str, lang: str = "ru") -> str:
    """What a check looks at, in a sentence or two; "" where the language has none."""
    return str(_check(check_id, lang).get("about", ""))


def check_reasons(check_id: str, lang: str = "ru") -> Mapping[str, str]:
    """Every sentence that a check can say, by its reason, with {names} where figures will stand."""
    reasons: Mapping[str, str] = _check(check_id, lang).get("reasons", {})
    return reasons


def finding_sentence(check_id: str, reason: str, figures: Mapping[str, Any], lang: str = "ru") -> str:
    """The neutral sentence of a finding. Where a figure is missing, the name of the check stands instead."""
    template = check_reasons(check_id, lang).get(reason, "")
    needed = {name: figures[name] for name in _names_in(template) if name in figures}
    filled = fill(template, figures_in_words(needed, lang)) if template else None
    # Dates («г.») and names («И.Ш.») end with a full stop: at the end of a sentence one is enough.
    return filled.replace("..", ".") if filled else check_name(check_id, lang)


def review_sentences(notes: str | None, lang: str = "ru") -> str:
    """Why a person has to look first, in words; "" where nothing is noted. `notes` as findings keep them."""
    words: Words = load_words("findings", lang)["reviews"]
    return " ".join(str(words.get(note, note)) for note in (notes or "").split())


def finding_line(facts: Mapping[str, Any], lang: str = "ru") -> str:
    """The sentence of the finding that a happening tells of, or "" where it tells of none."""
    if not facts.get("check"):
        return ""
    return finding_sentence(facts["check"], facts.get("reason", ""), facts.get("figures", {}), lang)


def _check(check_id: str, lang: str) -> Words:
    words: Words = load_words("findings", lang)["checks"].get(check_id, {})
    return words


def meeting_title(committee: str | None, *, extraordinary: bool = False, lang: str = "ru") -> str:
    """What a sitting is called in a calendar: the plenary, or the committee by its name."""
    words = load_words("happenings", lang)["meetings"]
    if committee:
        return str(words["committee"]).format_map({"committee": committee_name(committee, lang)})
    return str(words["extraordinary" if extraordinary else "plenary"])


def video_line(platform: str, url: str, lang: str = "ru") -> str:
    """Where a sitting can be seen, for the entry of a calendar."""
    words = load_words("happenings", lang)["meetings"]
    return str(words["video"]).format_map({"platform": PLATFORM_NAMES.get(platform, platform), "url": url})


def feed_title(feed: str, lang: str = "ru", **values: str) -> str:
    """The name of a feed: `feed_title("bill", title="…")`."""
    return str(load_words("happenings", lang)["feeds"][feed]).format_map(values)


def figures_in_words(figures: Mapping[str, Any], lang: str = "ru") -> dict[str, Any]:
    """Figures as people read them: days in words, codes by their words, lists joined."""
    words: Words = load_words("findings", lang)["words"]

    def said(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return ", ".join(str(said(one)) for one in value)
        if isinstance(value, str) and _ISO_DAY.fullmatch(value):
            return day_in_words(date.fromisoformat(value), lang)
        return words.get(value, value) if isinstance(value, str) else value

    return {name: said(value) for name, value in figures.items()}


def _shown(facts: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Facts as text: lists joined, moments in words, ISO days left to the caller's template."""

    def said(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return ", ".join(map(str, value))
        if isinstance(value, str) and _ISO_MOMENT.fullmatch(value):
            return moment_in_words(datetime.fromisoformat(value), lang)
        return value

    shown = {name: said(value) for name, value in facts.items()}
    return shown | {"platform_name": PLATFORM_NAMES.get(facts.get("platform", ""))}
