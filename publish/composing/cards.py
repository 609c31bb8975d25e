"""The files of cards, in one folder, each named by what is in it. Written whole or not at all, and never changed."""

import hashlib
import json
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from db.disk import sync
from publish.drafts import Draft
from publish.message import Picture, Refusal

_SCALE = 1


class CardFolder:
    """A folder of cards; without the extra `charts` there are none, and posts go without."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def card(self, draft: Draft, lang: str) -> Picture | Refusal | None:
        """The card of a draft, drawn and written when it is not there yet; None where it has none."""
        drawn = _drawn_of(draft, lang) if can_draw() else None
        if drawn is None:
            return None
        content, alt = drawn
        name = f"{hashlib.sha256(content).hexdigest()}.png"
        try:
            self._write(name, content)
        except OSError as error:
            return Refusal(cause=f"the card cannot be written into {self._folder}: {error.strerror}")
        return Picture(file=name, alt=alt)

    def size(self, picture: Picture) -> int:
        """How many bytes it has; 0 where it is not there."""
        path = self.path(picture)
        return path.stat().st_size if path.is_file() else 0

    def path(self, picture: Picture) -> Path:
        """Where the file is; its name never leads out of the folder."""
        return self._folder / Path(picture.file).name

    def _write(self, name: str, content: bytes) -> None:
        path = self._folder / name
        if path.is_file() and path.stat().st_size == len(content):
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, prefix=".draft-", delete=False) as draft:
            draft.write(content)
        written = Path(draft.name)
        sync(written)
        written.chmod(0o644)
        written.replace(path)
        sync(self._folder)


def can_draw() -> bool:
    """Whether the libraries that draw are installed."""
    return all(find_spec(name) is not None for name in ("altair", "vl_convert"))


def _drawn_of(draft: Draft, lang: str) -> tuple[bytes, str] | None:
    card = import_module("publish.composing.pictured").card_of(draft, lang)
    return (_drawn(json.dumps(card.spec, ensure_ascii=False, sort_keys=True)), card.alt) if card else None


@lru_cache(maxsize=64)
def _drawn(spec: str) -> bytes:
    """A specification is drawn once, for however many channels."""
    rendering: Any = import_module("publish.charts.rendering")
    content: bytes = rendering.png(json.loads(spec), _SCALE)
    return content
