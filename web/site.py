"""One site: where it reads from, its templates, and the files that were published for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment
from sqlalchemy import Engine

from db.keys import Keys
from db.settings import HomeSettings
from publish.channels.mail import MailSettings
from publish.outlets import Outlet, calendar_path
from publish.settings import PublicSettings
from vocab.languages import DEFAULT_LANGUAGE
from web.asked_lists import AskedLists
from web.memory import Memory
from web.navigation import Place
from web.pictures.studio import Studio

_FORMS = ("atom", "rss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every request shares."""

    settings: HomeSettings
    engine: Engine
    languages: Mapping[str, Environment]
    keys: Keys
    public: PublicSettings
    mail: MailSettings | None
    memory: Memory = field(default_factory=Memory)
    asked: AskedLists = field(default_factory=AskedLists)
    menu: tuple[Place, ...] = ()
    studio: Studio = field(default_factory=Studio)

    @property
    def public_url(self) -> str:
        """The address under which people reach the site."""
        return self.public.public_url

    @property
    def tells_by_letter(self) -> bool:
        """Whether people can subscribe by e-mail or in Telegram."""
        return self.mail is not None or bool(self.public.telegram_bot)

    @property
    def is_https(self) -> bool:
        """True where people reach the site through TLS only: cookies are then for TLS only."""
        return self.public_url.startswith("https://")

    def templates(self, lang: str) -> Environment:
        """The templates of a language, the site's own where it has no words of that one."""
        return self.languages.get(lang) or self.languages[DEFAULT_LANGUAGE]

    def feed(self, lang: str, about: str, key: str | None = None) -> tuple[str, ...]:
        """Addresses of the feeds about something: "all", "findings", or "bill", "committee", "person" with its id.

        Only those that are published: a dossier without news has none yet.
        """
        path = f"/{Outlet(about=about, id=key or '').path(lang)}"
        return tuple(address for form in _FORMS if self.published((address := f"{path}.{form}")[1:]))

    def calendar(self, lang: str, committee: str | None = None) -> str | None:
        """The address of the calendar of a committee, or of all sittings; None while it is not published."""
        address = f"/{calendar_path(lang, committee)}"
        return address if self.published(address[1:]) else None

    def published(self, path: str) -> Path | None:
        """The published file of this name; None for what is hidden, outside of the folder, or no name of a file."""
        if "\0" in path or any(part.startswith(".") for part in path.split("/")):
            return None
        folder = self.settings.public_dir.resolve()
        try:
            found = (folder / path).resolve()
            return found if found.is_relative_to(folder) and found.is_file() else None
        except OSError:  # longer than any name on this disk
            return None
