"""Which files there are: the feeds of all, of findings, and of every bill, committee and person."""

from dataclasses import dataclass

from publish.wording import feed_title

WHOLE = "all"
FINDINGS = "findings"
PER_DOSSIER = ("bill", "committee", "person")
LISTS = {"bill": "bills", "committee": "sittings", "person": "persons"}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Outlet:
    """One feed: what it is about, and its file below the published folder, without an ending."""

    about: str
    id: str = ""

    @property
    def path(self) -> str:
        """`feeds/all`, `feeds/bill/<id>`."""
        return f"feeds/{self.about}/{self.id}" if self.id else f"feeds/{self.about}"

    def title(self, dossier_title: str) -> str:
        """What the feed is called."""
        return feed_title(self.about, title=dossier_title)

    def page(self, public_url: str) -> str:
        """The page that the feed belongs to."""
        if self.about == WHOLE:
            return f"{public_url}/"
        if self.about == "committee":
            return f"{public_url}/sittings?committee={self.id}"
        return f"{public_url}/{LISTS.get(self.about, self.about)}/{self.id}".rstrip("/")
