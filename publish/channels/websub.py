"""WebSub: the hub is told which feeds changed, and tells their subscribers.

W3C WebSub leaves open how a publisher tells its hub; hubs take the form of PubSubHubbub 0.3, section 7.1: a POST of
`hub.mode=publish` and `hub.url`, answered by 2xx.
"""

import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import httpx

WAITING = ".websub.json"
"""The file in the published folder that names the feeds of which the hub does not know yet that they changed."""

_FORMS = {".atom", ".rss"}
_PATIENCE = 10.0  # seconds for one answer
_AT_MOST = 60.0  # seconds a run: what is left waits for the next one
_IN_A_ROW = 3  # failures after which the hub is taken for down


@dataclass(frozen=True, slots=True, kw_only=True)
class HubReport:
    """How many feeds the hub was told of, how many wait for the next run, and why ("": nothing failed)."""

    told: int
    waiting: int
    failed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The feeds of which the hub knows now, and why the last of the others failed ("": none did)."""

    paths: tuple[str, ...]
    failed: str


def note(out: Path, changed: Mapping[str, bytes]) -> None:
    """Remember feeds that are about to change, by their paths below `out`; other files are passed over.

    Called before the files are replaced: a process killed between the two tells the hub once too often, never too
    seldom. The caller holds the lock of the folder.
    """
    feeds = {path: hashlib.sha256(text).hexdigest() for path, text in changed.items() if Path(path).suffix in _FORMS}
    if feeds:
        _write(out, waiting(out) | feeds)


def waiting(out: Path) -> dict[str, str]:
    """The feeds that the hub has still to be told of, each with the checksum of what it says.

    An unreadable file names none, as a lost one does.
    """
    try:
        named: dict[str, str] = json.loads((out / WAITING).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return named


def forget(out: Path, asked: Mapping[str, str], told: Collection[str]) -> int:
    """The hub knows of those `told` as they were when it was `asked`: what changed since then waits on.

    Gives how many wait. The caller holds the lock of the folder.
    """
    now = waiting(out)
    left = {path: text for path, text in now.items() if path not in told or asked.get(path) != text}
    if left != now:
        _write(out, left)
    return len(left)


def tell(hub: str, public_url: str, paths: Iterable[str], clock: Callable[[], float] = time.monotonic) -> Told:
    """Tell the hub of feeds, those of everything first. Stops where the hub seems down, or time is up; never raises."""
    until, told, failed, in_a_row = clock() + _AT_MOST, [], "", 0
    with httpx.Client(timeout=_PATIENCE) as client:
        for path in sorted(paths, key=lambda one: (one.count("/"), one)):
            why = _ping(client, hub, f"{public_url}/{path}")
            failed, in_a_row = (why, in_a_row + 1) if why else (failed, 0)
            told += [] if why else [path]
            if in_a_row == _IN_A_ROW or clock() > until:
                break
    return Told(paths=tuple(told), failed=failed)


def _ping(client: httpx.Client, hub: str, topic: str) -> str:
    """Why the hub did not take it; "" where it did."""
    try:
        answer = client.post(hub, data={"hub.mode": "publish", "hub.url": topic})
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"{type(error).__name__}: {error}"
    if answer.is_success:
        return ""
    said = answer.text.strip().partition("\n")[0][:200]
    with suppress(ValueError):
        return f"{answer.status_code} {HTTPStatus(answer.status_code).phrase}: {said}".rstrip(": ")
    return f"{answer.status_code}: {said}"


def _write(out: Path, paths: Mapping[str, str]) -> None:
    draft = out / f"{WAITING}.draft"
    draft.write_text(json.dumps(paths, sort_keys=True))
    draft.replace(out / WAITING)
