"""What the interface of the observers says to people: message ids, shown in both languages at once."""

from collections.abc import Mapping

from tracker.note_reading import NoteFault
from vocab.languages import STAFF_LANGUAGES
from vocab.observation import ObservationKind
from web.i18n import N_, translations

QUESTIONS: Mapping[ObservationKind, str] = {
    ObservationKind.STARTED: N_("When was the sitting opened?"),
    ObservationKind.ENDED: N_("When was the sitting closed?"),
    ObservationKind.REGISTRATION: N_("What number of registered deputies was announced?"),
    ObservationKind.HEAD_COUNT: N_("How many deputies are in the hall? Count them."),
    ObservationKind.AGENDA_VOTE: N_("How did the vote on the agenda end?"),
    ObservationKind.ABSENT: N_("Who was announced as absent?"),
    ObservationKind.PRESENT: N_("Which of those announced as absent are in the hall?"),
    ObservationKind.PRESENTER: N_("Who presents the item, and in which role?"),
    ObservationKind.OPINION: N_("Which opinions of committees, factions and the Government were told?"),
    ObservationKind.MATERIALS: N_("Were the materials of the item handed out?"),
    ObservationKind.AMENDMENTS: N_("Were the amendments read out?"),
    ObservationKind.COMBINED: N_("Are readings taken together? Which ground is named?"),
    ObservationKind.VOTE: N_("How did the vote end: for, against, abstained?"),
    ObservationKind.PROXY_ANNOUNCED: N_("Which given votes were announced?"),
    ObservationKind.PROXY: N_("Who voted for a colleague who is not there?"),
    ObservationKind.POSTPONED: N_("Was the item postponed, and by a decision of the committee?"),
    ObservationKind.BREAK: N_("How long was the break?"),
    ObservationKind.CLOSED: N_("Was the sitting or the item closed, and on which ground?"),
    ObservationKind.DOCUMENT: N_("Which papers of the bill have you seen, of which day, in which language?"),
    ObservationKind.QUOTE: N_("What was said, word for word?"),
    ObservationKind.NOTE: N_("What else did you see?"),
    ObservationKind.PHOTO: N_("Can you take a photo of it?"),
    ObservationKind.INTERVIEW: N_("Can you ask a deputy about it?"),
    ObservationKind.VIDEO: N_("Where can the sitting be watched?"),
}

FAULTS: Mapping[str, str] = {
    NoteFault.NOT_A_NOTE: N_("This is not a note. Please tell us: the form has a mistake."),
    NoteFault.BAD_UUID: N_("The note has no valid number. Please tell us: the form has a mistake."),
    NoteFault.BAD_SITTING: N_("The note does not say which sitting it is about."),
    NoteFault.BAD_MOMENT: N_("The note does not say when it was made. Check the date and time of the phone."),
    NoteFault.UNKNOWN_KIND: N_("The server does not know this kind of note."),
    NoteFault.MISSING: N_("Fill in this field: without it the note says nothing."),
    NoteFault.NOT_A_NUMBER: N_("Here belongs a whole number, not below zero and not too large."),
    NoteFault.NOT_A_TIME: N_("Here belongs a time, such as 10:05."),
    NoteFault.NOT_A_DAY: N_("Here belongs a day of the calendar."),
    NoteFault.NOT_TEXT: N_("Here belongs text."),
    NoteFault.TOO_LONG: N_("The text is too long: make two notes of it."),
    NoteFault.NOT_A_LINK: N_("Here belongs an address that begins with http:// or https://."),
    NoteFault.NOT_YES_NO: N_("Choose yes or no."),
    NoteFault.NOT_READINGS: N_("Choose the readings: 1, 2 or 3."),
    NoteFault.NOT_ONE_OF: N_("Choose one of the values of the list."),
    NoteFault.BAD_UPLOAD: N_("The note names no picture."),
    NoteFault.CONFLICT: N_("Another note was already sent under this number. Send it as a new note."),
    NoteFault.CORRECTS_UNKNOWN: N_("The note that this one corrects has not come in yet. Send that one first."),
    NoteFault.CORRECTS_OTHER: N_("Only your own note of the same kind can be corrected."),
    NoteFault.NEWER_FORM: N_("The form is newer than the server. The note stays on the phone; send it again later."),
    "not_a_batch": N_("The notes could not be read. Please tell us: the form has a mistake."),
    "too_many": N_("Too many notes at once: send at most 200."),
    "too_large": N_("This is too large: at most %(size)s MB can be sent."),
    "too_many_pixels": N_("The picture has too many pixels. Take it again with a lower resolution."),
    "not_a_picture": N_("This is not a picture that we can read: send JPEG, PNG, WebP or GIF."),
    "upload_conflict": N_("Another picture was already sent under this number. Send it as a new one."),
    "unknown_sitting": N_("This sitting is not known."),
    "unknown_upload": N_("This picture is not known."),
}


def in_both(message: str, **values: object) -> dict[str, str]:
    """A message in every language of the form, by its code."""
    return {lang: translations(lang).gettext(message) % values for lang in STAFF_LANGUAGES}
