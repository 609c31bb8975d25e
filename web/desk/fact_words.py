"""What the fields, values and faults of stated facts are called: message ids by code."""

from collections.abc import Mapping

from tracker.fact_reading import FactFault
from vocab.facts import Field
from web.i18n import N_
from web.words import DECISION_WORDS, POSTED_WORDS

FIELD_NAMES: Mapping[str, str] = {
    Field.WHAT: N_("What exactly"),
    Field.CHOICE: N_("How it came out"),
    Field.READINGS: N_("Readings"),
    Field.COUNT: N_("How many deputies"),
    Field.IN_FAVOUR: N_("In favour"),
    Field.AGAINST: N_("Against"),
    Field.ABSTAINED: N_("Abstained"),
    Field.LANGUAGE: N_("Language"),
    Field.COMMITTEE: N_("Committee, as agendas write it"),
    Field.FACTION: N_("Faction"),
    Field.GROUND: N_("Ground"),
    "day": N_("Day"),
    "source": N_("Source"),
    "kind": N_("What happened"),
}

VALUES: Mapping[str, str] = {
    **DECISION_WORDS,
    **{posted.value: words for posted, words in POSTED_WORDS.items()},
    "committee": N_("the committee"),
    "experts": N_("the expert services"),
    "president": N_("the President"),
    "vetoed_law": N_("the parliament: a law with the President's objections"),
    "library": N_("the library: the transcript"),
    "toraga": N_("the Toraga"),
    "deputies": N_("deputies"),
    "other": N_("somebody else"),
    "formed": N_("it was formed"),
    "decided": N_("it decided"),
    "unanimous": N_("unanimously"),
    "divided": N_("not unanimously"),
    "overridden": N_("the objections were overridden"),
    "upheld": N_("the objections were upheld"),
    "by_committee": N_("by a decision of the committee"),
    "by_plenary": N_("without a decision of the committee"),
    "positive": N_("in favour"),
    "negative": N_("not in favour"),
    "same": N_("the same text as in the reading before"),
    "editorial": N_("only editorial changes"),
    "changed": N_("the text was changed"),
    "complete_record": N_("our record of this bill is complete"),
    "combined": N_("readings were taken together"),
    "ky": N_("in Kyrgyz"),
    "ru": N_("in Russian"),
}

FAULTS: Mapping[FactFault, str] = {
    FactFault.UNKNOWN_KIND: N_("Choose what happened."),
    FactFault.NOT_A_DAY: N_("Give the day."),
    FactFault.DAY_AHEAD: N_("This day lies ahead: state what has happened."),
    FactFault.NO_SOURCE: N_("Name the source: a link, or words by which another person finds the paper."),
    FactFault.TOO_LONG: N_("This is too long."),
    FactFault.MISSING: N_("This is needed."),
    FactFault.NOT_A_NUMBER: N_("A whole number up to 1000 is needed."),
    FactFault.NOT_READINGS: N_("Choose the readings."),
    FactFault.NOT_ONE_OF: N_("Choose one of the list."),
    FactFault.DOES_NOT_FIT: N_("This does not fit the other fields."),
    FactFault.NOT_OF_THIS_KIND: N_("This field does not belong here."),
}
