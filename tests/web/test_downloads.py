"""Exported versions stand for download, and the map of the site names every page in three languages."""

import hashlib
import re
from datetime import date

from fastapi.routing import APIRoute

from db.engine import open_engine
from tests.web import sample
from tests.web.conftest import Visitor
from web.app import _PAGES
from web.bulk.forms import Form
from web.bulk.run import Wish, export
from web.bulk.versions import FOLDER


def test_versions_are_offered_with_their_files(sample_site: Visitor) -> None:
    assert "пока нет" in sample_site.get("/ru/data/downloads").text
    settings = sample_site._app.state.site.settings
    engine = open_engine(settings.database_url)
    made = export(engine, settings.public_dir / FOLDER, Wish(day=date(2026, 11, 27), forms=(Form.CSV,)))
    engine.dispose()
    for lang in ("ky", "ru", "en"):
        page = sample_site.get(f"/{lang}/data/downloads").text
        assert made.checksum in page
        assert "/exports/2026-11-27/csv/bills.csv" in page
    address = "/exports/2026-11-27/csv/bills.csv"
    whole = sample_site.get(address)
    assert whole.headers["etag"] == f'"{hashlib.sha256(whole.content).hexdigest()}"'
    assert sample_site.get(address, **{"If-None-Match": whole.headers["etag"]}).status_code == 304
    some = sample_site.get(address, Range="bytes=0-9")
    assert (some.status_code, some.content) == (206, whole.content[:10])
    for hidden in ("/exports/.lock/x", "/exports/2026-11-27/../../x", "/exports/2026-11-26/CHECKSUMS", "/exports/x/y"):
        assert sample_site.get(hidden).status_code == 404


def test_the_map_names_what_is_public(sample_site: Visitor) -> None:
    assert "/sitemap.xml" in sample_site.get("/robots.txt").text
    index = sample_site.get("/sitemap.xml").text
    assert "/sitemap/bills-1.xml" in index
    lists = sample_site.get("/sitemap/lists-1.xml").text
    listed = [route.path for part in _PAGES for route in part.router.routes if isinstance(route, APIRoute)]
    unlisted = {"/search", "/follow/new", "/remarks/new"}  # what is made for somebody who asks
    unlisted |= {f"/follow/{name}" for name in ("by-mail", "in-telegram", "asked", "confirm", "mine", "end")}
    assert [one for one in listed if "{" not in one and one not in unlisted and f'/en{one}"' not in lists] == []
    for place in re.findall(r"<loc>[^<]*(/en/(?:committees|factions|rules|pictures)/[^<]*)</loc>", lists)[::12]:
        assert sample_site.get(place).status_code == 200
    bills = sample_site.get("/sitemap/bills-1.xml").text
    assert f"/ky/bills/{sample.BILL}</loc>" in bills
    assert 'hreflang="en"' in bills
    findings = sample_site.get("/sitemap/findings-1.xml").text
    assert sample.BROKEN in findings
    assert sample.UNREVIEWED not in findings
    for missing in ("bills-2", "bills-0", "nothing-1"):
        assert sample_site.get(f"/sitemap/{missing}.xml").status_code == 404
