"""Who gets a letter: looked up at the moment it goes out, with the links that are theirs alone."""

from sqlalchemy import Connection

from publish.alerts.letters import footer
from publish.alerts.subscribing import Subscribed, contact_of, find
from publish.alerts.tokens import token_of
from publish.outbox.outside import FindSubscriber, Subscriber
from vocab.posts import ChannelName


def addressees(key: bytes, public_url: str) -> FindSubscriber:
    """How the outbox finds out whom it knows by a number: None for who left, or never confirmed in time."""

    def subscriber_of(conn: Connection, number: str) -> Subscriber | None:
        return _addressee(conn, number, key, public_url)

    return subscriber_of


def _addressee(conn: Connection, number: str, key: bytes, public_url: str) -> Subscriber | None:
    one = find(conn, int(number))
    contact = contact_of(conn, one.id, key) if one else None
    if one is None or contact is None:
        return None
    if one.wish.channel is ChannelName.TELEGRAM:
        return Subscriber(address=contact)
    addresses = links(one, key, public_url)
    headers = {"List-Unsubscribe": f"<{addresses['end']}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return Subscriber(address=contact, headers=headers, footer=footer(one.state, addresses, one.wish.lang))


def links(one: Subscribed, key: bytes, public_url: str) -> dict[str, str]:
    """The pages that the token of a subscription opens: `confirm`, `manage`, `end` (RFC 8058: one click ends it)."""
    token, pages = token_of(key, one.salt), f"{public_url}/{one.wish.lang}/follow"
    return {
        "confirm": f"{pages}/confirm?token={token}",
        "manage": f"{pages}/mine?token={token}",
        "end": f"{pages}/end?token={token}",
    }
