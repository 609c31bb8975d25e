"""What is kept for a term, and why so long: message ids by kind, for the privacy page and `baikoo privacy sweep`."""

from vocab.retention import Kept
from web.i18n import N_

WHAT = {
    Kept.BRAKES: N_("Counters of failed sign-ins, and of messages sent, by internet address"),
    Kept.CONTACTS: N_("How to reach somebody who wrote to us"),
    Kept.REFUSED: N_("Messages that were not accepted: text, name and post"),
    Kept.LINKS: N_("Links by which members of the coalition sign in anew"),
    Kept.LETTERS: N_("Why a letter to an observer could not be sent"),
    Kept.SESSIONS: N_("Devices on which members of the coalition were signed in"),
    Kept.UNCONFIRMED: N_("E-mail addresses of subscriptions that nobody confirmed"),
    Kept.LISTS: N_("Lists that somebody follows: what is asked, and the last day on which anybody asked for the feed"),
}

WHY = {
    Kept.BRAKES: N_("So that nobody guesses passwords or floods us; counted from the last try"),
    Kept.CONTACTS: N_("Erased at once when the matter is closed; this is the longest while it waits"),
    Kept.REFUSED: N_("So that a refusal can be disputed; then they are emptied"),
    Kept.LINKS: N_("Counted from their use or the end of their validity"),
    Kept.LETTERS: N_("So that the cause can be found"),
    Kept.SESSIONS: N_("Counted from the end of the session: an observer's phone may hold notes that only this opens"),
    Kept.UNCONFIRMED: N_(
        "So that nobody is written to who did not want it; a confirmed address goes when its reader leaves"
    ),
    Kept.LISTS: N_(
        "Counted from that day, or from when it was followed; then the feed ends and says how to follow again"
    ),
}
