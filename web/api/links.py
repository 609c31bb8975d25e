"""Addresses in answers: the permanent page that people read, and where the API tells more. Pure."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

ROOT = "/api/v1"
_PAGES = {"bill": "bills", "sitting": "sittings", "person": "persons", "finding": "findings"}
_RESOURCES = {"bill": "bills", "sitting": "sittings", "person": "people", "finding": "findings"}


@dataclass(frozen=True, slots=True)
class Links:
    """All addresses are absolute; `public_url` is where people reach the site."""

    public_url: str

    def api(self, *parts: str | int) -> str:
        """An address of the API."""
        return "/".join((self.public_url + ROOT, *(quote(str(part), safe=":") for part in parts)))

    def page(self, *parts: str | int) -> str:
        """A permanent address of a page."""
        return "/".join((self.public_url, *(quote(str(part), safe=":") for part in parts)))

    def subject(self, kind: str, key: str) -> dict[str, str]:
        """Where a bill, sitting, person, finding or body is shown; a body by what the site tells of it."""
        if kind in _PAGES:
            return {"url": self.page(_PAGES[kind], key), "api": self.api(_RESOURCES[kind], key)}
        return {"url": f"{self.page('findings')}?{urlencode({'subject': key})}", "api": self.found(key)}

    def found(self, key: str) -> str:
        """The findings about something."""
        return f"{self.api('findings')}?{urlencode({'subject': key})}"

    def archived(self, page_id: int | None) -> str | None:
        """The page of an archived page."""
        return None if page_id is None else self.page("evidence", page_id)
