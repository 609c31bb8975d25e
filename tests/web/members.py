"""People with accounts, and the browsers that they sign in with."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pyotp
from fastapi import FastAPI
from sqlalchemy import Engine

from db.accounts import add_account, set_password_hash, set_second_factor
from db.audit import Act
from vocab.roles import Role, needs_second_factor
from web.accounts.passwords import passwords

PASSWORD = "жакшы узун сырсөз"
PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/120"
BASE = "http://baikoo.test"

_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody with an account; `totp_secret` where the roles ask for a second factor."""

    id: int
    login: str
    password: str
    totp_secret: str | None


class Client:
    """One browser: it keeps its cookies, and sends the token of the page that it saw last."""

    def __init__(self, app: FastAPI, agent: str = PHONE, base: str = BASE) -> None:
        self.app, self.base = app, base
        self.cookies = httpx.Cookies()
        self.token = ""
        self._agent = agent

    def get(self, address: str, **headers: str) -> httpx.Response:
        """GET; the token of its form is kept for the next write."""
        answer = self.ask("GET", address, headers=headers)
        found = _TOKEN.search(answer.text)
        self.token = found.group(1) if found else self.token
        return answer

    def post(self, address: str, form: Mapping[str, Any] | None = None, **headers: str) -> httpx.Response:
        """Send a form as a page of ours would."""
        return self.ask("POST", address, data={"csrf_token": self.token, **(form or {})}, headers=headers)

    def post_json(self, address: str, value: Any, **headers: str) -> httpx.Response:
        """Send JSON as a script of ours would."""
        return self.ask("POST", address, json=value, headers={"X-CSRF-Token": self.token, **headers})

    def ask(self, method: str, address: str, **values: Any) -> httpx.Response:
        """Any request, as it stands; redirects are not followed."""
        return asyncio.run(self._ask(method, address, values))

    async def _ask(self, method: str, address: str, values: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        headers = {"User-Agent": self._agent, **values.pop("headers", {})}
        async with httpx.AsyncClient(transport=transport, base_url=self.base, cookies=self.cookies) as client:
            answer = await client.request(method, address, headers=headers, **values)
            self.cookies = client.cookies
            return answer


def make_user(engine: Engine, login: str, *roles: Role, language: str = "ru", second_factor: bool = True) -> Member:
    """An account with a password, and a second factor where its roles ask for one and it is not held back."""
    act = Act(who="test", at=datetime.now(UTC))
    secret = pyotp.random_base32() if second_factor and needs_second_factor(roles) else None
    with engine.begin() as conn:
        account = add_account(conn, login, login.title(), roles, language, act=act)
        set_password_hash(conn, account.id, passwords().hash(PASSWORD), act=act)
        if secret:
            set_second_factor(conn, account.id, secret, (), act=act)
    return Member(id=account.id, login=account.login, password=PASSWORD, totp_secret=secret)


def sign_in(client: Client, member: Member) -> Client:
    """Sign in anew, with the second factor where there is one; the client can then write (`post`)."""
    client.cookies.clear()
    client.get("/sign-in")
    answer = client.post("/sign-in", {"login": member.login, "password": member.password})
    assert answer.status_code == 303, answer.text
    if member.totp_secret:
        client.get("/sign-in/code")
        answer = client.post("/sign-in/code", {"code": pyotp.TOTP(member.totp_secret).now()})
        assert answer.status_code == 303, answer.text
    client.get("/account")
    return client
