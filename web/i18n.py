"""Words of the site. Message ids are English; the catalogues of a language are the files in `locale/`, one a subject.

They are read as one and compiled in memory: a message stands in one of them.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from vocab.errors import ConfigError
from vocab.languages import DEFAULT_LANGUAGE

_WRITTEN_IN = "en"  # the language of the message ids


def N_(message: str) -> str:  # noqa: N802  (the name that gettext tools look for)
    """Mark a message for translation where it is written; it is translated where it is shown."""
    return message


@lru_cache(maxsize=4)
def catalogue(lang: str) -> Catalog:
    """Everything that the translators of a language wrote. Raises ConfigError for a message in two of its files."""
    whole = Catalog(locale=lang)
    for path in sorted(files("web").joinpath("locale", lang, "LC_MESSAGES").iterdir(), key=lambda one: one.name):
        if path.name.endswith(".po"):
            _add(whole, read_po(BytesIO(path.read_bytes()), locale=lang), path.name)
    return whole


def _add(whole: Catalog, part: Catalog, name: str) -> None:
    for message in part:
        if message.id and message.id in whole:
            raise ConfigError(f"{name}: {message.id!r} is translated in another file too")
        if message.id:
            whole[message.id] = message


@lru_cache(maxsize=4)
def translations(lang: str = DEFAULT_LANGUAGE) -> NullTranslations:
    """The catalogue as gettext uses it. English is the language of the message ids; what Kyrgyz lacks is Russian."""
    if lang == _WRITTEN_IN:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(lang))
    compiled.seek(0)
    words = GNUTranslations(compiled)
    if lang != DEFAULT_LANGUAGE:
        words.add_fallback(translations())
    return words
