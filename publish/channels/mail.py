"""Mail: the server that takes it, one letter to one address, and what is known after handing it over."""

import os
import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

from publish.channels.protocol import Later, Lost, Refused, Revoked
from vocab.errors import BaikooError, ConfigError

_PORTS = {"smtp": 587, "smtps": 465}
_PATIENCE = 20.0
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_GO_AHEAD = 354
_LETTERS = 200
_MOST = 50  # letters on one connection: many servers take no more
_LINE = 900  # letters of a header: List-Unsubscribe is never cut nor encoded; RFC 5322 allows 998


class MailError(BaikooError):
    """A mail was not taken; `unsure` where the line broke before the server said whether it has it."""

    def __init__(self, words: str, *, unsure: bool = False) -> None:
        super().__init__(words)
        self.unsure = unsure


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
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ConfigError("BAIKOO_SMTP_URL names no host and port that can be one") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ConfigError("BAIKOO_SMTP_URL begins with smtp:// or smtps:// and names a host")
    return MailSettings(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        encrypted=parts.scheme == "smtps",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        sender=sender,
    )


def send(settings: MailSettings, to: str, subject: str, text: str) -> None:
    """Hand one mail over to the server. Raises MailError where it was not taken, or nobody knows whether it was."""
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = settings.sender, to, subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=domain_of(settings))
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
    except ValueError as error:
        raise MailError(f"{settings.host} did not take the mail: {error}") from error
    failed = PostOffice(settings).hand_over(message, to)
    if failed:
        raise MailError(f"{settings.host} did not take the mail: {failed.cause}", unsure=isinstance(failed, Lost))


def domain_of(settings: MailSettings) -> str:
    """What stands behind the @ of the sender."""
    return parseaddr(settings.sender)[1].rpartition("@")[2]


NotTaken = Later | Refused | Revoked | Lost


class PostOffice:
    """A mail server. Each mail has its own connection, but within `batch`. Not for two threads at once."""

    def __init__(self, settings: MailSettings, *, seconds: float = _PATIENCE) -> None:
        self._settings, self._seconds = settings, seconds
        self._server: smtplib.SMTP | None = None
        self._is_batch = False
        self._given_here = 0

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Within it one connection serves all mails; one that is gone is opened anew."""
        self._is_batch = True
        try:
            yield
        finally:
            self._is_batch = False
            self._leave()

    def knock(self) -> NotTaken | None:
        """Sign in and leave again; None where that worked."""
        failed = self._enter()
        self._leave()
        return failed

    def hand_over(self, message: EmailMessage, to: str) -> NotTaken | None:
        """Give one mail for one address to the server; None where it has taken it.

        Until the server asked for the content, it surely has nothing; after its answer to the content all is known. In
        between nobody knows.
        """
        try:
            content = _content(message)
            to.encode("ascii")
        except ValueError as error:
            return Refused(cause=f"it cannot be written as a mail: {error}")
        failed = self._enter()
        if failed or self._server is None:
            return failed
        try:
            return self._announced(self._server, to) or self._given(self._server, content)
        finally:
            if not self._is_batch:
                self._leave()

    def _enter(self) -> NotTaken | None:
        if self._server and (self._given_here >= _MOST or not self._is_open(self._server)):
            self._leave()
        if self._server:
            return None
        try:
            self._server = _connected(self._settings, self._seconds)
        except (smtplib.SMTPException, OSError, MailError) as error:
            return _unopened(self._settings.host, error)
        return None

    def _announced(self, server: smtplib.SMTP, to: str) -> NotTaken | None:
        """Name sender and recipient, and ask to give the content; None where the server waits for it."""
        host, sender = self._settings.host, parseaddr(self._settings.sender)[1]
        try:
            code, said = server.mail(sender)
            if code // 100 != 2:
                return _meaning(f"{host}: the sender", code, said, final=Revoked)
            code, said = server.rcpt(to)
            if code // 100 != 2:
                return _meaning(f"{host}: the recipient", code, said, final=Refused)
            code, said = server.docmd("DATA")
        except (smtplib.SMTPException, OSError) as error:
            self._leave()
            return Later(cause=f"{host} broke off before the content ({type(error).__name__})")
        return None if code == _GO_AHEAD else _meaning(f"{host}: the mail", code, said, final=Refused)

    def _given(self, server: smtplib.SMTP, content: bytes) -> NotTaken | None:
        host = self._settings.host
        try:
            server.send(content)
            code, said = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._leave()
            return Lost(cause=f"{host} broke off before it said whether it has the mail ({type(error).__name__})")
        self._given_here += 1
        if code // 100 == 2:
            return None
        if code // 100 not in {4, 5}:
            return Lost(cause=_words(f"{host} said what cannot be read", code, said))
        return _meaning(f"{host}: the content", code, said, final=Refused)

    def _is_open(self, server: smtplib.SMTP) -> bool:
        try:
            return server.rset()[0] // 100 == 2
        except (smtplib.SMTPException, OSError):
            return False

    def _leave(self) -> None:
        if self._server:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self._server.close()
        self._server, self._given_here = None, 0


def _unopened(host: str, error: Exception) -> NotTaken:
    """Why the server did not let us in."""
    match error:
        case MailError():
            return Revoked(cause=str(error))
        case smtplib.SMTPAuthenticationError(smtp_code=code, smtp_error=said):
            return _meaning(f"{host}: signing in", code, said, final=Revoked)
        case smtplib.SMTPNotSupportedError():
            return Revoked(cause=f"{host} knows no signing in: take user and password out of BAIKOO_SMTP_URL")
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=said):
            return Later(cause=_words(host, code, said))
    return Later(cause=f"no connection to {host} ({type(error).__name__})")


def _meaning(where: str, code: int, said: bytes | str, *, final: type[Refused] | type[Revoked]) -> NotTaken:
    """A refusal: for now (4xx, or an answer of no form), or for good."""
    cause = _words(where, code, said)
    return final(cause=cause) if code // 100 == 5 else Later(cause=cause)


def _words(where: str, code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{where}: {code} {' '.join(text.split())[:_LETTERS]}"


def _content(message: EmailMessage) -> bytes:
    """The mail as it goes over the line: a dot at the beginning of a line is doubled, one alone ends it."""
    text = re.sub(rb"(?m)^\.", b"..", message.as_bytes(policy=SMTP.clone(cte_type="7bit", max_line_length=_LINE)))
    return text + (b"" if text.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _connected(settings: MailSettings, seconds: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if settings.encrypted:
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=seconds, context=context)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=seconds)
    try:
        _secured(server, settings, context)
        if settings.user:
            server.login(settings.user, settings.password or "")
        server.ehlo_or_helo_if_needed()
    except (smtplib.SMTPException, OSError, MailError):
        server.close()
        raise
    return server


def _secured(server: smtplib.SMTP, settings: MailSettings, context: ssl.SSLContext) -> None:
    """TLS wherever the server offers it. Raises MailError where a password would go in the open."""
    if settings.encrypted:
        return
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
    elif settings.user and settings.host not in _LOOPBACK:
        raise MailError(f"{settings.host} offers no TLS: the password of the mail account is not sent in the open")
