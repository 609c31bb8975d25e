"""A real mail server on loopback that keeps what it takes, with faults at every phase of a mail."""

import asyncio
import socket
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.fakes.server import Fault, Posted, Step

USER, PASSWORD = "baikoo@example.org", "mail-password-of-the-tests"
SILENCE = 0.8
"""Seconds that the server says nothing after a TIME_OUT."""

_ANSWERS = {
    Fault.SERVER_ERROR: "451 4.3.0 local error in processing",
    Fault.UNAVAILABLE: "421 4.3.2 service not available",
    Fault.RATE_LIMIT: "450 4.7.1 too many letters, try again later",
    Fault.RATE_LIMIT_BARE: "452 4.5.3 too many recipients",
    Fault.REFUSED: "550 5.7.1 not taken",
    Fault.REVOKED: "550 5.7.1 sender rejected",
    Fault.MALFORMED: "what was that",
}


class Mailbox:
    """The handler of the server. `envelopes` are sender and recipients of each letter, `connections` how many came."""

    def __init__(self) -> None:
        self.url = ""
        self.posts: list[Posted] = []
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.raw: list[bytes] = []
        self.connections = 0
        self.password = PASSWORD
        self._orders: dict[Step, deque[tuple[Fault, bool]]] = {step: deque() for step in Step}

    def fail_next(self, fault: Fault, *, stored: bool = False, times: int = 1, step: Step = Step.POST) -> None:
        """See `Fake`. CHECK is naming the sender, FIND the recipient, POST the content."""
        self._orders[step].extend([(fault, stored)] * times)

    def settings(self) -> dict[str, str]:
        """See `Fake`."""
        return {
            "BAIKOO_SMTP_URL": self.url,
            "BAIKOO_MAIL_FROM": "posts@example.org",
            "BAIKOO_EMAIL_TO": "press@example.org",
        }

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        """Whether user and password are ours."""
        assert isinstance(given, LoginPassword)
        is_ours = (given.login, given.password) == (USER.encode(), self.password.encode())
        return AuthResult(success=is_ours, handled=False)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name, as below
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self._orders[Step.CHECK]:
            return await self._go_wrong(server, self._orders[Step.CHECK].popleft()[0])
        envelope.mail_from, envelope.mail_options = address, options
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if self._orders[Step.FIND]:
            return await self._go_wrong(server, self._orders[Step.FIND].popleft()[0])
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        order = self._orders[Step.POST].popleft() if self._orders[Step.POST] else None
        if order is None or order[1]:
            self._keep(envelope)
        return "250 OK" if order is None else await self._go_wrong(server, order[0])

    def _keep(self, envelope: Any) -> None:
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        text = letter.get_body(("plain",))
        self.raw.append(envelope.content)
        self.letters.append(letter)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        key, to = str(letter["message-id"]), envelope.rcpt_tos[0]
        self.posts.append(Posted(id=key, account=to, text=text.get_content() if text else ""))

    async def _go_wrong(self, server: Any, fault: Fault) -> str:
        if fault is Fault.TIME_OUT:
            await asyncio.sleep(SILENCE)
        if fault in {Fault.TIME_OUT, Fault.BROKEN}:
            server.transport.abort()
            return "421 4.3.2 closing"
        return _ANSWERS[fault]


@contextmanager
def start_mailbox(*, signing_in: bool = False) -> Iterator[Mailbox]:
    """A server on loopback; `url` is its address as BAIKOO_SMTP_URL takes it."""
    box = Mailbox()
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        port = ours.getsockname()[1]
    asked: dict[str, Any] = {"authenticator": box.authenticate, "auth_required": True, "auth_require_tls": False}
    server = Controller(box, hostname="127.0.0.1", port=port, **(asked if signing_in else {}))
    server.start()
    user = f"{USER.replace('@', '%40')}:{PASSWORD}@" if signing_in else ""
    box.url = f"smtp://{user}127.0.0.1:{port}"
    try:
        yield box
    finally:
        server.stop()
