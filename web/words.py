"""What codes are called on the pages: message ids by code."""

from typing import NamedTuple

from vocab.timeline import EventKind
from vocab.verdicts import Verdict
from web.i18n import N_


class VerdictMark(NamedTuple):
    """A verdict as people see it: a sign, a word and a class for its colour."""

    sign: str
    word: str
    style: str


VERDICTS = {
    Verdict.KEPT: VerdictMark("✓", N_("kept"), "kept"),
    Verdict.BROKEN: VerdictMark("✕", N_("not kept"), "broken"),
    Verdict.CANNOT_TELL: VerdictMark("?", N_("cannot tell"), "unsure"),
    Verdict.NOT_APPLICABLE: VerdictMark("–", N_("not applicable"), "silent"),
}

EVENT_NAMES = {
    EventKind.REGISTERED: N_("Bill registered"),
    EventKind.ANNOUNCED: N_("Sitting announced"),
    EventKind.CANCELLED: N_("Announcement taken off the site"),
    EventKind.SCHEDULED: N_("On the agenda"),
    EventKind.REGISTRATION: N_("Registration of deputies"),
    EventKind.BREAK: N_("Break"),
    EventKind.ABSENCE: N_("Named as absent"),
    EventKind.TRANSFER: N_("Vote given to another deputy"),
    EventKind.CONSIDERED: N_("Considered"),
    EventKind.PUT_TO_VOTE: N_("Put to the vote"),
    EventKind.VOTE: N_("Result of the vote"),
    EventKind.BALLOT: N_("A deputy's vote"),
    EventKind.ADOPTED: N_("Adopted"),
    EventKind.REJECTED: N_("Rejected"),
    EventKind.RETURNED: N_("Returned to the second reading"),
    EventKind.WITHDRAWN: N_("Withdrawn"),
    EventKind.COMMITTEE_DECISION: N_("Committee's decision"),
    EventKind.FACTION_OPINION: N_("Faction's opinion"),
    EventKind.EXTENSION: N_("Term extended"),
    EventKind.SENT_TO_PRESIDENT: N_("Sent to the President"),
    EventKind.SIGNED: N_("Signed"),
    EventKind.VETOED: N_("Returned by the President with objections"),
    EventKind.ENACTED: N_("In the register of acts"),
    EventKind.PRESS: N_("Press release"),
    EventKind.HEAD_COUNT: N_("Observers counted the hall"),
    EventKind.OBSERVED_ABSENT: N_("Observers: was not in the hall"),
    EventKind.OBSERVED_PRESENT: N_("Observers: was in the hall"),
    EventKind.OBSERVED_VOTE: N_("Observers counted the votes"),
    EventKind.OBSERVED_PROXY: N_("Observers: voted for another deputy"),
    EventKind.NOTE: N_("Observers' note"),
}

BILL_KINDS = {
    "law": N_("Draft law"),
    "code": N_("Draft code"),
    "constitutional_law": N_("Draft constitutional law"),
    "ratification": N_("Draft law on ratification"),
    "resolution": N_("Draft resolution"),
    "other": N_("Draft"),
}

INITIATORS = {
    "government": N_("brought in by the Government"),
    "deputies": N_("brought in by deputies"),
}

RECORD_SOURCES = {
    "agenda": N_("Agenda"),
    "protocol": N_("Protocol"),
    "vote_list": N_("List of votes"),
}

DECISION_WORDS = {
    "approve": N_("recommends to adopt"),
    "reject": N_("recommends to reject"),
}

FIGURE_NAMES = {
    "count": N_("Registered"),
    "seats": N_("Seats"),
    "quorum": N_("Quorum"),
    "needed": N_("Needed"),
    "in_favour": N_("In favour"),
    "against": N_("Against"),
    "abstained": N_("Abstained"),
    "days": N_("Days"),
    "day": N_("Day"),
    "faction": N_("Faction"),
    "registered": N_("Registered"),
    "lowest": N_("Lowest registration"),
    "below": N_("Registrations below the quorum"),
    "counted": N_("Registrations counted"),
    "absent": N_("Absent"),
    "adopted": N_("Adopted on"),
    "again": N_("Considered again on"),
    "rejected": N_("Rejected on"),
    "earliest": N_("Earliest day"),
    "allowed": N_("Allowed"),
    "ballots": N_("Recorded votes"),
    "choice": N_("Vote"),
    "closing": N_("Session ends"),
    "opening": N_("Session begins"),
    "committees": N_("Committees"),
    "committees_for": N_("Committees in favour"),
    "factions": N_("Factions"),
    "factions_for": N_("Factions in favour"),
    "deadline": N_("Last day"),
    "extended": N_("Extended"),
    "ground": N_("Ground"),
    "least": N_("At least"),
    "most": N_("At most"),
    "marked_by": N_("Named as absent by"),
    "months": N_("Months"),
    "notes": N_("Notes"),
    "outcome": N_("Outcome"),
    "person": N_("Deputy"),
    "person_id": N_("Deputy's page"),
    "readings": N_("Readings"),
    "wanted": N_("Needed"),
    "weekday": N_("Day of the week"),
    "about": N_("Vote given for"),
    "giver": N_("Vote given by"),
    "receiver": N_("Vote given to"),
    "giver_faction": N_("Faction"),
    "receiver_faction": N_("Faction of the receiver"),
    "working_days": N_("Working days"),
    "minimum": N_("At least"),
    "maximum": N_("At most"),
}
