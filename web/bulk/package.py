"""What lies beside the tables: datapackage.json, CHECKSUMS, README, licence, dictionary."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from web.bulk.dictionary import dictionary, frictionless_type
from web.bulk.forms import Form
from web.bulk.model import Table, load_model
from web.bulk.sqlite_file import NAME as SQLITE
from web.bulk.sqlite_file import datasette_metadata

CHECKSUMS, README, LICENCE, DICTIONARY, PACKAGE, METADATA = (
    *("CHECKSUMS", "README.md", "LICENSE.txt", "DICTIONARY.md", "datapackage.json", "metadata.json"),
)
PAPERS = frozenset({CHECKSUMS, README, LICENCE, DICTIONARY, PACKAGE, METADATA})
"""What describes the data, and is none."""
TITLE = "Baikoo: what the parliament of Kyrgyzstan does"
_BLOCK = 1 << 20
_LICENCES = [
    {
        "name": "CC-BY-4.0",
        "title": "Creative Commons Attribution 4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    }
]
_KINDS = {Form.CSV: "text/csv", Form.JSONL: "application/jsonl", Form.PARQUET: "application/vnd.apache.parquet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a version is: its name, the day of which it tells, where it comes from, and how many rows each table has."""

    version: str
    day: date
    as_of: date | None
    origin: str | None
    public_url: str
    rows: Mapping[str, int]


def write_papers(folder: Path, edition: Edition, sums: Mapping[str, str]) -> str:
    """Write all papers of an export into its folder; `sums` are the hashes of its data. Give the checksum of the whole.

    CHECKSUMS names the README too late to be named in it, and itself not at all.
    """
    tables = {name: load_model()[name] for name in edition.rows}
    papers = {
        DICTIONARY: dictionary(tables.values()),
        LICENCE: _brought("LICENSE.txt"),
        PACKAGE: _json(_package(folder, edition, tables, sums)),
    }
    if SQLITE in sums:
        papers[METADATA] = datasette_metadata(tables, _about(edition))
    for name, text in papers.items():
        _write(folder / name, text)
    whole = dict(sums) | {name: hashlib.sha256(text.encode()).hexdigest() for name, text in papers.items()}
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(whole.items()))
    _write(folder / CHECKSUMS, listed)
    checksum = hashlib.sha256(listed.encode()).hexdigest()
    _write(folder / README, _readme(edition, checksum))
    return checksum


def sums_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder, with its hash."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder).as_posix(), sha256_of(path)


def _about(edition: Edition) -> dict[str, Any]:
    """What metadata of any kind says of an export."""
    return {
        "title": TITLE,
        "description": f"Version {edition.version}, {_known(edition)}.",
        "license": _LICENCES[0]["title"],
        "license_url": _LICENCES[0]["path"],
        "source": "Baikoo",
        "source_url": edition.public_url,
    }


def sha256_of(path: Path) -> str:
    """The hash of a file, read in pieces."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _package(folder: Path, edition: Edition, tables: Mapping[str, Table], sums: Mapping[str, str]) -> dict[str, Any]:
    resources = [
        _resource(folder / path, form, table, sums[path]) | {"rows": edition.rows[table.name]}
        for form in _KINDS
        for table in tables.values()
        if (path := f"{form}/{table.name}.{form}") in sums
    ]
    for one in resources:
        if one["format"] == Form.CSV:
            one["schema"] = _schema(tables[one["name"]], tables)
    return {
        "name": "baikoo",
        "title": TITLE,
        "description": f"What Baikoo knew, {_known(edition)}. See README.md and DICTIONARY.md.",
        "homepage": edition.public_url,
        "version": edition.version,
        "licenses": _LICENCES,
        "as_of": edition.as_of.isoformat() if edition.as_of else None,
        "origin": edition.origin,
        "resources": [one for one in resources if one["format"] == Form.CSV] or resources,
        "other_forms": [one for one in resources if one["format"] != Form.CSV],
    }


def _resource(path: Path, form: Form, table: Table, digest: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{form}/{path.name}",
        "type": "table",
        "description": table.about,
        "format": form.value,
        "mediatype": _KINDS[form],
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _schema(table: Table, tables: Mapping[str, Table]) -> dict[str, Any]:
    fields = [
        {"name": one.name, "type": frictionless_type(one.type), "description": one.about}
        | ({"constraints": {"required": True}} if one.needed else {})
        for one in table.columns
    ]
    keys = [
        {"fields": list(one.columns), "reference": {"resource": one.table, "fields": list(one.at)}}
        for one in table.references_to(tables)
    ]
    return {"fields": fields, "missingValues": [""], "primaryKey": list(table.key)} | (
        {"foreignKeys": keys} if keys else {}
    )


def _readme(edition: Edition, whole: str) -> str:
    lines = [f"| {name} | {number:,} | {load_model()[name].about} |" for name, number in edition.rows.items()]
    return _brought("README.md").format(
        title=TITLE,
        version=edition.version,
        known=_known(edition),
        origin=_ORIGINS.get(edition.origin or "", "Nothing was collected yet."),
        address=f"{edition.public_url}/exports/{edition.version}/",
        home=edition.public_url,
        year=edition.day.year,
        whole=whole,
        tables="\n".join(lines),
    )


_ORIGINS = {
    "live": "Collected from the sites of the parliament and of the law registry.",
    "replay": "Collected from a recording of the parliament's sites, not from the sites themselves.",
    "demonstration": "**A demonstration: the texts and people are invented.**",
}


def _known(edition: Edition) -> str:
    if edition.as_of:
        return f"as it could be known on {edition.as_of} by what had been seen until the end of that day"
    return f"as known on {edition.day}"


def _brought(name: str) -> str:
    return files("web").joinpath("bulk", "papers", name).read_text("utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
