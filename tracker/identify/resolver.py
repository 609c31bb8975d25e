"""Which deputy a written name means on a day, and of which faction. Pure; one resolver per convocation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from vocab.errors import ReadError
from vocab.name_slips import likely_slip
from vocab.names import Case, PersonName

DECIDED = "decided"  # the method of what a person decided
SLIP_SCORE = 0.7  # one mistyped letter or initial: a person should look at it
LIKENESS_SCORE = 0.5  # one deputy of the day has these initials and nearly this surname
BY_DAY_SCORE = 0.9  # several deputies of the convocation fit, one of them stands on the list of the day
_BY_DAY = "chosen by the list of the day"
_LIKENESS = "slip of the pen: nearly this surname, these initials, the only one on the list of the day"
_RESEMBLING = 0.85  # «Турусбеков» and «Турсунбеков»


@dataclass(frozen=True, slots=True)
class Stretch:
    """A membership: both days are days of lists that show the person in the faction (None: in no faction)."""

    person_id: str
    first: date
    last: date
    faction: str | None

    def covers(self, day: date) -> bool:
        """True when lists before and after the day (or of it) show the membership."""
        return self.first <= day <= self.last

    def nearest(self, day: date) -> date:
        """The day of the list of this stretch that is nearest to `day`."""
        return self.last if day > self.last else max(self.first, day)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a name means, by which method, and who else was possible.

    `person_id` None: `method` is "unknown" or "ambiguous". `note` says what was assumed, if anything.
    """

    person_id: str | None
    method: str
    score: float = 1.0
    candidates: tuple[str, ...] = ()
    note: str | None = None


@lru_cache(maxsize=16_384)
def read_name(written: str, case: Case = "unknown") -> PersonName | None:
    """The name, or None for a text that is no name of one person."""
    try:
        return PersonName.parse(written, case)
    except ReadError:
        return None


def names_deputy(initiator: str) -> bool:
    """True where an initiator is written as a person is: «Правительство» has neither given name nor initials."""
    name = read_name(initiator)
    return name is not None and bool(name.given or name.initials)


class Resolver:
    """The deputies of one convocation: their spellings and their memberships.

    `names` are pairs of a person's id and one spelling of the name in full.
    """

    def __init__(self, names: Iterable[tuple[str, str]], stretches: Iterable[Stretch]) -> None:
        self._by_key: dict[str, list[tuple[str, PersonName]]] = {}
        self._names: list[tuple[str, PersonName]] = []
        self._stretches: dict[str, list[Stretch]] = {}
        self._found: dict[str, tuple[tuple[str, ...], str | None]] = {}
        for person_id, written in sorted(names):
            name = read_name(written, "nominative")
            if name is not None:
                self._names.append((person_id, name))
                for key in name.match_keys():
                    self._by_key.setdefault(key, []).append((person_id, name))
        for stretch in sorted(stretches, key=lambda one: (one.person_id, one.first)):
            self._stretches.setdefault(stretch.person_id, []).append(stretch)
        ordered = [one for found in self._stretches.values() for one in found]
        self._days = (
            min((one.first for one in ordered), default=date.max),
            max((one.last for one in ordered), default=date.min),
        )

    def resolve(self, written: str, day: date) -> Resolution:
        """The person whom a name means on a day: one who fits, else one whom a slip of the pen explains."""
        fitting, slip = self._fitting(written)
        if slip:
            return Resolution(fitting[0], "slip", SLIP_SCORE, fitting, f"slip of the pen: {slip}")
        if len(fitting) == 1:
            return Resolution(fitting[0], "name")
        on_list = [one for one in fitting if self._is_member(one, day)]
        if len(on_list) == 1:
            return Resolution(on_list[0], "name_and_day", BY_DAY_SCORE, fitting, _BY_DAY)
        if fitting:
            return Resolution(None, "ambiguous", 0.0, fitting)
        hints = self._resembling(written)
        likely = [one for one in hints if self._is_member(one, day)]
        if len(likely) == 1 and hints[likely[0]]:
            return Resolution(likely[0], "slip", LIKENESS_SCORE, tuple(hints), _LIKENESS)
        return Resolution(None, "unknown", 0.0, tuple(hints))

    def _resembling(self, written: str) -> dict[str, bool]:
        """Whom a name that nobody has resembles, and whether by its initials; else as a hint, never as an answer."""
        name = read_name(written)
        if name is None:
            return {}
        found: dict[str, bool] = {}
        for person_id, known in self._names:
            alike = _resemblance(name, known)
            if alike is not None:
                found[person_id] = alike or found.get(person_id, False)
        return dict(sorted(found.items()))

    def name_of(self, person_id: str) -> str | None:
        """A spelling of the person's name, None for somebody who is no deputy of the convocation."""
        return next((str(name) for one, name in self._names if one == person_id), None)

    def faction_on(self, person_id: str, day: date) -> tuple[str | None, str | None]:
        """The canonical faction of a person on a day, and a note when it comes from another day's list."""
        stretches = self._stretches.get(person_id)
        if not stretches:
            return None, None
        nearest = min(stretches, key=lambda one: abs(one.nearest(day) - day))
        if nearest.covers(day):
            return nearest.faction, None
        return nearest.faction, f"nearest list: {nearest.nearest(day).isoformat()}"

    def _is_member(self, person_id: str, day: date) -> bool:
        """True when the list of the day shows the person; before the first list that one counts."""
        known = min(max(day, self._days[0]), self._days[1])
        return any(one.covers(known) for one in self._stretches.get(person_id, ()))

    def _fitting(self, written: str) -> tuple[tuple[str, ...], str | None]:
        """Ids of the persons who fit; if nobody does, of the one who would but for a slip, and the slip."""
        known = self._found.get(written)
        if known is None:
            known = self._found[written] = self._look_up(written)
        return known

    def _look_up(self, written: str) -> tuple[tuple[str, ...], str | None]:
        name = read_name(written)
        if name is None:
            return (), None
        by_key = {one for key in name.match_keys() for one in self._by_key.get(key, ())}
        fitting = {person_id for person_id, known in by_key if name.compatible(known)}
        if fitting:
            return tuple(sorted(fitting)), None
        slips = {person_id: slip for person_id, known in self._names if (slip := likely_slip(name, known))}
        if len(slips) != 1:
            return (), None
        [(person_id, slip)] = slips.items()
        return (person_id,), slip.value


def _resemblance(one: PersonName, other: PersonName) -> bool | None:
    """True: other surname by a few letters, same initials; False: same surname, other initials; None: neither."""
    same_initials = len(one.initials) > 1 and one.initials == other.initials
    if same_initials and SequenceMatcher(None, one.match_key, other.match_key).ratio() >= _RESEMBLING:
        return True
    return False if one.match_key == other.match_key else None
