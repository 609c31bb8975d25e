"""Rows of lists as persons and memberships."""

from datetime import date

import pytest

from tracker.identify.memberships import stretches
from tracker.identify.resolver import Stretch
from tracker.identify.rosters import Assigned, Known, ListRow, Rosters

DAYS = (date(2016, 6, 1), date(2016, 7, 1), date(2016, 8, 1), date(2016, 9, 1))


def row(
    name: str, day: int = 0, *, number: int = 0, faction: str | None = "«Тоо»", convocation: str = "VI", until: int = -1
) -> ListRow:
    first, last = DAYS[day], DAYS[until if until >= 0 else day]
    key = f"{convocation}:{first}:{number}:{name}"
    roll = f"{convocation} {first}"
    return ListRow(key=key, roll=roll, name=name, convocation=convocation, faction=faction, first=first, last=last)


def persons(rows: list[ListRow], known: dict[str, Known] | None = None) -> list[tuple[str | None, str]]:
    found = Rosters(known or {}, {}).assign(rows)
    return [(found[one.key].person_id, found[one.key].method) for one in rows]


ABDIEV = "abdiev-almaz-akmatovich"
WHOLE = Known(("Абдиев Алмаз Акматович",), frozenset({"V"}))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("Абдиев  Алмаз Акматович"), row("Абдиев Алмаз Акматович", 1)], [(ABDIEV, "name")] * 2),
        # a spelling that lists of other days have
        (
            [row("Джураев Алмаз Акматович"), row("Жураев Алмаз Акматович", 1)],
            [("dzhuraev-almaz-akmatovich", "name")] * 2,
        ),
        # the spelling that most rows have makes the id, a slip is marked
        (
            [row("Акматов Алмазбек Ильич"), row("Акматов Алмасбек Ильич", 1), row("Акматов Алмасбек Ильич", 2)],
            [
                ("akmatov-almasbek-ilich", "slip"),
                ("akmatov-almasbek-ilich", "name"),
                ("akmatov-almasbek-ilich", "name"),
            ],
        ),
        # on one list they are two, however alike
        (
            [row("Акматов Алмазбек Ильич"), row("Акматов Алмасбек Ильич")],
            [("akmatov-almazbek-ilich", "name"), ("akmatov-almasbek-ilich", "name")],
        ),
        # two of one name on one list, and a third one
        (
            [row("Абдиев Алмаз Акматович", number=number) for number in range(3)],
            [(ABDIEV, "name"), (f"{ABDIEV}-vi", "name"), (f"{ABDIEV}-vi-2", "name")],
        ),
        # initials fit one, or two
        ([row("Абдиев Алмаз Акматович"), row("Абдиев А.", 1)], [(ABDIEV, "name")] * 2),
        (
            [row("Абдиев Алмаз Акматович"), row("Абдиев Азиз Акматович"), row("Абдиев А.", 1)],
            [(ABDIEV, "name"), ("abdiev-aziz-akmatovich", "name"), (None, "ambiguous")],
        ),
        ([row("17")], [(None, "unknown")]),
    ],
)
def test_rows_are_persons(rows: list[ListRow], expected: list[tuple[str | None, str]]) -> None:
    assert persons(rows) == expected
    assert persons(rows[::-1]) == expected[::-1]


@pytest.mark.parametrize(
    ("known", "name", "expected"),
    [
        (WHOLE, "Абдиев Алмаз Акматович", ABDIEV),
        # without a patronymic it could be another one of another convocation
        (WHOLE, "Абдиев Алмаз", "abdiev-almaz"),
        (Known(("Абдиев Алмаз",), frozenset({"V"})), "Абдиев Алмаз Акматович", f"{ABDIEV}-vi"),
        (Known(("Жунус уулу Адыл",), frozenset({"V"})), "Жунус уулу Адыл", ABDIEV),
        (Known(("17",), frozenset()), "Абдиев Алмаз Акматович", f"{ABDIEV}-vi"),
    ],
)
def test_a_person_of_an_earlier_convocation(known: Known, name: str, expected: str) -> None:
    assert persons([row(name)], {ABDIEV: known}) == [(expected, "name")]


def test_what_is_settled_stays() -> None:
    old, new = row("Абдиев Алмаз Акматович"), row("Абдиев Алмаз Акматович", 1)
    settled = {old.key: Assigned("first-met", "slip", 0.7, ("first-met",))}
    found = Rosters({"first-met": WHOLE}, settled).assign([old, new])
    assert found == {old.key: settled[old.key], new.key: settled[old.key]}


def test_one_record_is_one_person_under_any_name() -> None:
    """A site keeps the number of a deputy whose name changes."""
    before, after = row("Абдиева Айпери Акматовна"), row("Касымова Айпери Акматовна", 1)
    after = ListRow(
        key=before.key,
        roll=after.roll,
        name=after.name,
        convocation="VI",
        faction=None,
        first=after.first,
        last=after.last,
    )
    assert Rosters({}, {}).assign([before, after]) == {before.key: Assigned("abdieva-aiperi-akmatovna", "name")}


def test_two_settled_persons_of_one_spelling_settle_nothing() -> None:
    rows = [row("Абдиев Алмаз Акматович", day) for day in range(3)]
    settled = {rows[0].key: Assigned("one", "decided"), rows[1].key: Assigned("two", "decided")}
    assert Rosters({}, settled).assign(rows)[rows[2].key] == Assigned(None, "ambiguous", 0.0, ("one", "two"))


def memberships(*rows: ListRow) -> list[tuple[str, Stretch]]:
    return stretches(rows, Rosters({}, {}).assign(rows))


def stretch(first: int, last: int, faction: str | None = "Тоо") -> tuple[str, Stretch]:
    return "VI", Stretch(ABDIEV, DAYS[first], DAYS[last], faction)


NAME, OTHER = "Абдиев Алмаз Акматович", "Борубаев Бакыт Болотович"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row(NAME, 0), row(NAME, 1), row(NAME, 2)], [stretch(0, 2)]),
        # a list between shows others only
        ([row(NAME, 0), row(OTHER, 1), row(NAME, 2)], [stretch(0, 0), stretch(2, 2)]),
        (
            [row(NAME, 0, faction="Фракция «Ак - Суу»"), row(NAME, 1, faction="Парламентская фракция «Ак-Суу»")],
            [stretch(0, 1, "Ак-Суу")],
        ),
        ([row(NAME, 0), row(NAME, 1, faction="«Ак-Суу»")], [stretch(0, 0), stretch(1, 1, "Ак-Суу")]),
        ([row(NAME, 0, faction=None), row(NAME, 1, faction="Вне фракции")], [stretch(0, 1, None)]),
        # a record that stays the same covers the lists between its first and last day
        ([row(NAME, 0, until=2), row(OTHER, 1)], [stretch(0, 2)]),
        ([row("17", 0)], []),
    ],
)
def test_memberships_are_unbroken_stretches(rows: list[ListRow], expected: list[tuple[str, Stretch]]) -> None:
    assert [one for one in memberships(*rows) if one[1].person_id == ABDIEV] == expected


def test_of_two_lists_of_one_day_the_later_key_counts() -> None:
    one = row(NAME, 0, number=1)
    other = ListRow(
        key="z", roll="another source", name=NAME, convocation="VI", faction="«Ак-Суу»", first=DAYS[0], last=DAYS[0]
    )
    assert memberships(one, other) == [stretch(0, 0, "Ак-Суу")]
