"""The form in the room as files: what a phone stores to start without a network, under one version.

The version is the hash of all of it. Files lie below an address with the version, so that a cache may keep them for
good, and a phone never mixes two versions.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from tracker.editions import RuleBook
from tracker.observations import known_grounds
from vocab.languages import STAFF_LANGUAGES
from vocab.observation import FORM_VERSION
from web.observe.agenda import form_fields
from web.rendering import STATIC, environment

TEMPLATE = "observe/form.html"
_WORKER = "sw.js"
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
_SMALL_ALREADY = {"image/png"}
# What is needed before the PIN: loaded side by side instead of one after the other.
_FIRST = (
    "dom.js",
    "words.js",
    "theme.js",
    "update.js",
    "api.js",
    "store.js",
    "vault.js",
    "pad.js",
    "lock.js",
    "main.js",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellFile:
    """One file. `zipped` is None where packing gains nothing."""

    body: bytes
    media_type: str
    zipped: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """All of the form. `version` names its content."""

    version: str
    files: Mapping[str, ShellFile]
    page: ShellFile
    worker: ShellFile
    manifest: ShellFile

    @property
    def base(self) -> str:
        """The address below which the files lie."""
        return f"/observe/app/{self.version}"


@lru_cache(maxsize=1)
def form_words() -> dict[str, dict[str, str]]:
    """The words of the form by name and language."""
    read: dict[str, dict[str, str]] = yaml.load(
        files("web").joinpath("observe", "form_words.yml").read_bytes(), Loader=yaml.CSafeLoader
    )
    return read


@lru_cache(maxsize=1)
def shell() -> Shell:
    """Read the files, name their version and render the page, the worker and the manifest with it."""
    template = environment().get_template(TEMPLATE)
    static = {path.name: path for path in sorted((STATIC / "observe").iterdir()) if path.suffix in _TYPES}
    bodies = {name: path.read_bytes() for name, path in static.items()}
    told = _told()
    source = template.render(base="", first=_FIRST, told=_as_json(told))
    version = _hash(source.encode(), *(name.encode() + body for name, body in bodies.items()))
    base = f"/observe/app/{version}"
    page = template.render(base=base, first=_FIRST, told=_as_json(told | {"version": version}))
    worker = bodies.pop(_WORKER)
    names = [f"{base}/{name}" for name in bodies] + ["/observe/manifest.webmanifest"]
    head = f"const SHELL = {json.dumps({'version': version, 'files': names})};\n".encode()
    return Shell(
        version=version,
        files={name: _packed(body, _TYPES[static[name].suffix]) for name, body in bodies.items()},
        page=_packed(page.encode(), "text/html; charset=utf-8"),
        worker=_packed(head + worker, _TYPES[".js"]),
        manifest=_packed(json.dumps(_manifest(base), ensure_ascii=False).encode(), "application/manifest+json"),
    )


def _told() -> dict[str, Any]:
    """What the page tells its scripts: the words, and the kinds of notes as the vocabulary has them."""
    told = form_fields(known_grounds(RuleBook.load()))
    return {
        "form_version": FORM_VERSION,
        "languages": STAFF_LANGUAGES,
        "words": form_words(),
        "kinds": told["fields"],
        "choices": told["choices"],
        "needed": told["needed"],
    }


def _as_json(told: dict[str, Any]) -> Markup:
    """For a data block inside HTML; letters stay letters, which is half as long."""
    return htmlsafe_json_dumps(told, dumps=json.dumps, ensure_ascii=False)


def _manifest(base: str) -> dict[str, Any]:
    icons = [
        {"src": f"{base}/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    return {
        "id": "/observe",
        "name": "Байкоо: байкоочунун формасы",
        "short_name": "Байкоо",
        "lang": "ky",
        "start_url": "/observe",
        "scope": "/observe",
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#000000",
        "theme_color": "#000000",
        "icons": [*icons, {"src": f"{base}/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }


def _packed(body: bytes, media_type: str) -> ShellFile:
    zipped = None if media_type in _SMALL_ALREADY else gzip.compress(body, 9, mtime=0)
    return ShellFile(body=body, media_type=media_type, zipped=zipped)


def _hash(*parts: bytes) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()[:20]
