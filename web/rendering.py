"""Templates with the words of a language, and the forms in which values are shown."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_month_names
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from publish.charts.picture import Look
from publish.wording import check_about, check_name, day_in_words, figures_in_words, finding_sentence, review_sentences
from vocab.body_names import committee_name, language_of_name
from vocab.dates import BISHKEK
from vocab.languages import DEFAULT_LANGUAGE, LOCALES, NAMES
from vocab.observation import ObservationKind
from vocab.text import has_kyrgyz_letters
from web.contacts import without_contacts
from web.i18n import N_, translations
from web.notes import Translate, note_words
from web.observed_words import value_words
from web.rule_book import severities
from web.words import (
    BILL_KINDS,
    DECISION_WORDS,
    EVENT_NAMES,
    FIGURE_NAMES,
    INITIATOR_KINDS,
    NOTE_KINDS,
    POSTED_WORDS,
    RECORD_SOURCES,
    ROLES,
    SEVERITIES,
    VERDICTS,
)

_YES, _NO = N_("yes"), N_("no")
STATIC = Path(__file__).parent / "static"


@cache
def environment(lang: str = DEFAULT_LANGUAGE) -> Environment:
    """Templates that escape everything, in one language. One for all sites of a process: to compile them takes long."""
    env = Environment(
        loader=PackageLoader("web"),
        autoescape=select_autoescape(default_for_string=True, default=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = translations(lang)
    env.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(_filters(lang, words))
    env.globals.update(
        lang=lang,
        at=f"/{lang}",  # what the addresses of public pages begin with
        language_names=NAMES,
        role_names=ROLES,
        verdicts=VERDICTS,
        event_names=EVENT_NAMES,
        bill_kinds=BILL_KINDS,
        initiator_kinds=INITIATOR_KINDS,
        months=sorted(get_month_names("wide", "stand-alone", locale=LOCALES[lang]).items()),
        figure_names=FIGURE_NAMES,
        posted_words=POSTED_WORDS,
        record_sources=RECORD_SOURCES,
        decision_words=DECISION_WORDS,
        note_kinds=NOTE_KINDS,
        severity_words=SEVERITIES,
        severity_of=lambda check: severities().get(check, ""),
        check_name=lambda check: check_name(check, lang),
        check_about=lambda check: check_about(check, lang),
        sentence=lambda row: finding_sentence(row["check_id"], row["reason"], row["figures"], lang),
        picture_title=lambda name: Look(lang=lang).say(name, "title"),
        reviews=lambda notes: review_sentences(notes, lang),
        query=query_of,
        zipped=lambda values: [(value, value) for value in values],
    )
    return env


def _filters(lang: str, words: NullTranslations) -> dict[str, Callable[..., Any]]:
    """What templates do to a value before they show it."""
    return {
        "day": lambda value: _day(value, lang),
        "short_day": lambda value: format_date(_as_day(value), "medium", locale=LOCALES[lang]),
        "month": lambda value: format_skeleton("yMMMM", _as_day(value), locale=LOCALES[lang]),
        "bishkek_day": lambda moment: _day(moment.astimezone(BISHKEK).date(), lang),
        "moment": lambda value: _moment(value, lang),
        "day_of": lambda value: _day(value.astimezone(BISHKEK).date() if isinstance(value, datetime) else value, lang),
        "span": lambda value: format_timedelta(value, format="short", locale=LOCALES[lang]),
        "share": lambda value: format_percent(value, locale=LOCALES[lang]),
        "number": lambda value: format_decimal(value, locale=LOCALES[lang]),
        "host": lambda address: urlsplit(address).hostname or address,
        "lang_of": lambda text: "ky" if has_kyrgyz_letters(text or "") else lang,
        "body": lambda name: committee_name(name, lang) if name else name,
        "body_lang": lambda name: language_of_name(name, lang) if name else lang,
        "bodies": lambda pairs: [(key, committee_name(name, lang)) for key, name in pairs],
        "full_stop": lambda text: text if text.endswith(".") else text + ".",
        "figure": lambda value: _figure(value, lang, words.gettext),
        "noted": lambda value, kind: _noted(value, kind, lang, words.gettext),
        "noted_in_full": lambda value, kind: _noted(value, kind, lang, words.gettext, in_full=True),
        "clock": lambda moment: format_time(moment.astimezone(BISHKEK), "HH:mm", locale=LOCALES[lang]),
        "lower_first": lambda text: text[:1].lower() + text[1:],
        "note": lambda text: note_words(text, words.gettext, lambda day: _day(day, lang)),
        "no_contacts": without_contacts,
        "numerals": lambda numbers: ", ".join(str(number) for number in sorted(numbers)),
    }


def _as_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _day(value: date | str, lang: str) -> str:
    """«17 мая 2017 г.»."""
    return day_in_words(_as_day(value), lang)


def _moment(value: datetime | str, lang: str) -> str:
    """«17 мая 2017 г., 10:05», in Bishkek's time."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = moment.astimezone(BISHKEK)
    return f"{day_in_words(local.date(), lang)}, {format_time(local, 'HH:mm', locale=LOCALES[lang])}"


def _figure(value: Any, lang: str, translate: Translate) -> str:
    """A number, a day, a name, or a list or table of them, on one line."""
    if isinstance(value, dict):
        names = {name: translate(FIGURE_NAMES.get(str(name), str(name))) for name in value}
        return "; ".join(f"{names[name]}: {_figure(one, lang, translate)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_figure(one, lang, translate) for one in value)
    if isinstance(value, bool):
        return translate(_YES if value else _NO)
    if isinstance(value, int | float):
        return format_decimal(value, locale=LOCALES[lang])
    return str(figures_in_words({"": value}, lang)[""])


def _noted(
    value: Mapping[str, Any], kind: ObservationKind, lang: str, translate: Translate, *, in_full: bool = False
) -> str:
    """A note of an observer; what was typed only `in_full`."""

    def show(said: str) -> str:
        return str(figures_in_words({"": said}, lang)[""])

    return value_words(kind, value, translate, show, in_full=in_full)


def query_of(**values: Any) -> str:
    """`?a=1&b=2` of the values that say something."""
    said = {name: value for name, value in values.items() if value not in (None, "", False)}
    return f"?{urlencode(said)}" if said else "?"
