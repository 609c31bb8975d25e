"""The absent deputies of a protocol: who, and to whom the vote was given. The list forgets brackets and commas."""

import re
from collections.abc import Iterator

from scrapers.items import Absence
from scrapers.page import Problem
from vocab.errors import ReadError
from vocab.names import PersonName, split_names

_UNOPENED = re.compile(r"(?<!\()(?<!\(\s)право голос", re.IGNORECASE)
_TRANSFER = re.compile(
    r"право голосования передано депутату,?\s*(?P<to>.+?)"
    r"(?P<form>\s*\b[ва] письменной форме)?(?:\s*по вопросу (?P<about>.+))?\s*",
    re.IGNORECASE,
)
_FORM_END = re.compile(r"письменной форме", re.IGNORECASE)
_AFTER = re.compile(r"\s*по вопросу ([^,()]+)")


def read_absences(text: str, seq: int) -> tuple[list[Absence], list[Problem]]:
    """Absences of «Фамилия И.О. (право голосования передано депутату …), …», numbered from `seq`.

    A name or bracket that cannot be read is a problem; the names around it are kept.
    """
    absences: list[Absence] = []
    problems: list[Problem] = []
    for names, transfer, about in _pieces(_UNOPENED.sub("(право голос", text.strip(" ."))):
        for name in names:
            if not _is_name(name):
                problems.append(Problem(place="absent deputies", reason="not a name", excerpt=name, record_lost=True))
                continue
            absences.append(Absence(seq=seq + len(absences), name=name))
        if transfer is None:
            continue
        read = _TRANSFER.fullmatch(transfer)
        if read is None or not absences or not names or not _is_name(read["to"]):
            problems.append(Problem(place="vote transfer", reason="cannot be read", excerpt=transfer, record_lost=True))
            continue
        absences[-1] = Absence(
            seq=absences[-1].seq,
            name=absences[-1].name,
            transfer_to=read["to"].strip(),
            about=(read["about"] or about or "").strip(" .") or None,
            written_form=read["form"] is not None,
        )
    return absences, problems


def _pieces(text: str) -> Iterator[tuple[tuple[str, ...], str | None, str | None]]:
    """(names up to a bracket, the bracket's text, what follows it as its question); the last has no bracket."""
    place = 0
    while (start := text.find("(", place)) >= 0:
        names = split_names(text[place:start].strip(" ,"))
        end, inner = _bracket(text, start)
        after = _AFTER.match(text, end)
        place = after.end() if after else end
        yield names, inner.strip(), after[1] if after else None
    rest = text[place:].strip(" ,.)")
    if rest:
        yield split_names(rest), None, None


def _bracket(text: str, start: int) -> tuple[int, str]:
    """End and text of the bracket at `start`; one that is not closed ends with «в письменной форме»."""
    closing, opening = text.find(")", start), text.find("(", start + 1)
    if closing >= 0 and (opening < 0 or closing < opening):
        return closing + 1, text[start + 1 : closing]
    limit = opening if opening >= 0 else len(text)
    form = _FORM_END.search(text, start, limit)
    end = form.end() if form else limit
    return end, text[start + 1 : end]


def _is_name(text: str) -> bool:
    try:
        PersonName.parse(text)
    except ReadError:
        return False
    return True
