"""Public ids: made from natural keys only, so that a second database gives the same addresses."""

import hashlib
import re
from datetime import date

from vocab.bodies import Body, faction_name
from vocab.names import PersonName
from vocab.numbers import BillNumber, ResolutionNumber
from vocab.text import fold, slug

_DIGEST_LENGTH = 10


def digest(*parts: str) -> str:
    """A short stable hash of folded parts, for keys that have no number of their own."""
    return digest_of_folded(*map(fold, parts))


def digest_of_folded(*parts: str) -> str:
    """As `digest`, of parts that are folded already: for those who fold the same words again and again."""
    text = "\x1f".join(parts)
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST_LENGTH).hexdigest()


def sitting_id(body: Body, day: date, *, committee: str | None = None, extraordinary: bool = False) -> str:
    """`plenary-2017-05-17`, `plenary-2017-08-25-extraordinary`, `committee-<slug>-2018-10-02`."""
    parts = [body.value]
    if committee:
        parts.append(committee_id(committee))
    parts.append(day.isoformat())
    if extraordinary:
        parts.append("extraordinary")
    return "-".join(parts)


def committee_id(name: str) -> str:
    """A committee's id: the readable start of its name and a hash of the whole, for long names share their start."""
    bare = fold(name).removeprefix("комитет по ").removeprefix("комитет ")
    return f"{slug(bare)[:32].strip('-')}-{digest(bare)[:6]}"


def faction_id(convocation: str, name: str) -> str:
    """`vi-respublika-ata-zhurt`: a faction is one of a convocation, for the next one elects another of the name.

    Spellings that differ in quotes, hyphens, blanks or «Парламентская фракция» give the same id.
    """
    bare = re.sub("[«»\"']", " ", faction_name(name))
    return f"{slug(convocation)}-{slug(bare)}"


def person_id(name: PersonName, convocation: str | None = None) -> str:
    """`abdyldaev-myktybek-yusupovich`; the convocation is appended where two persons share all names."""
    full = " ".join(part for part in (name.surname, name.given, name.patronymic) if part)
    if name.given is None and name.initials:
        full = f"{name.surname} {' '.join(name.initials)}"
    return "-".join(filter(None, (slug(full), slug(convocation) if convocation else None)))


def bill_number_key(number: BillNumber) -> str:
    """Key of a bill by its registration number: `n-6-16490-26`."""
    return f"n-{number.prefix}-{number.serial}-{number.year:02d}"


def resolution_key(resolution: ResolutionNumber) -> str:
    """Key of a government bill of the old years: `gov-494-2014-08-29`."""
    return f"gov-{slug(resolution.number)}-{resolution.day.isoformat()}"
