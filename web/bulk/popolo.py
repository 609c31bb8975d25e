"""People, organizations and memberships in the form of Popolo (popoloproject.com). Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vocab.text import slug

Row = Mapping[str, Any]
PARLIAMENT = "jogorku-kenesh"
NAME = "popolo.json"
TABLES = ("people", "memberships", "committees", "committee_members")
"""The tables that it is made of."""


def popolo(tables: Mapping[str, Iterable[Row]]) -> str:
    """The JSON: persons; the parliament, its factions and committees; who is a member of what.

    Memberships in factions have the days of the lists that show them (`seen_first`, `seen_last`): Popolo's
    `start_date` would say more than anybody knows.
    """
    stretches = list(tables["memberships"])
    factions = {row["faction"]: f"faction-{slug(row['faction'])}" for row in stretches if row["faction"]}
    said = {
        "persons": [_person(row) for row in tables["people"]],
        "organizations": [
            {"id": PARLIAMENT, "name": "Жогорку Кеңеш", "classification": "legislature"},
            *_organizations(factions, tables["committees"]),
        ],
        "memberships": [
            *(_stretch(row, factions) for row in stretches),
            *_in_committees(tables["committee_members"]),
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _person(row: Row) -> dict[str, Any]:
    said = {
        "id": row["id"],
        "name": row["name"],
        "family_name": row["surname"],
        "given_name": row["given"],
        "patronymic_name": row["patronymic"],
        "gender": row["gender"],
    }
    return {name: value for name, value in said.items() if value is not None}


def _organizations(factions: Mapping[str, str], committees: Iterable[Row]) -> Iterator[dict[str, Any]]:
    for name, key in sorted(factions.items(), key=lambda one: one[1]):
        yield {"id": key, "name": name, "classification": "faction", "parent_id": PARLIAMENT}
    for row in committees:
        yield {"id": row["id"], "name": row["name"], "classification": "committee", "parent_id": PARLIAMENT}


def _stretch(row: Row, factions: Mapping[str, str]) -> dict[str, Any]:
    said = {
        "person_id": row["person_id"],
        "organization_id": PARLIAMENT,
        "on_behalf_of_id": factions.get(row["faction"]),
        "role": "member",
        "legislative_period_id": row["convocation"],
        "seen_first": row["seen_first"].isoformat(),
        "seen_last": row["seen_last"].isoformat(),
    }
    return {name: value for name, value in said.items() if value is not None}


def _in_committees(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    for row in rows:
        if row["person_id"]:
            yield {"person_id": row["person_id"], "organization_id": row["committee_id"], "role": "member"}
