"""The form in the room as the server gives it: its files under one version, its policy, its words in both languages."""

import gzip
import json
import re
from collections.abc import Iterator

import pytest

from tests.web.conftest import Visitor
from tracker.editions import RuleBook
from tracker.observations import known_grounds
from vocab.languages import STAFF_LANGUAGES
from vocab.observation import FORM_VERSION
from web.observe.agenda import form_fields
from web.observe.shell import form_words, shell
from web.rendering import STATIC

SCRIPTS = {path.name: path.read_text("utf-8") for path in (STATIC / "observe").glob("*.js")}
KYRGYZ = re.compile("[өүңӨҮҢ]")


def words_in_scripts() -> set[str]:
    return {name for text in SCRIPTS.values() for name in re.findall(r'\bt\("([^"$]+)"', text)}


def words_of_the_vocabulary() -> Iterator[str]:
    told = form_fields(known_grounds(RuleBook.load()))
    for kind, fields in told["fields"].items():
        yield f"kind.{kind}"
        yield from (f"field.{name}" for name in fields)
    for field, values in told["choices"].items():
        yield from (f"{field}.{value}" for value in values)


def test_every_word_that_the_form_says_is_there_in_both_languages() -> None:
    words = form_words()
    assert {
        name for name, said in words.items() if set(said) != set(STAFF_LANGUAGES) or not all(said.values())
    } == set()
    assert (words_in_scripts() | set(words_of_the_vocabulary())) - set(words) == set()


def test_no_word_is_left_that_nobody_says() -> None:
    said = words_in_scripts() | set(words_of_the_vocabulary())
    text = "\n".join(SCRIPTS.values())
    computed = tuple(prefix for prefix in re.findall(r"`(\w+[._])\$\{", text) if prefix not in {"field.", "kind."})
    in_ternaries = set(re.findall(r'"([a-z_]+)"', text))
    unsaid = {name for name in form_words() if not name.startswith(computed)} - said - in_ternaries
    assert unsaid == set()


def test_kyrgyz_is_kyrgyz() -> None:
    words = form_words().values()
    assert sum(bool(KYRGYZ.search(said["ky"])) for said in words) > len(words) / 4
    assert [said["ru"] for said in words if KYRGYZ.search(said["ru"])] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    uneven = [
        name
        for name, said in form_words().items()
        if set(re.findall(r"{\w+}", said["ky"])) != set(re.findall(r"{\w+}", said["ru"]))
    ]
    assert uneven == []


def test_the_page_runs_nothing_but_its_own_files(sample_site: Visitor) -> None:
    answer = sample_site.get("/observe")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    for allowed in ("script-src 'self'", "connect-src 'self'", "worker-src 'self'", "img-src 'self' blob:"):
        assert allowed in policy
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", answer.text, flags=re.DOTALL)
    assert [attributes for attributes, body in scripts if body and "application/json" not in attributes] == []
    assert "style=" not in answer.text
    (told,) = [json.loads(body) for attributes, body in scripts if "application/json" in attributes]
    assert told["form_version"] == FORM_VERSION
    assert told["version"] == shell().version
    assert told["kinds"]["head_count"] == {"count": "number"}
    assert "unsafe" not in sample_site.get("/ru/").headers["content-security-policy"]
    assert "connect-src" not in sample_site.get("/ru/").headers["content-security-policy"]


def test_the_worker_names_every_file_and_each_is_there(sample_site: Visitor) -> None:
    answer = sample_site.get("/observe/sw.js")
    assert answer.headers["service-worker-allowed"] == "/observe"
    assert answer.headers["cache-control"] == "no-cache"
    stored = json.loads(answer.text.splitlines()[0].removeprefix("const SHELL = ").removesuffix(";"))
    assert {address.rsplit("/", 1)[1] for address in stored["files"]} >= SCRIPTS.keys() - {"sw.js"}
    for address in stored["files"]:
        assert sample_site.get(address).status_code == 200, address


def test_files_are_packed_and_kept_for_good(sample_site: Visitor) -> None:
    address = f"{shell().base}/main.js"
    answer = sample_site.get(address, **{"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text == SCRIPTS["main.js"]
    plain = sample_site.get(address, **{"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == SCRIPTS["main.js"]
    picture = sample_site.get(f"{shell().base}/icon-192.png", **{"Accept-Encoding": "gzip"})
    assert "content-encoding" not in picture.headers


def test_another_version_is_not_mixed_in(sample_site: Visitor) -> None:
    assert sample_site.get("/observe/app/0123456789abcdef0123/main.js").status_code == 404
    assert sample_site.get(f"{shell().base}/nothing.js").status_code == 404
    assert sample_site.get("/observe/").headers["location"] == "/observe"


def test_it_can_be_installed(sample_site: Visitor) -> None:
    answer = sample_site.get("/observe/manifest.webmanifest")
    manifest = answer.json()
    assert answer.headers["content-type"] == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/observe", "/observe", "standalone")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512", "any"}
    assert [sample_site.get(icon["src"]).status_code for icon in manifest["icons"]] == [200] * 4


def test_the_whole_form_is_small() -> None:
    form = shell()
    parts = [*form.files.values(), form.page, form.worker, form.manifest]
    assert sum(len(part.zipped or part.body) for part in parts) < 100_000
    assert gzip.decompress(form.page.zipped or b"") == form.page.body


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_scripts_are_short_and_read_nothing_as_markup(name: str) -> None:
    lines = SCRIPTS[name].splitlines()
    assert len(lines) <= 200
    assert [line for line in lines if len(line) > 120] == []
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.style\b"
    assert re.findall(forbidden, SCRIPTS[name]) == []
