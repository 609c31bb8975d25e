"""The feeds of posts as a channel: what was sent here stands in `/feeds/<language>/posts.atom` and `.rss`.

Nothing goes over a network. A post that is *sent* is an entry, whenever the files are written (`publish.run`); so
sending it again changes nothing, and what is edited or deleted in the outbox changes in the feed.
"""

from datetime import UTC, datetime
from pathlib import Path

from db.settings import load_settings
from publish.channels.protocol import Checked, Found, Outcome, Remote, Sending, Sent
from publish.channels.registry import Environ
from publish.outlets import POSTS, Outlet
from publish.settings import load_public_settings
from vocab.posts import ChannelName


def open_account(environ: Environ, lang: str) -> "FeedOfPosts":
    """The feed of one language: it needs no credentials."""
    folder, public_url = load_settings(environ).public_dir, load_public_settings(environ).public_url
    path = f"{Outlet(about=POSTS).path(lang)}.atom"
    return FeedOfPosts(folder / path, f"{public_url}/{path}")


class FeedOfPosts:
    """One feed: its file, and the address under which people read it."""

    name = ChannelName.FEEDS

    def __init__(self, file: Path, address: str) -> None:
        self._file, self._address = file, address

    def check(self) -> Checked:
        """See `Channel`: where the feed is, and when it was written last."""
        try:
            written = datetime.fromtimestamp(self._file.stat().st_mtime, UTC)
        except FileNotFoundError:
            return Checked(account=f"{self._address}, not written yet: `baikoo publish` writes it")
        except OSError as error:
            return Checked(fault=f"{self._file}: {error.strerror}")
        return Checked(account=f"{self._address}, written {written:%Y-%m-%d %H:%M} UTC")

    def send(self, sending: Sending, now: datetime) -> Outcome:  # noqa: ARG002 - it is always done
        """See `Channel`."""
        return Sent(remote=Remote(id=sending.key, url=self._address))

    def find(self, sending: Sending, since: datetime) -> Found:  # noqa: ARG002 - it is always there
        """See `Channel`."""
        return Sent(remote=Remote(id=sending.key, url=self._address))

    def edit(self, remote: Remote, sending: Sending) -> Outcome:  # noqa: ARG002 - it is always done
        """See `Channel`."""
        return Sent(remote=remote)

    def delete(self, remote: Remote) -> Outcome:
        """See `Channel`."""
        return Sent(remote=remote)
