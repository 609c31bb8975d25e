"""The cases of `tests/cases`, read once for all that ask."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tracker.cases import RecordedCase, read_cases


@lru_cache(maxsize=1)
def recorded_cases() -> Mapping[str, tuple[RecordedCase, ...]]:
    """By the name of their file, in the order of the names."""
    files = sorted((Path(__file__).parent / "cases").glob("*.yml"))
    return {file.name: tuple(read_cases(file.read_text(encoding="utf-8"), file.name)) for file in files}
