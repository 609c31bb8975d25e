"""The hub is told of exactly the feeds that changed, and nothing is lost where it does not answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from publish.channels.websub import HubReport, waiting
from publish.run import publish, tell_hub
from publish.settings import PublicSettings, load_public_settings
from tests.publish.hub import Hub, serving
from tests.publish.test_publish import BILL, NOW, SITE, tell
from vocab.errors import ConfigError
from vocab.languages import LANGUAGES

OF_ONE = sorted(f"{SITE}/feeds/{lang}/{about}.{form}" for lang in LANGUAGES for about in ("all", f"bill/{BILL}")
                for form in ("atom", "rss"))  # fmt: skip


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving(Hub()) as one:
        yield one


def test_the_hub_is_told_of_exactly_what_changed(sqlite_engine: Engine, tmp_path: Path, hub: Hub) -> None:
    public = PublicSettings(public_url=SITE, hub=hub.address)
    publish(sqlite_engine, tmp_path, public=public, now=NOW)
    assert tell_hub(tmp_path, public) == HubReport(told=24, waiting=0)
    hub.pinged.clear()
    with sqlite_engine.begin() as conn:
        tell(conn, "one")
    publish(sqlite_engine, tmp_path, public=public, now=NOW)
    assert tell_hub(tmp_path, public) == HubReport(told=12, waiting=0)
    assert sorted(hub.pinged) == OF_ONE
    publish(sqlite_engine, tmp_path, public=public, now=NOW)
    assert tell_hub(tmp_path, public) == HubReport(told=0, waiting=0)
    assert len(hub.pinged) == 12


def test_what_a_hub_does_not_take_is_told_at_the_next_run(sqlite_engine: Engine, tmp_path: Path, hub: Hub) -> None:
    public = PublicSettings(public_url=SITE, hub=hub.address)
    hub.refuses = 503
    publish(sqlite_engine, tmp_path, public=public, now=NOW)
    report = tell_hub(tmp_path, public)
    assert (report.told, report.waiting, report.failed) == (0, 24, "503 Service Unavailable")
    hub.refuses = 0
    publish(sqlite_engine, tmp_path, public=public, now=NOW)
    assert tell_hub(tmp_path, public) == HubReport(told=24, waiting=0)
    nobody = PublicSettings(public_url=SITE, hub="http://127.0.0.1:9/")
    publish(sqlite_engine, tmp_path, public=nobody, now=NOW)
    report = tell_hub(tmp_path, nobody)
    assert (report.told, report.waiting, "ConnectError" in report.failed) == (0, 24, True)


def test_a_killed_run_tells_the_hub_at_the_next(sqlite_engine: Engine, tmp_path: Path, hub: Hub) -> None:
    public = PublicSettings(public_url=SITE, hub=hub.address)
    publish(sqlite_engine, tmp_path, public=public, now=NOW)  # killed before it asked the hub
    (tmp_path / ".published.json").unlink()  # and before it wrote how far it came
    publish(sqlite_engine, tmp_path, public=public, now=NOW)
    assert tell_hub(tmp_path, public).told == 24


def test_what_changes_while_the_hub_is_asked_waits_on(sqlite_engine: Engine, tmp_path: Path, hub: Hub) -> None:
    public = PublicSettings(public_url=SITE, hub=hub.address)

    class Changes(Hub):
        def answer(self, kind: str, form: dict[str, list[str]]) -> int:
            if not self.pinged:
                with sqlite_engine.begin() as conn:
                    tell(conn, "meanwhile", about=[])
                publish(sqlite_engine, tmp_path, public=public, now=NOW)
            return super().answer(kind, form)

    with serving(Changes()) as changing:
        public = PublicSettings(public_url=SITE, hub=changing.address)
        publish(sqlite_engine, tmp_path, public=public, now=NOW)
        assert tell_hub(tmp_path, public).waiting == 6
        assert {path.partition("/")[0] for path in waiting(tmp_path)} == {"feeds"}
        assert tell_hub(tmp_path, public).waiting == 0


@pytest.mark.parametrize("address", ["hub.example", "ftp://hub.example/", "https://h.example/>; rel=x", "https:///"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ConfigError, match="BAIKOO_WEBSUB_HUB"):
        load_public_settings({"BAIKOO_WEBSUB_HUB": address})
