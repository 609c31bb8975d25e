"""How well the persons of press releases are found."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from nlp.evaluation.gold import beside, releases
from nlp.evaluation.score import Miss, Score, found_score
from nlp.persons.finding import find_persons, people_of
from nlp.persons.gazetteer import Gazetteer, KnownPerson
from vocab.bodies import convocation_named
from vocab.errors import ReadError
from vocab.ids import person_id
from vocab.names import PersonName
from vocab.text import fold

_LISTS = "membership-snapshots/export"
_SEVENTH = "deputies_vii_2023.csv"


def score(gold: Path, replay: Path) -> Score:
    """Right: the same surname and no contradicting initials.

    The lists of deputies beside the gold or the replay folder (`../kenesh`), where there are any, are the known
    persons; the part `f1_unknown` is the figure when no deputy is known.
    """
    known = _scored(gold, replay, Gazetteer(known_persons(beside(gold, replay, "."))))
    unknown = _scored(gold, replay, Gazetteer())
    return found_score(
        right=known[0], found=known[1], wanted=known[2], misses=known[3], parts={"f1_unknown": _f1(unknown)}
    )


def known_persons(folder: Path) -> list[KnownPerson]:
    """The deputies of the lists of a folder, each with the days of its convocation; none where the folder has none."""
    files = [(path.parent.name, path) for path in sorted((folder / _LISTS).glob("*/*.csv"))]
    files += [("VII", folder / _SEVENTH)] if (folder / _SEVENTH).is_file() else []
    found = {}
    for numeral, path in files:
        with path.open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                person = _person(row.get("name") or row.get("full_name") or "", numeral)
                if person:
                    found[person.name, numeral] = person
    return list(found.values())


def _person(name: str, numeral: str) -> KnownPerson | None:
    try:
        key = person_id(PersonName.parse(name, "nominative"))
    except ReadError:
        return None
    convocation = convocation_named(numeral)
    since, until = (convocation.since, convocation.until) if convocation else (None, date(2010, 11, 10))
    return KnownPerson(key=key, name=name, since=since, until=until)


def _scored(gold: Path, replay: Path, gazetteer: Gazetteer) -> tuple[int, int, int, list[Miss]]:
    right = found = wanted = 0
    misses: list[Miss] = []
    for release in releases(gold, replay):
        people = people_of(find_persons(f"{release.title}\n{release.body}", gazetteer, release.published))
        pairs, missed, extra = paired(people, release.label["people"])
        right += pairs
        found += len(people)
        wanted += len(release.label["people"])
        misses.extend(Miss(where=release.url, wanted=name, found=None) for name in missed)
        misses.extend(Miss(where=release.url, wanted=None, found=name) for name in extra)
    return right, found, wanted, misses


def paired(found: Sequence[str], wanted: Sequence[str]) -> tuple[int, list[str], list[str]]:
    """How many names pair off one to one, which wanted ones are missed, which found ones are too many."""
    rest = list(found)
    missed = []
    for name in sorted(wanted, key=lambda one: -len(one)):
        partner = next((one for one in rest if same_person(one, name)), None)
        if partner is None:
            missed.append(name)
        else:
            rest.remove(partner)
    return len(wanted) - len(missed), missed, rest


def same_person(one: str, other: str) -> bool:
    """True when two names have the same surname and no contradicting initials."""
    (first, surname), (second, other_surname) = _parts(one), _parts(other)
    return surname == other_surname and all(a == b for a, b in zip(first, second, strict=False))


def _parts(name: str) -> tuple[list[str], str]:
    """The initials and the folded surname of «Д.Д. Бекешев», «Аида Исатбек кызы»."""
    words = fold(name).replace(".", ". ").split()
    last = 2 if words[-1] in ("кызы", "уулу") else 1
    return [word[0] for word in words[:-last]], " ".join(words[-last:])


def _f1(scored: tuple[int, int, int, list[Miss]]) -> float:
    return found_score(right=scored[0], found=scored[1], wanted=scored[2]).f1 or 0.0
