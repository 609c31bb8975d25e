"""Which files there are, each in every language: of all, findings, corrections, posts, each bill, committee, person."""

from dataclasses import dataclass

from publish.wording import feed_title
from vocab.body_names import committee_name

WHOLE = "all"
FINDINGS = "findings"
CORRECTIONS = "corrections"
POSTS = "posts"
"""What the editors posted, as it was posted: see `publish.channels.feeds_channel`."""
PER_DOSSIER = ("bill", "committee", "person")
LISTS = {"bill": "bills", "committee": "committees", "person": "persons"}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Outlet:
    """One feed: what it is about."""

    about: str
    id: str = ""

    def path(self, lang: str) -> str:
        """Its file in a language, below the published folder and without an ending: `feeds/ky/bill/<id>`."""
        return f"feeds/{lang}/{self.about}/{self.id}" if self.id else f"feeds/{lang}/{self.about}"

    def title(self, dossier_title: str, lang: str) -> str:
        """What the feed is called."""
        title = committee_name(dossier_title, lang) if self.about == "committee" else dossier_title
        return feed_title(self.about, lang, title=title)

    def page(self, public_url: str, lang: str) -> str:
        """The page that the feed belongs to, in its language."""
        home = f"{public_url}/{lang}"
        if self.about in {WHOLE, POSTS}:
            return f"{home}/"
        return f"{home}/{LISTS.get(self.about, self.about)}/{self.id}".rstrip("/")


def search_path(lang: str, key: str) -> str:
    """The feed of a followed list in a language, below the published folder and without an ending."""
    return f"feeds/{lang}/search/{key}"


def search_calendar_path(lang: str, key: str) -> str:
    """The calendar of a followed list in a language."""
    return f"calendar/{lang}/search/{key}.ics"


def bill_calendar_path(lang: str, key: str) -> str:
    """The calendar of a bill in a language: the sittings on whose agenda it stands. Made when it is asked for."""
    return f"calendar/{lang}/bill/{key}.ics"


def calendar_path(lang: str, committee: str | None = None) -> str:
    """The file of a committee's calendar in a language, or of that of all sittings."""
    return f"calendar/{lang}/committee/{committee}.ics" if committee else f"calendar/{lang}/sittings.ics"
