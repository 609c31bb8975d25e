"""How often one may ask for letters, from one place and to one address. Only keyed hashes are counted, for a day."""

from datetime import datetime

from sqlalchemy import Engine

from db.brakes import Limit, take
from publish.alerts.tokens import contact_hash
from vocab.posts import ChannelName
from web.accounts.entering import address_key

FREE = 15
"""So many requests from one internet address, then each waits."""
FREE_LETTERS = 5
"""So many letters that ask one address to confirm, then none for a while; the page says the same."""


def may_ask(engine: Engine, address: str | None, now: datetime) -> datetime | None:
    """Count a request; the moment to wait for where an internet address sends too many."""
    with engine.begin() as conn:
        return take(conn, Limit(key=f"subscribe:{address_key(address)}", free=FREE), now=now)


def may_write_to(engine: Engine, contact: str, key: bytes, now: datetime) -> bool:
    """Count a letter; False where so many went to this address that the next has to wait: nobody is flooded by us."""
    name, _, host = contact.partition("@")
    mailbox = f"{name.partition('+')[0]}@{host}"  # name+anything@ comes to the same person nearly everywhere
    hashed = contact_hash(key, ChannelName.EMAIL, mailbox)
    with engine.begin() as conn:
        return take(conn, Limit(key=f"subscribe-to:{hashed[:32]}", free=FREE_LETTERS), now=now) is None
