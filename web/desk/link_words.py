"""What the codes of links are called on the desk."""

from web.i18n import N_

METHODS = {
    "number": N_("by the number"),
    "resolution": N_("by the Government's resolution"),
    "title_initiators": N_("by title and initiators"),
    "title": N_("by the title"),
    "similar": N_("by likeness of words"),
    "conflict": N_("its keys lead to different bills"),
    "ambiguous": N_("several fit"),
    "unknown": N_("none is known"),
    "decided": N_("a person decided"),
    "name": N_("by the name"),
    "slip": N_("by a name with a slip of the pen"),
}

RECORD_TYPES = {
    "registry_entry": N_("Register of bills"),
    "agenda_entry": N_("Agenda item"),
    "press_record": N_("Press release"),
    "act_record": N_("Register of acts"),
    "sitting_record": N_("Sitting"),
    "deputy_record": N_("List of deputies"),
    "ballot_record": N_("Result of the vote"),
    "bill": N_("Bill"),
}

PLACES = {
    "absence": N_("named as absent"),
    "transfer": N_("was given a vote"),
    "initiator": N_("named as initiator"),
    "event": N_("told in the release"),
}
"""What a name or a draft does at its place: the part of `Link.place` before the colon."""

CHANGES = {
    "moved": N_("moved"),
    "merged": N_("merged"),
    "split": N_("split"),
    "apart": N_("kept apart"),
    "released": N_("decision taken back"),
}

LINK_FAULTS = {
    "reason": N_("Give a reason: it is kept with the decision, and whoever looks later needs it."),
    "choice": N_("Choose one, or type the id of a bill."),
}
