"""The languages that people read Baikoo in, and which of them somebody asks for."""

LANGUAGES = ("ky", "ru", "en")
"""Of the public site, in the order in which they are offered."""

STAFF_LANGUAGES = ("ky", "ru")
"""Of accounts, letters and the observers' form."""

DEFAULT_LANGUAGE = "ru"

LOCALES = {"ky": "ky", "ru": "ru", "en": "en_GB"}
"""How days and numbers are written in each language."""

NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}
"""What each language calls itself."""


def preferred(accept_language: str, offered: tuple[str, ...] = LANGUAGES) -> str:
    """The offered language that an Accept-Language header wants most (RFC 9110, 12.5.4), else the default.

    An entry that cannot be read, or with weight 0, wants nothing.
    """
    wishes = [_wish(entry) for entry in accept_language.split(",")]
    wanted = sorted((wish for wish in wishes if wish[1] > 0 and wish[0] in offered), key=lambda wish: -wish[1])
    return wanted[0][0] if wanted else DEFAULT_LANGUAGE


def _wish(entry: str) -> tuple[str, float]:
    """«ru-KG;q=0.8» is ("ru", 0.8)."""
    name, _, parameters = entry.partition(";")
    weight = parameters.strip().removeprefix("q=") if parameters else "1"
    try:
        return name.split("-")[0].strip().lower(), float(weight)
    except ValueError:
        return "", 0.0
