"""What codes are called on the pages: message ids by code."""

from typing import NamedTuple

from vocab.observation import ObservationKind
from vocab.papers import Posted
from vocab.roles import Role
from vocab.timeline import EventKind
from vocab.verdicts import Review, Verdict
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
    EventKind.RETURNED: N_("Returned for further work"),
    EventKind.POSTPONED: N_("Postponed"),
    EventKind.WITHDRAWN: N_("Withdrawn"),
    EventKind.COMMITTEE_DECISION: N_("Committee's decision"),
    EventKind.FACTION_OPINION: N_("Faction's opinion"),
    EventKind.PUBLIC_DISCUSSION: N_("Public discussion"),
    EventKind.EXTENSION: N_("Term extended"),
    EventKind.SENT_TO_PRESIDENT: N_("Sent to the President"),
    EventKind.SIGNED: N_("Signed"),
    EventKind.VETOED: N_("Returned by the President with objections"),
    EventKind.ENACTED: N_("In the register of acts"),
    EventKind.PRESS: N_("A press release tells of it"),
    EventKind.HEAD_COUNT: N_("Observers counted the hall"),
    EventKind.OBSERVED_ABSENT: N_("Observers: was not in the hall"),
    EventKind.OBSERVED_PRESENT: N_("Observers: was in the hall"),
    EventKind.OBSERVED_VOTE: N_("Observers counted the votes"),
    EventKind.OBSERVED_PROXY: N_("Observers: voted for another deputy"),
    EventKind.SUBMITTED: N_("Bill handed in"),
    EventKind.RECEIVED: N_("Received"),
    EventKind.DOCUMENT: N_("Document"),
    EventKind.DOCUMENTS_COMPLETE: N_("All documents are known"),
    EventKind.PUBLISHED: N_("On the parliament's site"),
    EventKind.NOT_PUBLISHED: N_("Not yet on the parliament's site"),
    EventKind.AMENDMENTS_UNTIL: N_("Last day for amendments"),
    EventKind.HEARING_ANNOUNCED: N_("Hearings announced"),
    EventKind.HEARING: N_("Parliamentary hearings"),
    EventKind.INITIATIVE: N_("Extraordinary sitting asked for"),
    EventKind.AGENDA_VOTE: N_("Vote on the agenda"),
    EventKind.STARTED: N_("Sitting opened"),
    EventKind.ENDED: N_("Sitting closed"),
    EventKind.CLOSED: N_("Closed to the public"),
    EventKind.OVERRIDE: N_("Vote on a returned law"),
    EventKind.CONCILIATION: N_("Conciliation group"),
    EventKind.MEMBER: N_("Member"),
    EventKind.OBSERVED_REGISTRATION: N_("Observers: number announced"),
    EventKind.OBSERVED_BREAK: N_("Observers: break"),
    EventKind.PROXY_ANNOUNCED: N_("Observers: a given vote was announced"),
    EventKind.PRESENTER: N_("Observers: presented by"),
    EventKind.MATERIALS: N_("Observers: materials"),
    EventKind.AMENDMENTS_READ: N_("Observers: amendments read"),
    EventKind.QUOTE: N_("Observers: words said"),
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

INITIATOR_KINDS = {
    "government": N_("Government"),
    "deputies": N_("Deputies"),
}

POSTED_WORDS = {
    Posted.BILL: N_("the bill"),
    Posted.AGENDA: N_("the agenda"),
    Posted.MATERIALS: N_("the materials"),
    Posted.ROLL_CALL: N_("the roll call"),
    Posted.PROTOCOL: N_("the protocol"),
    Posted.TRANSCRIPT: N_("the transcript"),
    Posted.SESSION_PLAN: N_("the plan of the session"),
    Posted.MONTHLY_PLAN: N_("the plan of the month"),
    Posted.HEARING_RECORD: N_("the record of hearings"),
}

RECORD_SOURCES = {
    "agenda": N_("Agenda"),
    "protocol": N_("Protocol"),
    "vote_list": N_("List of votes"),
}

RECORD_KINDS = {
    "registry_entry": N_("Bills of the register"),
    "sitting_record": N_("Agendas, protocols and lists of votes"),
    "agenda_entry": N_("Lines of agendas and lists of votes"),
    "ballot_record": N_("Votes"),
    "press_record": N_("Press releases"),
    "deputy_record": N_("Lines of lists of deputies"),
    "act_record": N_("Acts of the law registry"),
}

DECISION_WORDS = {
    "adopt": N_("recommends to adopt"),
    "approve": N_("approves"),
    "reject": N_("recommends to reject"),
    "return": N_("recommends to return"),
    "postpone": N_("postpones"),
    "note": N_("takes note"),
    "submit": N_("submits without an opinion"),
    "considered": N_("considered, the decision is not told"),
    "working_group": N_("in a working group"),
}

RELATIONS = {
    "alternative": N_("alternative: another author, the same acts, within a month"),
    "similar": N_("similar title"),
}

FIGURE_NAMES = {
    "absent": N_("Absent"),
    "abstained": N_("Abstained"),
    "adopted": N_("Adopted on"),
    "again": N_("Considered again on"),
    "against": N_("Against"),
    "agree": N_("Within 5 %"),
    "allowed": N_("Allowed"),
    "announced": N_("Announced on"),
    "at": N_("At"),
    "at_vote": N_("At the vote"),
    "ballots": N_("Recorded votes"),
    "before_reading": N_("Before the reading"),
    "began": N_("Began at"),
    "cast": N_("Votes cast"),
    "choice": N_("Vote"),
    "closes": N_("Close by the Rules"),
    "closing": N_("Session ends"),
    "committee": N_("Committee"),
    "committees": N_("Committees"),
    "committees_for": N_("Committees in favour"),
    "counted": N_("Counted in the hall"),
    "date": N_("Day"),
    "days": N_("Days"),
    "deadline": N_("Last day"),
    "discussed": N_("Discussed on"),
    "earliest": N_("Earliest day"),
    "end": N_("Until"),
    "ended": N_("Ended at"),
    "extended_to": N_("With an extension until"),
    "faction": N_("Faction"),
    "factions": N_("Factions"),
    "factions_for": N_("Factions in favour"),
    "from": N_("From"),
    "from_reading": N_("From the reading"),
    "giver": N_("Vote given by"),
    "giver_faction": N_("Faction"),
    "ground": N_("Ground"),
    "head_counts": N_("Counts of the hall"),
    "heard": N_("Heard in the hall"),
    "hearing": N_("Hearings on"),
    "highest": N_("Highest registration"),
    "holder": N_("Vote given to"),
    "holder_faction": N_("Faction of the receiver"),
    "in_favour": N_("In favour"),
    "in_favour_heard": N_("In favour, as heard"),
    "in_hall": N_("In the hall"),
    "initiators": N_("Asked for by"),
    "lacking": N_("Not there"),
    "languages": N_("Languages"),
    "last": N_("Last registration"),
    "list_days": N_("Faction by the lists of"),
    "looked": N_("Looked for in vain on"),
    "lowest": N_("Lowest registration"),
    "members": N_("Members"),
    "missing": N_("Missing readings"),
    "months": N_("Months"),
    "most": N_("At most"),
    "names": N_("Deputies"),
    "needed": N_("Needed"),
    "needed_at_most": N_("Needed at most"),
    "notes": N_("Notes"),
    "number": N_("How many"),
    "opening": N_("Session begins"),
    "opens": N_("Opening by the Rules"),
    "papers": N_("Papers"),
    "part": N_("Term of"),
    "person": N_("Deputy"),
    "plenary": N_("Plenary began at"),
    "present": N_("Present"),
    "published": N_("Seen on the site on"),
    "quorum": N_("Quorum"),
    "ratification": N_("Ratification"),
    "reading": N_("Reading"),
    "readings": N_("Readings"),
    "registered": N_("Registered"),
    "registered_on": N_("Registered on"),
    "rejected": N_("Rejected on"),
    "roles": N_("Roles"),
    "seats": N_("Seats"),
    "sending": N_("Days to send it on"),
    "sections": N_("Sections"),
    "skipped": N_("Days not counted"),
    "start": N_("From"),
    "submitted": N_("Handed in on"),
    "to": N_("Until"),
    "to_reading": N_("To the reading"),
    "told": N_("Told by the sources"),
    "transferred": N_("Votes given to others"),
    "unit": N_("Counted in"),
    "unknown": N_("Not known"),
    "weekday": N_("Day of the week"),
    "why": N_("Why"),
    "withdrawn": N_("Withdrawn on"),
}

REVIEWS = {
    "open": N_("waiting"),
    Review.ASKED_AGAIN: N_("observers are asked again"),
    Review.CONFIRMED: N_("confirmed"),
    Review.DISMISSED: N_("dismissed"),
}

SEVERITIES = {
    "critical": N_("gravest"),
    "high": N_("grave"),
    "medium": N_("medium"),
    "low": N_("slight"),
    "info": N_("for information"),
}

NOTE_KINDS = {
    ObservationKind.STARTED: N_("Beginning"),
    ObservationKind.ENDED: N_("End"),
    ObservationKind.REGISTRATION: N_("Registration as announced"),
    ObservationKind.HEAD_COUNT: N_("Head count"),
    ObservationKind.AGENDA_VOTE: N_("Vote on the agenda"),
    ObservationKind.ABSENT: N_("Was absent"),
    ObservationKind.PRESENT: N_("Was present"),
    ObservationKind.PRESENTER: N_("Who presented"),
    ObservationKind.OPINION: N_("Opinion"),
    ObservationKind.MATERIALS: N_("Materials"),
    ObservationKind.AMENDMENTS: N_("Amendments"),
    ObservationKind.COMBINED: N_("Readings together"),
    ObservationKind.VOTE: N_("Vote"),
    ObservationKind.PROXY_ANNOUNCED: N_("Given vote, as announced"),
    ObservationKind.PROXY: N_("Voted for another"),
    ObservationKind.POSTPONED: N_("Postponed"),
    ObservationKind.BREAK: N_("Break"),
    ObservationKind.CLOSED: N_("Closed to the public"),
    ObservationKind.DOCUMENT: N_("Document"),
    ObservationKind.QUOTE: N_("Words said"),
    ObservationKind.NOTE: N_("Note"),
    ObservationKind.PHOTO: N_("Photo"),
    ObservationKind.INTERVIEW: N_("Interview"),
    ObservationKind.VIDEO: N_("Video"),
}

ROLES = {
    Role.OBSERVER: N_("Observer"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.LAWYER: N_("Lawyer"),
    Role.EDITOR: N_("Editor"),
    Role.RESEARCHER: N_("Researcher"),
    Role.ADMIN: N_("Administrator"),
}
