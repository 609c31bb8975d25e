"""What several tests of the text layer share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp.documents.worker import DocumentWorker


@pytest.fixture(scope="module")
def worker() -> Iterator[DocumentWorker]:
    """One process for all tests."""
    with DocumentWorker() as own:
        yield own


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A path of our own, without any program that reads old Word files."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setattr(shutil, "which", lambda name: str(folder / name) if (folder / name).exists() else None)
    return folder
