"""One site: where it reads from, its templates, and the files that were published for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment
from sqlalchemy import Engine

from db.settings import HomeSettings
from web.i18n import DEFAULT
from web.keys import Keys
from web.mail import MailSettings

_FORMS = ("atom", "rss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every request shares."""

    settings: HomeSettings
    engine: Engine
    languages: Mapping[str, Environment]
    keys: Keys
    public_url: str
    mail: MailSettings | None

    @property
    def is_https(self) -> bool:
        """True where people reach the site through TLS only: cookies are then for TLS only."""
        return self.public_url.startswith("https://")

    def templates(self, lang: str) -> Environment:
        """The templates of a language, the site's own where it has no words of that one."""
        return self.languages.get(lang) or self.languages[DEFAULT]

    def feed(self, about: str, key: str | None = None) -> tuple[str, ...]:
        """Addresses of the feeds about something: "all", "findings", or "bill", "committee", "person" with its id.

        Only those that are published: a dossier without news has none yet.
        """
        path = f"/feeds/{about}/{key}" if key else f"/feeds/{about}"
        return tuple(address for form in _FORMS if self._is_published(address := f"{path}.{form}"))

    def calendar(self, committee: str | None = None) -> str | None:
        """The address of the calendar of a committee, or of all sittings; None while it is not published."""
        address = f"/calendar/committee/{committee}.ics" if committee else "/calendar/sittings.ics"
        return address if self._is_published(address) else None

    def _is_published(self, address: str) -> bool:
        if "\0" in address:
            return False
        folder = self.settings.public_dir.resolve()
        found = (folder / address.lstrip("/")).resolve()
        return found.is_relative_to(folder) and found.is_file()
