"""Letters to observers in their language: which sitting, when, where, and where the form is."""

from collections.abc import Callable

from publish.channels.mail import MailError, MailSettings, send
from publish.wording import day_in_words
from tracker.week.reminders import Due, NotSent, Unsure
from web.i18n import N_, translations

_PLENARY, _EXTRAORDINARY = N_("Plenary sitting"), N_("Extraordinary plenary sitting")
_SUBJECT = N_("Tomorrow: %(what)s")
_PARTS = (
    N_("Hello, %(name)s!"),
    N_("You are asked to observe: %(what)s, %(day)s%(hour)s%(place)s."),
    N_("The form for the room: %(form)s. Open it today while there is a network; in the room it works without one."),
    N_("If you cannot come, tell your coordinator today."),
)


def letter(due: Due, site: str) -> tuple[str, str]:
    """Subject and text of a reminder; `site` is the public address."""
    lang, row = due.user["language"], due.sitting
    words = translations(lang).gettext
    what = row["committee"] or words(_EXTRAORDINARY if row["extraordinary"] else _PLENARY)
    values = {
        "name": due.user["name"],
        "what": what,
        "day": day_in_words(row["day"], lang),
        "hour": f", {row['starts_at']:%H:%M}" if row["starts_at"] else "",
        "place": f", {row['place']}" if row["place"] else "",
        "form": f"{site}/observe",
    }
    return words(_SUBJECT) % values, "\n\n".join(words(part) % values for part in _PARTS)


def sender(settings: MailSettings, site: str) -> Callable[[Due], None]:
    """A function that mails one reminder. It raises NotSent, or Unsure where the server broke off amid it."""

    def mail(due: Due) -> None:
        if "@" not in due.user["login"]:
            raise NotSent(f"{due.user['login']} is no e-mail address")
        subject, text = letter(due, site)
        try:
            send(settings, due.user["login"], subject, text)
        except MailError as error:
            if error.unsure:
                raise Unsure(str(error)) from error
            raise NotSent(str(error)) from error

    return mail
