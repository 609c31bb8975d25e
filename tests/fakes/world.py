"""All outside services at once, and the settings that point Baikoo at them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

from tests.fakes.bluesky import start_bluesky
from tests.fakes.facebook import start_facebook
from tests.fakes.mailbox import start_mailbox
from tests.fakes.mastodon import start_mastodon
from tests.fakes.server import Fake
from tests.fakes.telegram import start_telegram
from tests.fakes.x import start_x
from vocab.posts import ChannelName

_STARTS: Mapping[ChannelName, Callable[[], AbstractContextManager[Fake]]] = {
    ChannelName.TELEGRAM: start_telegram,
    ChannelName.FACEBOOK: start_facebook,
    ChannelName.X: start_x,
    ChannelName.MASTODON: start_mastodon,
    ChannelName.BLUESKY: start_bluesky,
    ChannelName.EMAIL: start_mailbox,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The services by channel; `settings` are for the environment."""

    fakes: Mapping[ChannelName, Fake]
    settings: Mapping[str, str]


@contextmanager
def start_world(*names: ChannelName) -> Iterator[World]:
    """Run the services of these channels, of all without a name."""
    with ExitStack() as stack:
        fakes: dict[ChannelName, Fake] = {
            name: stack.enter_context(start()) for name, start in _STARTS.items() if not names or name in names
        }
        settings = {name: value for fake in fakes.values() for name, value in fake.settings().items()}
        yield World(fakes=fakes, settings=settings)
