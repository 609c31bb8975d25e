"""Words of the site. Message ids are English; a catalogue a language in `locale/`, compiled in memory."""

from functools import lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DEFAULT = "ru"
LANGUAGES = ("ru", "ky")


def N_(message: str) -> str:  # noqa: N802  (the name that gettext tools look for)
    """Mark a message for translation where it is written; it is translated where it is shown."""
    return message


@lru_cache(maxsize=4)
def catalogue(lang: str) -> Catalog:
    """The catalogue of a language, as its translators wrote it."""
    path = files("web").joinpath("locale", lang, "LC_MESSAGES", "web.po")
    return read_po(BytesIO(path.read_bytes()), locale=lang)


@lru_cache(maxsize=4)
def translations(lang: str = DEFAULT) -> GNUTranslations:
    """The catalogue as gettext uses it; what a language does not say is said in the site's own."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(lang))
    compiled.seek(0)
    words = GNUTranslations(compiled)
    if lang != DEFAULT:
        words.add_fallback(translations())
    return words
