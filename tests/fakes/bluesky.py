"""A personal data server with one account, as the AT Protocol has it (XRPC; lexicons com.atproto and app.bsky).

Records are judged by the models of the lexicons that the library carries, and by what the reference server asks beyond
them: record keys are TIDs, facets stand on whole letters, pictures were uploaded, replies answer to what is there.
"""

import base64
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import regex
from atproto import models
from atproto.exceptions import ModelError
from atproto_client.models.utils import get_or_create

from tests.fakes.server import Answer, Asked, Fault, HttpFake, Posted, Route, Step, serving

DID = "did:plc:baikoobaikoobaikoobaikoo"
HANDLE = "baikoo.example"
PASSWORD = "abcd-efgh-ijkl-mnop"
COLLECTION = "app.bsky.feed.post"
LETTERS, BLOB_BYTES = 300, 1_000_000
RESET_SECONDS = 300
_TID = re.compile("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")

Json = dict[str, Any]
Handle = Callable[[Asked, Mapping[str, str]], Answer]


class FakeBluesky(HttpFake):
    """One account. `expired`: its sessions are over; `account` is what signing in says beside the tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.password = PASSWORD
        self.account: Json = {"active": True}
        self.refusal: tuple[str, str] | None = None
        self.signed_in = 0
        self.records: dict[str, tuple[str, Json]] = {}
        self._blobs: dict[str, bytes] = {}
        self._tokens: set[str] = set()

    def expire(self) -> None:
        """End every session."""
        self._tokens.clear()

    def settings(self) -> dict[str, str]:
        """See `Fake`."""
        return {
            "BAIKOO_BLUESKY_URL": self.url,
            "BAIKOO_BLUESKY_HANDLE": HANDLE,
            "BAIKOO_BLUESKY_PASSWORD": self.password,
        }

    def routes(self) -> Sequence[Route]:
        repo = "/xrpc/com.atproto.repo"
        return (
            Route("POST", "/xrpc/com.atproto.server.createSession", Step.CHECK, self._sign_in),
            Route("POST", f"{repo}.putRecord", Step.POST, self._authorized(self._put)),
            Route("POST", f"{repo}.uploadBlob", Step.UPLOAD, self._authorized(self._upload)),
            Route("GET", f"{repo}.getRecord", Step.FIND, self._get),
            Route("POST", f"{repo}.deleteRecord", Step.DELETE, self._authorized(self._delete)),
        )

    def faulty(self, fault: Fault) -> Answer:
        limits = {
            "RateLimit-Limit": "5000",
            "RateLimit-Remaining": "0",
            "RateLimit-Reset": str(int(time.time()) + RESET_SECONDS),
            "RateLimit-Policy": "5000;w=3600",
        }
        return {
            Fault.SERVER_ERROR: _error(500, "InternalServerError", "Internal Server Error"),
            Fault.UNAVAILABLE: _error(503, "ServiceUnavailable", "Service Unavailable"),
            Fault.RATE_LIMIT: _error(429, "RateLimitExceeded", "Rate Limit Exceeded", limits),
            Fault.RATE_LIMIT_BARE: _error(429, "RateLimitExceeded", "Rate Limit Exceeded"),
            Fault.REVOKED: _error(401, "AccountTakedown", "Account has been taken down"),
            Fault.REFUSED: _error(400, "InvalidRequest", "Invalid app.bsky.feed.post record"),
        }[fault]

    def unknown(self, asked: Asked) -> Answer:  # noqa: ARG002 - whatever it is
        return _error(501, "MethodNotImplemented", "Method Not Implemented")

    def _sign_in(self, asked: Asked, _: Mapping[str, str]) -> Answer:
        said = asked.json()
        if self.refusal:
            return _error(401, *self.refusal)
        if (said["identifier"], said["password"]) != (HANDLE, self.password):
            return _error(401, "AuthenticationRequired", "Invalid identifier or password")
        self.signed_in += 1
        access, refresh = (_token(scope, self.signed_in) for scope in ("appPass", "refresh"))
        self._tokens.add(access)
        tokens = {"accessJwt": access, "refreshJwt": refresh}
        return Answer(body=tokens | {"did": DID, "handle": HANDLE, "emailConfirmed": True} | self.account)

    def _authorized(self, handle: Handle) -> Handle:
        def guarded(asked: Asked, named: Mapping[str, str]) -> Answer:
            kind, _, token = asked.headers.get("authorization", "").partition(" ")
            if kind != "Bearer":
                return _error(401, "AuthMissing", "Authentication Required")
            if token not in self._tokens:
                return _error(400, "ExpiredToken", "Token has expired")
            return handle(asked, named)

        return guarded

    def _put(self, asked: Asked, _: Mapping[str, str]) -> Answer:
        said = asked.json()
        record, rkey = said["record"], said["rkey"]
        problem = self._problem(said["repo"], said["collection"], rkey, record)
        if problem:
            return _error(400, "InvalidRequest", problem)
        uri, cid = f"at://{DID}/{COLLECTION}/{rkey}", cid_of(record)
        if (known := self.records.get(rkey)) and known[0] != cid:
            if "swapRecord" in said and said["swapRecord"] != known[0]:
                return _error(400, "InvalidSwap", f"Record was at {known[0]}")
            self.records[rkey] = (cid, record)
        elif not known:
            self.records[rkey] = (cid, record)
            self.posts.append(self._posted(uri, record))
        commit = {"cid": cid, "rev": "3lbq2xyzabc2z"}
        return Answer(body={"uri": uri, "cid": cid, "commit": commit, "validationStatus": "valid"})

    def _problem(self, repo: str, collection: str, rkey: str, record: Json) -> str:
        if (repo, collection) != (DID, COLLECTION):
            return "Could not find repo or collection"
        if not _TID.fullmatch(rkey):
            return "Invalid record key: TID syntax not valid"
        try:
            get_or_create(record, models.AppBskyFeedPost.Record, strict_string_format=True)
        except ModelError as error:
            return f"Invalid app.bsky.feed.post record: {str(error).splitlines()[0]}"
        if len(regex.findall(r"\X", record["text"])) > LETTERS:
            return f"Invalid app.bsky.feed.post record: Record/text must not be longer than {LETTERS} graphemes"
        return _facet_problem(record) or self._reference_problem(record)

    def _reference_problem(self, record: Json) -> str:
        for image in record.get("embed", {}).get("images", []):
            if image["image"]["ref"]["$link"] not in self._blobs:
                return f"Could not find blob: {image['image']['ref']['$link']}"
        for answered in record.get("reply", {}).values():
            cid, _ = self.records.get(answered["uri"].rpartition("/")[2], ("", {}))
            if cid != answered["cid"]:
                return f"Could not find what is answered: {answered['uri']}"
        return ""

    def _posted(self, uri: str, record: Json) -> Posted:
        images = record.get("embed", {}).get("images", [])
        return Posted(
            id=uri,
            account=HANDLE,
            text=record["text"],
            picture=self._blobs[images[0]["image"]["ref"]["$link"]] if images else None,
            alt=images[0]["alt"] if images else "",
            reply_to=record.get("reply", {}).get("parent", {}).get("uri", ""),
            link=record.get("embed", {}).get("external", {}).get("uri", ""),
            raw=record,
        )

    def _upload(self, asked: Asked, _: Mapping[str, str]) -> Answer:
        if len(asked.body) > BLOB_BYTES:
            return _error(413, "PayloadTooLarge", "request entity too large")
        cid = _cid(asked.body, codec=0x55)
        self._blobs[cid] = asked.body
        blob = {"$type": "blob", "ref": {"$link": cid}, "mimeType": asked.headers["content-type"]}
        return Answer(body={"blob": blob | {"size": len(asked.body)}})

    def _get(self, asked: Asked, _: Mapping[str, str]) -> Answer:
        uri = f"at://{asked.query['repo']}/{asked.query['collection']}/{asked.query['rkey']}"
        known = self.records.get(asked.query["rkey"])
        if known is None or asked.query["repo"] != DID:
            return _error(400, "RecordNotFound", f"Could not locate record: {uri}")
        return Answer(body={"uri": uri, "cid": known[0], "value": known[1]})

    def _delete(self, asked: Asked, _: Mapping[str, str]) -> Answer:
        rkey = asked.json()["rkey"]
        self.records.pop(rkey, None)
        self.posts = [one for one in self.posts if not one.id.endswith(f"/{rkey}")]
        return Answer(body={"commit": {"cid": cid_of({}), "rev": "3lbq2xyzabd2z"}})


def _facet_problem(record: Json) -> str:
    """Facets lie inside of the text, on whole letters, one after the other."""
    text, last = record["text"].encode(), 0
    for facet in record.get("facets", []):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        if not last <= start < end <= len(text):
            return f"Invalid facet: {start}-{end} of {len(text)}"
        try:
            text[start:end].decode()
        except UnicodeDecodeError:
            return f"Invalid facet: {start}-{end} cuts a letter"
        last = end
    return ""


def cid_of(record: Json) -> str:
    """A checksum in the form of the protocol's."""
    return _cid(json.dumps(record, sort_keys=True).encode(), codec=0x71)


def _cid(content: bytes, codec: int) -> str:
    multihash = bytes((1, codec, 0x12, 0x20)) + hashlib.sha256(content).digest()
    return "b" + base64.b32encode(multihash).decode().lower().rstrip("=")


def _token(scope: str, number: int) -> str:
    now = int(time.time())
    head = {"typ": "at+jwt", "alg": "ES256K"}
    claims = {"scope": f"com.atproto.{scope}", "sub": DID, "iat": now, "exp": now + 7200, "jti": str(number)}
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in (head, claims)]
    return ".".join([*parts, hashlib.sha256(".".join(parts).encode()).hexdigest()])


def _error(status: int, error: str, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status=status, body={"error": error, "message": message}, headers=headers or {})


@contextmanager
def start_bluesky() -> Iterator[FakeBluesky]:
    """A server on loopback."""
    with serving(FakeBluesky()) as fake:
        yield fake
