"""What a worker writes between two waves: what came of the last one, and what the next one begins."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from publish.channels.protocol import Outcome, Sending, Sent
from publish.outbox.claiming import begin, latest_moment, look_again, row_of
from publish.outbox.judging import Seen, Tried, after_try, before_try, may_find, with_part
from publish.outbox.outside import Outside, account_of, picture_of, sending_of
from publish.outbox.steps import Note, keep_steps, move, step
from publish.outbox.switching import Holds, hold, holds, release
from publish.outbox.waiting import may_repeat
from vocab.posts import DeliveryState

State = DeliveryState
LATE = "a worker that had lost its lease knows that the channel has it"
_TAKES_LATE = frozenset({State.UNKNOWN, State.APPROVED, State.FAILED, State.DEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A part that may go out: that it began is written. `row` is the delivery since then.

    `repeated`: an earlier try of the same part may have reached the channel.
    """

    row: Mapping[str, Any]
    sending: Sending
    repeated: bool


@dataclass(kw_only=True)
class Wave:
    """One transaction of a worker; `counts` are the deliveries that came into each state."""

    conn: Connection
    outside: Outside
    token: str
    now: datetime
    counts: Counter[DeliveryState] = field(default_factory=Counter)

    def record(self, begun: Begun, outcome: Outcome) -> bool:
        """Write down what came of a part. True: other parts of the thread are left, and the worker goes on with it.

        Who lost the lease changes nothing; that the channel has it is kept all the same.
        """
        account = account_of(begun.row)
        can_find = may_find(self.outside.abilities[account[0]])
        tried = Tried(row=begun.row, repeated=begun.repeated, can_find=can_find, now=self.now, chance=random.random())
        ruling = after_try(outcome, tried)
        if ruling.hold_until:
            hold(self.conn, account, ruling.hold_until, ruling.cause, self.now)
        elif isinstance(outcome, Sent) and holds(self.conn).has_waited(account):
            release(self.conn, account, self.now)
        if not move(self.conn, begun.row, ruling.after, Note(at=self.now, cause=ruling.cause), ruling.values):
            if isinstance(outcome, Sent):
                self._keep_late(begun, outcome)
            return False
        self.counts[ruling.after] += ruling.after is not State.CLAIMED
        return ruling.after is State.CLAIMED

    def begin(self, numbers: Sequence[int]) -> list[Begun]:
        """Look at each once more, and begin those that may go out."""
        held = holds(self.conn)
        looked = [self._begin(row, held) for row in look_again(self.conn, numbers, self.token)]
        return [one for one in looked if one]

    def _begin(self, row: Mapping[str, Any], held: Holds) -> Begun | None:
        to = row["recipient"]
        subscriber = self.outside.subscriber_of(self.conn, to) if to else None
        picture = picture_of(self.outside, row)
        seen = Seen(
            row=row,
            held=held.holds(account_of(row), self.now),
            gone=bool(to) and subscriber is None,
            lacks_picture=picture is None,
            repeatable=row["started_at"] is not None and self._may_repeat(row),
        )
        ruling = before_try(seen, self.now)
        if ruling:
            move(self.conn, row, ruling.after, Note(at=self.now, cause=ruling.cause), ruling.values)
            self.counts[ruling.after] += 1
            return None
        sending = sending_of(row, picture, subscriber)
        return Begun(row=begin(self.conn, row, self.now), sending=sending, repeated=row["started_at"] is not None)

    def _may_repeat(self, row: Mapping[str, Any]) -> bool:
        abilities = self.outside.abilities[account_of(row)[0]]
        return may_repeat(abilities, row["started_at"], self.now, latest_moment(self.conn))

    def _keep_late(self, begun: Begun, outcome: Sent) -> None:
        """Somebody took the delivery over. Where nobody sends it just now, what is known for sure settles it."""
        row = row_of(self.conn, begun.row["id"])
        state, note = State(row["state"]), Note(at=self.now, cause=f"{LATE}: {outcome.remote.url}")
        if state not in _TAKES_LATE or len(row["sent"]) != len(begun.row["sent"]):
            keep_steps(self.conn, [step(row["id"], state.value, state.value, note)])
            return
        ruling = with_part(row, outcome.remote, self.now, State.APPROVED if state is State.UNKNOWN else state)
        due = {"due_at": self.now} if state is State.UNKNOWN and ruling.after is State.APPROVED else {}
        move(self.conn, row, ruling.after, note, {**ruling.values, **due})
        self.counts[ruling.after] += 1
