"""All checks: a line each. A check is a pure function over a timeline and the rules in force on its days."""

from tracker.checks.absences import AbsentVoted, absent_but_voted
from tracker.checks.agenda import AgendaMajority, Postponements, agenda_majority, agenda_postponements
from tracker.checks.amendments import AmendmentTime, amendment_time
from tracker.checks.bills import BillCheck
from tracker.checks.bodies import BodyCheck
from tracker.checks.committee import (
    CommentWindow,
    FirstReview,
    SecondReview,
    SignedConclusion,
    comment_window,
    conclusion_signed,
    first_review_deadline,
    second_review_deadline,
)
from tracker.checks.committee_days import CommitteeDay, committee_days
from tracker.checks.committee_sittings import CommitteeQuorum, committee_quorum
from tracker.checks.composition import Composition, committee_composition
from tracker.checks.constitution import Amendment, constitution_amendment
from tracker.checks.costs import CostOpinion, cost_opinion
from tracker.checks.discrepancies import VotesAboveCount, votes_above_count
from tracker.checks.discussion import PublicDiscussion, public_discussion
from tracker.checks.expertises import (
    ExpertConclusions,
    ExpertDeadlines,
    FiveExpertises,
    committee_needs_conclusions,
    expert_deadlines,
    five_expertises,
)
from tracker.checks.extraordinary import ExtraordinarySitting, extraordinary_notice
from tracker.checks.handed_in import (
    BothLanguages,
    ComparativeTable,
    ExplanatoryNote,
    ImpactAnalysis,
    both_languages,
    comparative_table,
    explanatory_note_contents,
    impact_analysis,
)
from tracker.checks.heard import HeardAndRecorded, heard_and_recorded
from tracker.checks.hearings import Hearings, hearing_records, mandatory_hearings
from tracker.checks.hours import Hours, sitting_hours
from tracker.checks.intervals import LongestInterval, ShortestInterval, longest_interval, shortest_interval
from tracker.checks.notices import AccessRequest, access_request, bill_online, committee_agenda
from tracker.checks.overdue import Overdue, overdue_for_rejection
from tracker.checks.plans import WorkPlans, work_plans
from tracker.checks.posting import Posting
from tracker.checks.presenters import Presenter, presenter
from tracker.checks.quorum import Quorum, plenary_quorum
from tracker.checks.readings import CombinedReadings, ThreeReadings, combined_readings, three_readings
from tracker.checks.records import SittingRecord, roll_call_online, sitting_record
from tracker.checks.registration import Registration, registration
from tracker.checks.rejection import Cooldown, cooldown_after_rejection
from tracker.checks.returns import Returns, ThirdReading, single_return, third_reading
from tracker.checks.session import PlenaryDay, SessionBounds, plenary_days, session_bounds
from tracker.checks.signature import Sending, sending_and_signing
from tracker.checks.sittings import CommitteeCheck, PlenaryCheck, SittingCheck
from tracker.checks.steps import LawCheck
from tracker.checks.transfers import PersonalVoting, WithinFaction, personal_voting, proxy_within_faction
from tracker.checks.veto import Override, VetoTerms, veto_override, veto_terms
from tracker.checks.vote_days import VoteDay, vote_right_after
from tracker.checks.votes import Majority, law_majority
from tracker.checks.withdrawal import Withdrawal, withdrawal_window
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings
from vocab.timeline import Timeline

Check = LawCheck | BillCheck | SittingCheck | BodyCheck

CHECKS: tuple[Check, ...] = (
    LawCheck("R01", three_readings, ThreeReadings),
    LawCheck("R02", combined_readings, CombinedReadings),
    LawCheck("R03", shortest_interval, ShortestInterval),
    LawCheck("R04", longest_interval, LongestInterval),
    LawCheck("R05", overdue_for_rejection, Overdue),
    LawCheck("R06", bill_online, Posting),
    CommitteeCheck("R07", committee_agenda, Posting),
    BillCheck("R08", committee_needs_conclusions, ExpertConclusions),
    LawCheck("R09", five_expertises, FiveExpertises),
    BillCheck("R10", expert_deadlines, ExpertDeadlines),
    BillCheck("R11", first_review_deadline, FirstReview),
    BillCheck("R12", registration, Registration),
    BillCheck("R13", comment_window, CommentWindow),
    BillCheck("R14", explanatory_note_contents, ExplanatoryNote),
    BillCheck("R15", comparative_table, ComparativeTable),
    BillCheck("R16", impact_analysis, ImpactAnalysis),
    BillCheck("R17", both_languages, BothLanguages),
    LawCheck("R18", public_discussion, PublicDiscussion),
    BillCheck("R19", amendment_time, AmendmentTime),
    BillCheck("R20", second_review_deadline, SecondReview),
    LawCheck("R21", third_reading, ThirdReading),
    BillCheck("R22", single_return, Returns),
    PlenaryCheck("R23", plenary_quorum, Quorum),
    CommitteeCheck("R24", committee_quorum, CommitteeQuorum),
    LawCheck("R25", law_majority, Majority),
    BillCheck("R26", veto_override, Override),
    PlenaryCheck("R27", personal_voting, PersonalVoting),
    PlenaryCheck("R28", proxy_within_faction, WithinFaction),
    PlenaryCheck("R29", absent_but_voted, AbsentVoted),
    LawCheck("R30", vote_right_after, VoteDay),
    PlenaryCheck("R31", roll_call_online, Posting),
    PlenaryCheck("R32", sitting_record, SittingRecord),
    PlenaryCheck("R33", plenary_days, PlenaryDay),
    PlenaryCheck("R33", sitting_hours, Hours),
    CommitteeCheck("R34", committee_days, CommitteeDay),
    PlenaryCheck("R35", session_bounds, SessionBounds),
    PlenaryCheck("R36", extraordinary_notice, ExtraordinarySitting),
    PlenaryCheck("R37", agenda_majority, AgendaMajority),
    BillCheck("R37", agenda_postponements, Postponements),
    LawCheck("R38", cooldown_after_rejection, Cooldown),
    BillCheck("R39", mandatory_hearings, Hearings),
    LawCheck("R40", cost_opinion, CostOpinion),
    BillCheck("R41", sending_and_signing, Sending),
    BillCheck("R42", veto_terms, VetoTerms),
    BodyCheck("R43", committee_composition, Composition),
    LawCheck("R44", constitution_amendment, Amendment),
    BodyCheck("R45", work_plans, WorkPlans),
    BillCheck("R46", conclusion_signed, SignedConclusion),
    LawCheck("R47", presenter, Presenter),
    BillCheck("R48", withdrawal_window, Withdrawal),
    BillCheck("R49", hearing_records, Posting),
    SittingCheck("R50", access_request, AccessRequest),
    PlenaryCheck("D01", votes_above_count, VotesAboveCount),
    PlenaryCheck("D02", heard_and_recorded, HeardAndRecorded),
)


def judge_all(timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """What every check of this kind of subject says of a timeline."""
    kind = timeline.subject.kind
    return tuple(one for check in CHECKS if check.subject is kind for one in check.judge(timeline, rules, around))
