"""What the fields and faults of videos and interviews are called: message ids by code."""

from collections.abc import Mapping

from tracker.media_reading import MediaFault
from vocab.media import AddressFault
from web.i18n import N_

FIELDS: Mapping[str, str] = {
    "url": N_("Address"),
    "starts": N_("Begins at"),
    "bill": N_("Bill"),
    "title": N_("Title of the interview"),
    "language": N_("Language"),
    "day": N_("Day"),
    "quote": N_("Quote"),
    "approver": N_("Who approved the quote"),
    "approved_how": N_("How it was approved"),
    "approved_on": N_("Day of the approval"),
}

FAULTS: Mapping[str, str] = {
    AddressFault.NOT_AN_ADDRESS: N_("Paste the whole address as it stands in the browser: it begins with https://"),
    AddressFault.FOREIGN_HOST: N_(
        "Only Facebook and YouTube are taken, for example https://www.youtube.com/watch?v=abcdefghijk or "
        "https://www.facebook.com/watch/?v=1234567890"
    ),
    AddressFault.NOT_A_VIDEO: N_(
        "This leads to a channel, a page or a list. Open the video itself and copy its address, for example "
        "https://www.youtube.com/watch?v=abcdefghijk"
    ),
    MediaFault.MISSING: N_("Fill in this field."),
    MediaFault.TOO_LONG: N_("This is too long."),
    MediaFault.NOT_A_TIME: N_("Write the hour like 10:00."),
    MediaFault.OTHER_DAY: N_("A video begins on the day of its sitting."),
    MediaFault.NOT_A_DAY: N_("This is no day."),
    MediaFault.DAY_AHEAD: N_("This day lies ahead."),
    MediaFault.NOT_ONE_OF: N_("Choose one of the list."),
    MediaFault.NO_QUOTE: N_("There is an approval, but no quote."),
    MediaFault.UNKNOWN_BILL: N_("No bill was found by these words."),
    MediaFault.SEVERAL_BILLS: N_("Several bills fit: choose one below."),
}
