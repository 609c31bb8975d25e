"""E-mail: posts to a list of readers or of the press, and to single subscribers, through the mail server of `mail`.

Nobody can ask a mail server whether it has a letter; a Message-ID that is always the same lets mail programs show one
letter where two arrived.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from publish.channels.letter import address, letter, message_id
from publish.channels.mail import MailSettings, PostOffice, domain_of, load_mail_settings
from publish.channels.protocol import CannotAsk, Checked, Found, Outcome, Refused, Remote, Sending, Sent
from publish.channels.registry import Environ, Off, patience, setting
from vocab.errors import ConfigError
from vocab.posts import ChannelName


def open_account(environ: Environ, lang: str) -> "Email | Off":
    """The server of BAIKOO_SMTP_URL and BAIKOO_MAIL_FROM; BAIKOO_EMAIL_TO is the address of the list, if there is one.

    Raises ConfigError for wrong ones.
    """
    settings = load_mail_settings(environ)
    if settings is None:
        return Off(reason="not set: BAIKOO_SMTP_URL, BAIKOO_MAIL_FROM")
    to = setting(environ, "BAIKOO_EMAIL_TO", lang)
    try:
        if to:
            address(to)
    except ValueError as error:
        raise ConfigError(f"BAIKOO_EMAIL_TO is one address of a list: {error}") from error
    return Email(settings, to, seconds=patience(environ))


class Email:
    """A mail server and the list that is written to; `to` is "" where only single subscribers are."""

    name = ChannelName.EMAIL

    def __init__(self, settings: MailSettings, to: str, *, seconds: float) -> None:
        self._settings, self.to = settings, to
        self._office = PostOffice(settings, seconds=seconds)

    def check(self) -> Checked:
        """See `Channel`: signs in at the mail server."""
        failed = self._office.knock()
        if failed:
            return Checked(fault=failed.cause)
        return Checked(account=f"{self._settings.sender} → {self.to or 'subscribers alone'}")

    def send(self, sending: Sending, now: datetime) -> Outcome:
        """See `Channel`."""
        domain = domain_of(self._settings)
        to = sending.recipient or self.to
        if not to:
            return Refused(cause="no list to write to: set BAIKOO_EMAIL_TO")
        try:
            written = letter(sending, sender=self._settings.sender, to=to, domain=domain, now=now)
        except ValueError as error:
            return Refused(cause=f"no letter can be made of it: {error}")
        failed = self._office.hand_over(written, to)
        return failed or Sent(remote=Remote(id=message_id(sending.key, domain)))

    def find(self, sending: Sending, since: datetime) -> Found:  # noqa: ARG002 - whatever it is
        """See `Channel`."""
        return CannotAsk(cause="a mail server does not say what it has: look into a mailbox of the list")

    def edit(self, remote: Remote, sending: Sending) -> Outcome:  # noqa: ARG002 - whatever it is
        """See `Channel`."""
        return Refused(cause="a letter cannot be changed: send a correction")

    def delete(self, remote: Remote) -> Outcome:  # noqa: ARG002 - whatever it is
        """See `Channel`."""
        return Refused(cause="a letter cannot be taken back: send a correction")

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Within it one connection serves all letters. Not for two threads at once."""
        with self._office.batch():
            yield
