"""What the fake channel may be able to do, by name."""

from dataclasses import replace
from datetime import timedelta

from publish.channels.protocol import Abilities
from publish.message import plain

KEYLESS = Abilities(limit=500, measure=lambda part: len(plain(part)), most_parts=9)
"""It can neither be asked nor knows our keys."""
ASKABLE = replace(KEYLESS, can_ask=True)
KEYED = replace(ASKABLE, repeat_is_safe_for=timedelta(hours=1))
DEAF = replace(KEYED, can_ask=False)
"""It knows our keys, and tells nobody what it has."""

ABLE = {"keyless": KEYLESS, "askable": ASKABLE, "keyed": KEYED, "deaf": DEAF}
