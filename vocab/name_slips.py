"""Slips of the pen in names: why two names that contradict each other may still mean one person."""

from enum import StrEnum

from vocab.name_forms import patronymic_key, spelling_key
from vocab.names import PersonName

_SHORTEST = 5  # shorter words differ in one letter too easily («Ким», «Кам»)


class Slip(StrEnum):
    """What must have been mistyped for two names to be one."""

    INITIALS_SWAPPED = "initials_swapped"
    INITIAL_DIFFERS = "initial_differs"
    SURNAME_LETTER = "surname_letter"
    GIVEN_LETTER = "given_letter"
    PATRONYMIC_LETTER = "patronymic_letter"


def likely_slip(one: PersonName, other: PersonName) -> Slip | None:
    """The one slip that would make two contradicting names agree, else None.

    «Айдаров А.С.» for С.А.; «Зулушев К.А.» for К.Т.; «Тусунбаев» for Турсунбаев; «Алмасбек» for Алмазбек.
    A slip is no proof: use it where exactly one person comes into question, and mark the link for review.
    """
    if one.compatible(other):
        return None
    if one.match_key != other.match_key:
        return _surname_slip(one, other)
    for slip, mended in _mendings(one, other):
        if mended.compatible(other):
            return slip
    return None


def _surname_slip(one: PersonName, other: PersonName) -> Slip | None:
    known = len(one.initials) == len(other.initials) == 2
    mended = PersonName(other.surname, one.given, one.patronymic, one.initials)
    if known and _one_letter_apart(one.match_key, other.match_key) and mended.compatible(other):
        return Slip.SURNAME_LETTER
    return None


def _mendings(one: PersonName, other: PersonName) -> list[tuple[Slip, PersonName]]:
    """The first name as it would be without each slip that its parts allow."""
    found = []
    surname, given = one.surname, one.given
    if given is None and len(one.initials) == len(other.initials) == 2:
        first, second = one.initials
        found.append((Slip.INITIALS_SWAPPED, PersonName(surname, initials=(second, first))))
        found.append((Slip.INITIAL_DIFFERS, PersonName(surname, initials=(first,))))
        found.append((Slip.INITIAL_DIFFERS, PersonName(surname, initials=(other.initials[0], second))))
    if given and other.given and _one_letter_apart(spelling_key(given), spelling_key(other.given)):
        found.append((Slip.GIVEN_LETTER, PersonName(surname, other.given, one.patronymic, one.initials)))
    fathers = [patronymic_key(name.patronymic or "") for name in (one, other)]
    if _one_letter_apart(*fathers):
        found.append((Slip.PATRONYMIC_LETTER, PersonName(surname, given, other.patronymic, one.initials)))
    return found


def _one_letter_apart(one: str, other: str) -> bool:
    """True when one letter changed, added or left out makes two words equal.

    The last letter must agree: it tells men from women («Исаев», «Исаева»).
    """
    short, long = sorted((one, other), key=len)
    if short == long or len(short) < _SHORTEST or len(long) - len(short) > 1 or short[-1] != long[-1]:
        return False
    same = next(place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b)
    rest = short[same + 1 :] if len(short) == len(long) else short[same:]
    return rest == long[same + 1 :]
