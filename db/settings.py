"""Where the data lives."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSettings:
    """`home` holds database, archive and published files; `database_url` may point elsewhere."""

    home: Path
    database_url: str

    @property
    def archive_dir(self) -> Path:
        """The WARC files."""
        return self.home / "archive"

    @property
    def public_dir(self) -> Path:
        """The published feeds and calendars."""
        return self.home / "public"

    @property
    def cards_dir(self) -> Path:
        """The pictures that go out with posts."""
        return self.home / "cards"

    @property
    def uploads_dir(self) -> Path:
        """The observers' pictures: nobody but this program reads them."""
        return self.home / "uploads"


def home_settings(home: Path) -> HomeSettings:
    """A home with its own SQLite file."""
    return HomeSettings(home=home, database_url=f"sqlite:///{(home / 'baikoo.sqlite').absolute()}")


def load_settings(environ: Mapping[str, str] | None = None) -> HomeSettings:
    """Read BAIKOO_HOME (default ./data) and BAIKOO_DATABASE_URL (default: a SQLite file in the home)."""
    values = os.environ if environ is None else environ
    settings = home_settings(Path(values.get("BAIKOO_HOME") or "data").expanduser())
    url = values.get("BAIKOO_DATABASE_URL")
    return HomeSettings(home=settings.home, database_url=url) if url else settings
