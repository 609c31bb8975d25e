"""Readings and stages of a draft law: the order, and which stage may lawfully follow which."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a draft stands. Rules of Procedure of 20.10.2022, chapters 6 and 7 (articles 46–60)."""

    REGISTERED = "registered"
    IN_COMMITTEE = "in_committee"
    FIRST_READING = "first_reading"
    SECOND_READING = "second_reading"
    THIRD_READING = "third_reading"
    SENT_TO_PRESIDENT = "sent_to_president"
    VETOED = "vetoed"
    SIGNED = "signed"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


LAST_READING = 3
"""The reading in which a law is adopted (art. 53 p. 3)."""

READING_STAGES: dict[int, Stage] = {1: Stage.FIRST_READING, 2: Stage.SECOND_READING, 3: Stage.THIRD_READING}

SUCCESSORS: dict[Stage, frozenset[Stage]] = {
    # art. 47: registration, then the committee named by the Toraga
    Stage.REGISTERED: frozenset({Stage.IN_COMMITTEE, Stage.FIRST_READING, Stage.WITHDRAWN, Stage.REJECTED}),
    # art. 50: preliminary review; art. 47 p. 5: withdrawal
    Stage.IN_COMMITTEE: frozenset({Stage.FIRST_READING, Stage.WITHDRAWN, Stage.REJECTED}),
    # art. 53 p. 3 and 13: three readings, which may be taken together
    Stage.FIRST_READING: frozenset({Stage.SECOND_READING, Stage.REJECTED, Stage.WITHDRAWN}),
    Stage.SECOND_READING: frozenset({Stage.THIRD_READING, Stage.REJECTED}),
    # art. 55 p. 7, art. 57: one return to the second reading
    Stage.THIRD_READING: frozenset({Stage.SENT_TO_PRESIDENT, Stage.SECOND_READING, Stage.REJECTED}),
    # art. 58 p. 6: signed or returned with objections
    Stage.SENT_TO_PRESIDENT: frozenset({Stage.SIGNED, Stage.VETOED}),
    # art. 59 p. 5: overridden, changed through a conciliation group (a new vote), or dropped
    Stage.VETOED: frozenset({Stage.SENT_TO_PRESIDENT, Stage.SIGNED, Stage.THIRD_READING, Stage.REJECTED}),
    Stage.SIGNED: frozenset({Stage.PUBLISHED}),
    Stage.PUBLISHED: frozenset(),
    # art. 53 p. 15: a rejected draft may come back after six months
    Stage.REJECTED: frozenset({Stage.FIRST_READING, Stage.IN_COMMITTEE}),
    Stage.WITHDRAWN: frozenset(),
}


def may_follow(earlier: Stage, later: Stage) -> bool:
    """True when `later` is a lawful next stage after `earlier`; the same stage twice is lawful (a second sitting)."""
    return earlier is later or later in SUCCESSORS[earlier]
