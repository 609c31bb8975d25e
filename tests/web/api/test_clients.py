"""The examples of the documents, run against a real server."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import open_engine
from tests.browser.serving import serve
from tests.conftest import NewHome
from tests.test_architecture import ROOT
from tests.web import sample

EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture(scope="module")
def address(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = new_home(tmp_path_factory.mktemp("home"))
    engine = open_engine(settings.database_url)
    sample.fill(engine, settings)
    engine.dispose()
    yield from serve(settings)


def run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def test_the_client_in_python(address: str) -> None:
    told = run(sys.executable, EXAMPLES / "client.py", address)
    assert f"{sample.BILL}: О внесении изменений в Закон «Об образовании»: " in told
    assert "changes; go on with " in told


def test_the_client_in_r(address: str) -> None:
    script = shutil.which("Rscript")
    if script is None:
        pytest.skip("no Rscript here")
    assert "2 bills, 4 sittings" in run(script, EXAMPLES / "client.R", address)
