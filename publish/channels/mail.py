"""Mail: the server that takes it, and one letter to one person."""

import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from vocab.errors import BaikooError, ConfigError

_PORTS = {"smtp": 587, "smtps": 465}
_PATIENCE = 20.0
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class MailError(BaikooError):
    """A mail could not be handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The server that takes our mail. `encrypted`: TLS from the start; else STARTTLS wherever the server offers it."""

    host: str
    port: int
    encrypted: bool
    user: str | None
    password: str | None
    sender: str


def load_mail_settings(environ: Mapping[str, str] | None = None) -> MailSettings | None:
    """BAIKOO_SMTP_URL (smtp://user:password@host:587 or smtps://…) and BAIKOO_MAIL_FROM; None where no mail is sent.

    Raises ConfigError for an address that is none, and where one of the two is missing.
    """
    values = os.environ if environ is None else environ
    url, sender = values.get("BAIKOO_SMTP_URL"), values.get("BAIKOO_MAIL_FROM")
    if not url and not sender:
        return None
    if not url or not sender:
        raise ConfigError("mail needs both BAIKOO_SMTP_URL and BAIKOO_MAIL_FROM, or neither of them")
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ConfigError("BAIKOO_SMTP_URL begins with smtp:// or smtps:// and names a host")
    return MailSettings(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        encrypted=parts.scheme == "smtps",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        sender=sender,
    )


def send(settings: MailSettings, to: str, subject: str, text: str) -> None:
    """Hand one mail over to the server. Raises MailError where it was not taken."""
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = settings.sender, to, subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=settings.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        with _connected(settings) as server:
            server.send_message(message)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise MailError(f"{settings.host} did not take the mail: {error}") from error


def _connected(settings: MailSettings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if settings.encrypted:
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=_PATIENCE, context=context)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=_PATIENCE)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        elif settings.user and settings.host not in _LOOPBACK:
            server.close()
            raise MailError(f"{settings.host} offers no TLS: the password of the mail account is not sent in the open")
    if settings.user:
        server.login(settings.user, settings.password or "")
    return server
