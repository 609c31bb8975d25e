"""Who a written name is: the resolvers of the convocations under the decisions of people. Pure."""

from collections.abc import Callable, Mapping
from datetime import date

from tracker.identify.resolver import DECIDED, Resolution, Resolver
from vocab.bodies import convocation_on
from vocab.timeline import Who

Spot = tuple[str, str, str]  # record type, record key, place
NOBODY = Resolver((), ())


class People:
    """Answers by day. `resolver_of` gives a convocation's resolver, `decided` what people decided of a spot."""

    def __init__(self, resolver_of: Callable[[str], Resolver], decided: Mapping[Spot, str | None]) -> None:
        self._resolver_of = resolver_of
        self._decided = decided

    def resolution(self, spot: Spot, written: str, day: date) -> Resolution:
        """Whom the name at a spot means; a person's decision stands above the computation."""
        if spot in self._decided:
            return Resolution(self._decided[spot], DECIDED)
        return self._on(day).resolve(written, day)

    def who(self, spot: Spot, written: str, day: date) -> tuple[Who, str | None]:
        """The person as written and as understood, with the faction of the day; and what was assumed."""
        found = self.resolution(spot, written, day)
        return self._who(written, found.person_id, day), found.note

    def observed(self, said: str, day: date) -> tuple[Who, str | None]:
        """A person whom an observer chose from the list (by id) or wrote down by name."""
        resolver = self._on(day)
        name = resolver.name_of(said)
        if name is not None:
            return self._who(name, said, day), None
        found = resolver.resolve(said, day)
        return self._who(said, found.person_id, day), found.note

    def _who(self, written: str, person_id: str | None, day: date) -> Who:
        if person_id is None:
            return Who(written=written)
        faction, note = self._on(day).faction_on(person_id, day)
        return Who(written=written, person_id=person_id, faction=faction, faction_note=note)

    def _on(self, day: date) -> Resolver:
        convocation = convocation_on(day)
        return self._resolver_of(convocation.numeral) if convocation else NOBODY
