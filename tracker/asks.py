"""What a check could not tell → the kinds of notes by which somebody in the room can tell it.

A line a check and reason, for every reason of *cannot tell* that a note can end. What only papers of the past or the
site can tell is not asked. With the line goes nothing else: the words stand in `web/observe/words.py`, by kind.
"""

from collections.abc import Mapping

from vocab.observation import ObservationKind as Kind

ASKS: Mapping[tuple[str, str], tuple[Kind, ...]] = {
    ("R01", "outcome_unknown"): (Kind.VOTE,),
    ("R01", "vote_unknown"): (Kind.VOTE,),
    ("R02", "committee_unknown"): (Kind.OPINION,),
    ("R02", "factions_unknown"): (Kind.OPINION,),
    ("R02", "ground_unknown"): (Kind.COMBINED, Kind.OPINION),  # who named a ground is asked for the opinions next
    ("R02", "outcome_unknown"): (Kind.VOTE, Kind.COMBINED, Kind.OPINION),
    ("R03", "outcome_unknown"): (Kind.VOTE,),
    ("R04", "outcome_unknown"): (Kind.VOTE,),
    ("R05", "conclusion_unknown"): (Kind.OPINION,),
    ("R08", "day_unknown"): (Kind.DOCUMENT,),
    ("R08", "unknown"): (Kind.OPINION, Kind.MATERIALS, Kind.DOCUMENT),
    ("R09", "day_unknown"): (Kind.DOCUMENT,),
    ("R09", "unknown"): (Kind.OPINION, Kind.MATERIALS, Kind.DOCUMENT),
    ("R10", "day_unknown"): (Kind.DOCUMENT,),
    ("R10", "end_unknown"): (Kind.DOCUMENT,),
    ("R14", "note_unknown"): (Kind.DOCUMENT,),
    ("R15", "unknown"): (Kind.MATERIALS, Kind.DOCUMENT),
    ("R16", "topic_unknown"): (Kind.DOCUMENT,),
    ("R16", "unknown"): (Kind.MATERIALS, Kind.DOCUMENT),
    ("R17", "not_known"): (Kind.DOCUMENT,),
    ("R21", "texts_not_compared"): (Kind.AMENDMENTS,),
    ("R23", "last_registration_below"): (Kind.HEAD_COUNT, Kind.VOTE),
    ("R23", "never_reached"): (Kind.HEAD_COUNT, Kind.VOTE),
    ("R23", "no_registration"): (Kind.REGISTRATION, Kind.HEAD_COUNT),
    ("R23", "only_counted"): (Kind.REGISTRATION,),
    ("R24", "below"): (Kind.HEAD_COUNT, Kind.VOTE),
    ("R24", "nobody_counted"): (Kind.HEAD_COUNT,),
    ("R25", "figures_disagree"): (Kind.VOTE,),
    ("R25", "no_figures"): (Kind.VOTE,),
    ("R25", "outcome_unknown"): (Kind.VOTE,),
    ("R27", "proxy_seen_writing_unknown"): (Kind.PROXY_ANNOUNCED,),
    ("R29", "absent_unknown"): (Kind.ABSENT, Kind.PROXY),
    ("R37", "committee_unknown"): (Kind.POSTPONED,),
    ("R37", "figures_disagree"): (Kind.AGENDA_VOTE,),
    ("R37", "figures_unknown"): (Kind.AGENDA_VOTE,),
    ("R37", "vote_unknown"): (Kind.AGENDA_VOTE,),
    ("R38", "outcome_unknown"): (Kind.VOTE,),
    ("R40", "costs_unknown"): (Kind.OPINION, Kind.DOCUMENT),
    ("R40", "day_unknown"): (Kind.DOCUMENT,),
    ("R40", "unknown"): (Kind.OPINION, Kind.DOCUMENT),
    ("R46", "day_unknown"): (Kind.DOCUMENT,),
    ("R46", "end_unknown"): (Kind.DOCUMENT,),
    ("R47", "not_noted"): (Kind.PRESENTER,),
    ("R47", "role_unknown"): (Kind.PRESENTER,),
    ("D01", "nobody_counted"): (Kind.HEAD_COUNT,),
    ("D02", "no_figures"): (Kind.VOTE,),
}
