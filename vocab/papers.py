"""The papers of a bill and the things a parliament publishes: the values of `Event.what` for both."""

from enum import StrEnum


class Paper(StrEnum):
    """A document that belongs to a bill (art. 46 p. 1, art. 49, art. 50 p. 6–8)."""

    TEXT = "text"
    COVER_LETTER = "cover_letter"
    EXPLANATORY_NOTE = "explanatory_note"
    COMPARATIVE_TABLE = "comparative_table"
    IMPACT_ANALYSIS = "impact_analysis"
    GOVERNMENT_OPINION = "government_opinion"
    COURT_OPINION = "court_opinion"  # of the Constitutional Court (art. 63)
    LEGAL = "legal"
    HUMAN_RIGHTS = "human_rights"
    GENDER = "gender"
    ENVIRONMENTAL = "environmental"
    ANTICORRUPTION = "anticorruption"
    LINGUISTIC = "linguistic"
    COMMITTEE_CONCLUSION = "committee_conclusion"
    AMENDMENTS_TABLE = "amendments_table"
    OTHER = "other"


EXPERTISES = frozenset({Paper.LEGAL, Paper.HUMAN_RIGHTS, Paper.GENDER, Paper.ENVIRONMENTAL, Paper.ANTICORRUPTION})
"""The five expert conclusions of art. 49 p. 1."""


class Posted(StrEnum):
    """What has to stand on the parliament's site, each by its own term."""

    BILL = "bill"
    AGENDA = "agenda"
    MATERIALS = "materials"
    ROLL_CALL = "roll_call"
    PROTOCOL = "protocol"
    TRANSCRIPT = "transcript"
    SESSION_PLAN = "session_plan"
    MONTHLY_PLAN = "monthly_plan"
    HEARING_RECORD = "hearing_record"
