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
    ("R23", "last_registration_below"): (Kind.HEAD_COUNT, Kind.VOTE),
    ("R23", "never_reached"): (Kind.HEAD_COUNT, Kind.VOTE),
    ("R23", "no_registration"): (Kind.REGISTRATION, Kind.HEAD_COUNT),
    ("R23", "only_counted"): (Kind.REGISTRATION,),
    ("R25", "figures_disagree"): (Kind.VOTE,),
    ("R25", "no_figures"): (Kind.VOTE,),
    ("R25", "outcome_unknown"): (Kind.VOTE,),
    ("R27", "proxy_seen_writing_unknown"): (Kind.PROXY_ANNOUNCED,),
    ("R29", "absent_unknown"): (Kind.ABSENT, Kind.PROXY),
    ("R38", "outcome_unknown"): (Kind.VOTE,),
    ("R40", "costs_unknown"): (Kind.OPINION, Kind.DOCUMENT),
    ("R40", "day_unknown"): (Kind.DOCUMENT,),
    ("R40", "unknown"): (Kind.OPINION, Kind.DOCUMENT),
    ("R46", "day_unknown"): (Kind.DOCUMENT,),
    ("R46", "end_unknown"): (Kind.DOCUMENT,),
    ("R47", "not_noted"): (Kind.PRESENTER,),
    ("R47", "role_unknown"): (Kind.PRESENTER,),
}
