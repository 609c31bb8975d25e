"""Words of the desk for posts: kinds, channels, states, what can be done, and why it could not."""

from collections.abc import Mapping

from publish.outbox.answers import Fault
from vocab.posts import ChannelName, DeliveryState, PostKind
from web.i18n import N_

KINDS: Mapping[str, str] = {
    PostKind.AGENDA_PUBLISHED: N_("Agenda published"),
    PostKind.AGENDA_CHANGED: N_("Agenda changed"),
    PostKind.SITTING_CANCELLED: N_("Sitting taken off the site"),
    PostKind.SITTING_STARTS: N_("Sitting begins"),
    PostKind.BILL_SCHEDULED: N_("Bill on an agenda"),
    PostKind.READING_RESULT: N_("Result of a reading"),
    PostKind.VOTE_RESULT: N_("Result of a vote"),
    PostKind.LAW_SIGNED: N_("Law signed"),
    PostKind.FINDING_CONFIRMED: N_("Finding confirmed"),
    PostKind.CORRECTION: N_("Correction of a post"),
    PostKind.WEEKLY_DIGEST: N_("The week"),
    PostKind.HEARING: N_("Public hearing"),
    PostKind.POLL_RESULT: N_("Result of a poll"),
    PostKind.INTERVIEW: N_("Interview with a deputy"),
    PostKind.ALERT: N_("Alert to a subscriber"),
}

CHANNELS: Mapping[str, str] = {
    ChannelName.TELEGRAM: "Telegram",
    ChannelName.FACEBOOK: "Facebook",
    ChannelName.X: "X",
    ChannelName.MASTODON: "Mastodon",
    ChannelName.BLUESKY: "Bluesky",
    ChannelName.EMAIL: N_("E-mail"),
    ChannelName.FEEDS: N_("Feeds"),
}

STATES: Mapping[DeliveryState, str] = {
    DeliveryState.UNKNOWN: N_("nobody knows whether it is there"),
    DeliveryState.DEAD: N_("the channel does not take it"),
    DeliveryState.DRAFT: N_("waits for approval"),
    DeliveryState.REFUSED: N_("cannot be composed"),
    DeliveryState.FAILED: N_("did not go through, is tried again"),
    DeliveryState.CLAIMED: N_("is being sent"),
    DeliveryState.APPROVED: N_("approved"),
    DeliveryState.SENT: N_("sent"),
    DeliveryState.REJECTED: N_("not to be sent"),
    DeliveryState.WITHDRAWN: N_("taken out"),
    DeliveryState.LAPSED: N_("its time was over"),
    DeliveryState.DELETED: N_("deleted at the channel"),
}
"""In the order of the queue: what waits for a person first."""

WARNING = frozenset({DeliveryState.UNKNOWN, DeliveryState.DEAD, DeliveryState.REFUSED})

FAULTS: Mapping[str, str] = {
    Fault.NO_SUCH: N_("There is no such delivery any more."),
    Fault.STATE: N_("In its present state this cannot be done."),
    Fault.REASON: N_("Give a reason: it is kept with the decision."),
    Fault.EXPIRED: N_("Its time is over, or would be: it is no news any more then."),
    Fault.LOOK_FIRST: N_("The channel may have it. Look there first, and say what you found."),
    Fault.PARTLY: N_("Parts of it are on the channel already."),
    Fault.NO_ADDRESS: N_("Say where it is: an address that begins with https://"),
    Fault.NO_ID: N_("The program does not know its number at the channel: do it there by hand."),
    Fault.NOT_ALLOWED: N_("This channel does not allow it."),
    Fault.OTHER_PARTS: N_("The number of its parts must stay the same."),
    Fault.CHANNEL: N_("The channel did not do it."),
    Fault.NOT_STOPPED: N_("It is not stopped."),
}

NO_TIME = N_("Write the day and the hour, like 2026-12-01T09:00, Bishkek time.")
IN_THE_PAST = N_("This time is over already.")
TOO_FAR = N_("That is more than a year ahead.")
TOO_LONG = N_("The text cannot be sent like that:")

DONE: Mapping[str, str] = {
    "approve": N_("Approved. It goes out at its time; until then it can be put back."),
    "schedule": N_("The time is changed."),
    "edit": N_("The new words are kept. They wait for approval."),
    "reject": N_("Kept: it is not sent."),
    "withdraw": N_("Taken out for good."),
    "put_back": N_("It waits for approval again."),
    "send_again": N_("It goes out again with the next run."),
    "found": N_("Kept: the channel has it."),
    "absent": N_("Kept: the channel does not have it. Now it can be sent again."),
    "edit_there": N_("The words are changed at the channel."),
    "delete_there": N_("Deleted at the channel."),
    "stop": N_("Stopped. Nothing goes there until somebody lets it go on."),
    "resume": N_("It goes on with the next run."),
}
"""What was done, in words for whoever did it."""

STEPS: Mapping[str, str] = {
    "approve": N_("approved by hand"),
    "schedule": N_("another time"),
    "edit": N_("other words"),
    "put back": N_("put back"),
    "send again": N_("sent again"),
    "found": N_("found at the channel"),
    "edit there": N_("changed at the channel"),
    "delete there": N_("deleted at the channel"),
    "not found": N_("not found at the channel"),
}
"""What a step says where no reason was given."""
