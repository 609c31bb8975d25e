"""Acts that texts cite, joined with the records of the law registry."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from nlp.acts.citation import key_of, reference
from nlp.mentions.mention import Mention
from vocab.numbers import ActRef
from vocab.text import fold, title_key


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """A document of the law registry, as its record says; `key` is the record's, `code` the registry's own."""

    key: str
    title: str
    kind: str | None = None
    adopted_on: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class ActRegistry:
    """The registry's acts by what texts cite them by. Of two that fit none is taken: nothing is guessed."""

    by_key: Mapping[str, tuple[ActRow, ...]]
    by_number: Mapping[tuple[str, date], tuple[ActRow, ...]]

    @classmethod
    def of(cls, rows: Iterable[ActRow]) -> Self:
        """The index of these rows. A title that cannot be read is found by nothing."""
        by_key: dict[str, list[ActRow]] = defaultdict(list)
        by_number: dict[tuple[str, date], list[ActRow]] = defaultdict(list)
        for row in rows:
            ref = row_reference(row)
            if ref is None:
                continue
            by_key[title_key_of(ref)].append(row)
            day = ref.day or row.adopted_on
            if ref.number and day:
                by_number[fold(ref.number), day].append(row)
        return cls(
            {key: tuple(found) for key, found in by_key.items()},
            {number: tuple(found) for number, found in by_number.items()},
        )

    def find(self, ref: ActRef) -> ActRow | None:
        """The one record that a reference means, by number and day, else by kind and title; None for none or two.

        A day that the reference states must be the day of adoption. A title that several editions of a law share is
        settled by the day alone.
        """
        if ref.number and ref.day:
            numbered = [row for row in self.by_number.get((fold(ref.number), ref.day), ()) if _same_kind(row, ref)]
            if numbered:
                return numbered[0] if len(numbered) == 1 else None
        fitting = [row for row in self.by_key.get(title_key_of(ref), ()) if _day_fits(row, ref)]
        return fitting[0] if len(fitting) == 1 else None

    def join(self, mention: Mention) -> Mention:
        """The mention of an act with its record's key in `value["record"]`, unchanged where none is certain."""
        ref = mention_reference(mention)
        found = self.find(ref) if ref else None
        return replace(mention, value={**mention.value, "record": found.key}) if found else mention


def mention_reference(mention: Mention) -> ActRef | None:
    """What the mention of an act refers to, None where no title and no number is known."""
    value = mention.value
    if not value.get("title"):
        return None
    day = date.fromisoformat(value["day"]) if value.get("day") else None
    return ActRef(value["kind"], value["title"], value.get("number"), day)


def row_keys(row: ActRow) -> set[str]:
    """The keys by which texts cite a record of the registry; none for a title that cannot be read."""
    ref = row_reference(row)
    return keys_of(replace(ref, day=ref.day or row.adopted_on)) if ref else set()


def keys_of(ref: ActRef) -> set[str]:
    """The keys of a reference: its title's, its number with its day."""
    numbered = {f"{fold(ref.number)} {ref.day.isoformat()}"} if ref.number and ref.day else set()
    return {title_key_of(ref)} | numbered


def row_reference(row: ActRow) -> ActRef | None:
    """What a row's title refers to; a title without a head («О медиации») takes the row's kind before it."""
    ref = reference(row.title)
    if ref is not None and ref.kind == "other" and row.kind:
        return reference(f"{row.kind} «{row.title}»") or ref
    return ref


def title_key_of(ref: ActRef) -> str:
    """The key of a title by which both sides agree.

    Decrees and resolutions have theirs by title too, for the registry seldom says a number.
    """
    if ref.kind in ("decree", "resolution"):
        return f"{ref.kind} {title_key(ref.title)}"
    return key_of(ref)


def _day_fits(row: ActRow, ref: ActRef) -> bool:
    own = row_reference(row)
    stated = {day for day in (row.adopted_on, own.day if own else None) if day}
    numbers = {own.number} if own and own.number else set()
    return not (ref.day and stated and ref.day not in stated) and not (
        ref.number and numbers and fold(ref.number) not in {fold(one) for one in numbers}
    )


def _same_kind(row: ActRow, ref: ActRef) -> bool:
    own = row_reference(row)
    return own is not None and own.kind == ref.kind
