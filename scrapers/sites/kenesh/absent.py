"""The list of absent deputies in a protocol, and to whom each gave the right to vote.

    Фамилия И.О. (право голосования передано депутату Фамилии И.О. в письменной форме [по вопросу …]), Фамилия И.О., …

The pages forget commas and brackets, so the words «право голосования передано» are the anchors: what stands before one
ends with the name of the deputy who gave the vote, what follows tells to whom, how, and for which question.
"""

import re
from dataclasses import dataclass, field

from scrapers.items import Absence
from scrapers.page import Problem
from vocab.errors import ReadError
from vocab.names import PersonName, split_names
from vocab.text import fold_space

_GIVEN = re.compile(r"\(?\s*право\s+голос\w*\s+передан\w*\s+(?:депутат\w*)?[\s,:]*", re.IGNORECASE)
_FORM = r"(?:в|во|а)\s+письменн\w+\s+форм\w+"  # «а письменной форме» is a slip that occurs
_SCOPE = r"(?:по\s+(?:вопрос|проект)|на\s+(?:период|время))"
_WRITTEN = re.compile(rf"[,\s]*{_FORM}", re.IGNORECASE)
_ABOUT = re.compile(rf"[,\s]*(?={_SCOPE})", re.IGNORECASE)
_RECEIVER_END = re.compile(rf"[,;()]|\s(?={_FORM}|{_SCOPE})", re.IGNORECASE)
_NEXT_NAME = re.compile(
    r"[,;]\s*(?=[А-ЯЁӨҮҢ][\w-]+\s+(?:(?:уулу|кызы)\s+)?[А-ЯЁӨҮҢ]|[А-ЯЁӨҮҢ]\.\s?(?:[А-ЯЁӨҮҢ]\.\s?)?[А-ЯЁӨҮҢ])"
)
_BRACKET = re.compile(r"\([^()]*\)?")
_QUESTION = re.compile(r"^по\s+вопрос\w*\s+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=\w{3})\.$|(?<=\.)\.+$")  # the dot of an initial stays
_EDGES = " ,;"


@dataclass(slots=True)
class AbsenceList:
    """The deputies in order, numbered from `seq`; what could not be read, and what was repaired."""

    seq: int
    absences: list[Absence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def names(self, text: str) -> list[str | None]:
        """The names of a piece of the list, None for what is no name; brackets between them are a problem."""
        for bracket in _BRACKET.findall(text):
            self.problem("neither a name nor a transfer", bracket, lost=False)
        bare = _BRACKET.sub(" ", text).replace(")", " ")
        return [name if self.is_name(name) else None for name in split_names(bare)]

    def is_name(self, text: str) -> bool:
        """False, and a problem, for what is no name."""
        try:
            PersonName.parse(text)
        except ReadError:
            self.problem("not a name", text)
            return False
        return True

    def absent(self, name: str, transfer: "_Transfer | None" = None) -> None:
        """A deputy is absent, and gave the vote to another one or to nobody."""
        given = transfer or _Transfer("", 0)
        self.absences.append(
            Absence(
                seq=self.seq + len(self.absences),
                name=name,
                transfer_to=given.to or None,
                about=given.about,
                written_form=given.written,
            )
        )

    def transfer(self, before: str, transfer: "_Transfer") -> None:
        """A transfer and the names before it, of which the last one gave the vote."""
        *others, giver = self.names(before) or [None]
        for name in filter(None, others):
            self.absent(name)
        if giver is None:
            self.problem("no name before a vote transfer", transfer.to)
        else:
            self.absent(giver, transfer if self.is_name(transfer.to) else None)
        if transfer.unread:
            self.problem("not understood in a vote transfer", transfer.unread)
        if transfer.unclosed:
            self.notes.append(f"the bracket is not closed after {transfer.to}")

    def problem(self, reason: str, excerpt: str, *, lost: bool = True) -> None:
        """A piece of the list that cannot be kept; `lost`: it may be a deputy or a transfer."""
        self.problems.append(Problem(place="absent deputies", reason=reason, excerpt=excerpt, record_lost=lost))


@dataclass(frozen=True, slots=True)
class _Transfer:
    """What follows «право голосования передано»; it ends at `end` of the text it was read from."""

    to: str
    end: int
    written: bool = False
    about: str | None = None
    unread: str = ""
    unclosed: bool = False


def read_absences(text: str, seq: int) -> AbsenceList:
    """Reads «Фамилия И.О. (право голосования передано депутату …), …», numbered from `seq`.

    A name or bracket that cannot be read is a problem; the names around it are kept.
    """
    text = _SENTENCE_END.sub("", fold_space(text))
    found = AbsenceList(seq)
    start = 0
    given = list(_GIVEN.finditer(text))
    limits = [*(one.start() for one in given[1:]), len(text)]
    for one, limit in zip(given, limits, strict=False):
        transfer = _read_transfer(text[one.end() : limit])
        found.transfer(text[start : one.start()], transfer)
        start = one.end() + transfer.end
    for name in filter(None, found.names(text[start:])):
        found.absent(name)
    if not found.absences and not found.problems:
        found.problem("no names", text)
    return found


def _read_transfer(text: str) -> _Transfer:
    """Receiver, form, question; `text` reaches up to the next transfer."""
    place = _next(_RECEIVER_END, text, 0)
    to = text[:place].strip(_EDGES)
    form = _WRITTEN.match(text, place)
    written, place = form is not None, form.end() if form else place
    close = _closing(text, place)
    if close is None:
        about, end = _open_question(text, place)
        return _Transfer(to, end, written, about, unclosed=True)
    if scope := _ABOUT.match(text, place):
        return _Transfer(to, close + 1, written, _question(text[scope.end() : close]))
    unread = text[place:close].strip(_EDGES)
    about, end = _open_question(text, close + 1)  # «(… в письменной форме) по вопросу …»
    return _Transfer(to, end, written, about, unread)


def _open_question(text: str, place: int) -> tuple[str | None, int]:
    """A question that no bracket ends: it goes on to the next name. Where it ends; `place` where there is none."""
    scope = _ABOUT.match(text, place)
    if scope is None:
        return None, place
    end = _next(_NEXT_NAME, text, scope.end())
    return _question(text[scope.end() : end]), end


def _question(text: str) -> str:
    return _SENTENCE_END.sub("", _QUESTION.sub("", text).strip(_EDGES))


def _next(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where the pattern is found next, else the end of the text."""
    match = pattern.search(text, start)
    return match.start() if match else len(text)


def _closing(text: str, start: int) -> int | None:
    """The place of the bracket that closes one opened before `start`; quotes are ignored, for they stay open."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place
    return None
