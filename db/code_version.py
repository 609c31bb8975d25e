"""The version of code that computes stored rows: other code is another version, whatever its number."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

_COMPUTES = frozenset({".py", ".yml", ".tsv"})
_DIGITS = 12


def code_digest(packages: Sequence[str], *, but: Sequence[str] = ()) -> str:
    """A hash of the code and data of these packages; `but` names folders of theirs that compute nothing stored."""
    found = hashlib.blake2b()
    for package in packages:
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            place = path.relative_to(root)
            if path.suffix in _COMPUTES and place.parts[0] not in but:
                found.update(place.as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:_DIGITS]
