"""The clauses of an agenda item: what stands in its brackets. `vocab.agenda_item` finds the brackets.

A clause is one row of `_CLAUSES`: how it starts, and what reads it. A new wording is a new row.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from vocab.dates import find_days
from vocab.errors import ReadError
from vocab.names import PersonName, split_names
from vocab.numbers import BillNumber, ResolutionNumber, split_acts
from vocab.text import fold_space

Decision = Literal["adopt", "approve", "reject", "return", "postpone", "note", "submit", "considered"]


@dataclass(frozen=True, slots=True)
class CommitteeDecision:
    """What a committee decided on a draft; `committee` in the nominative, None for «комитетами рассмотрен».

    `submit`: to put it before the parliament without an opinion; `considered`: no decision is told.
    """

    committee: str | None
    decision: Decision
    readings: tuple[int, ...] = ()


@dataclass(slots=True)
class Clauses:
    """What the clauses read so far say; the fields are those of `AgendaItemText`.

    `adopts_resolution`: a committee speaks of a draft resolution.
    """

    amends: list[str] = field(default_factory=list)
    readings: set[int] = field(default_factory=set)
    initiators: list[str] = field(default_factory=list)
    government: bool = False
    resolutions: list[ResolutionNumber] = field(default_factory=list)
    committee_decisions: list[CommitteeDecision] = field(default_factory=list)
    discussed: list[date] = field(default_factory=list)
    rapporteurs: list[str] = field(default_factory=list)
    bill_number: BillNumber | None = None
    package: str | None = None
    subject: str | None = None
    adopts_resolution: bool = False
    leftovers: list[str] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Reads one clause; what cannot be read goes to the leftovers."""
        for start, read in _CLAUSES:
            if start.match(text):
                try:
                    read(self, text)
                except ReadError:
                    break
                return
        self.leftovers.append(text)


def is_clause(text: str) -> bool:
    """True when a text starts as one of the clauses does."""
    return any(start.match(text) for start, _ in _CLAUSES)


_ORDINALS: tuple[tuple[tuple[int, ...], str], ...] = (
    ((1,), r"перв[а-я]+|1(?:-?(?:ое|е|м|ом|му|го))?|I|биринчи"),
    ((2,), r"втор[а-я]+|2(?:-?(?:ое|е|м|ом|му|го))?|II|экинчи"),
    ((3,), r"трет[а-я]+|3(?:-?(?:е|ье|ьем|м|ем|му|го))?|III|үчүнчү"),
    ((1, 2), r"двух|эки"),
    ((1, 2, 3), r"тр[её]х|үч"),
)
_ORDINAL = "(?:" + "|".join(words for _, words in _ORDINALS) + ")"
_READINGS = re.compile(
    rf"\b(?P<numbers>{_ORDINAL}(?:\s*(?:,|и|жана)\s*(?:во?\s|на\s)?\s*{_ORDINAL})*)"
    r"(?:\s+|\s?-\s?)(?:чтени[а-я]*|окуу[а-яөү]*)",
    re.IGNORECASE,
)


def find_readings(text: str) -> tuple[int, ...]:
    """The readings that a text names: «во втором и третьем чтениях» is (2, 3), «в трех чтениях» (1, 2, 3)."""
    found: set[int] = set()
    for match in _READINGS.finditer(text):
        for word in re.findall(rf"\b{_ORDINAL}\b", match["numbers"], re.IGNORECASE):
            found.update(*(numbers for numbers, words in _ORDINALS if re.fullmatch(words, word, re.IGNORECASE)))
    return tuple(sorted(found))


# The verb of a decision, first row that fits; None for what is none of ours and stays with the leftovers.
_DECISIONS: tuple[tuple[Decision | None, re.Pattern[str]], ...] = (
    ("adopt", re.compile("(?:отклон|преодол)[а-я]* возражени", re.IGNORECASE)),
    (None, re.compile("возражени|сня(?:ть|т)|отозва", re.IGNORECASE)),
    ("reject", re.compile(r"\bне (?:приним|приня|поддерж|одобр)", re.IGNORECASE)),
    ("note", re.compile("принят[а-я]* к сведению", re.IGNORECASE)),
    ("reject", re.compile("отклон|четке как", re.IGNORECASE)),
    ("return", re.compile("верн|возвра[тщ]|доработ", re.IGNORECASE)),
    ("postpone", re.compile("отлож|перен[её]с", re.IGNORECASE)),
    ("submit", re.compile("внести на рассмотрение|вынести на рассмотрение", re.IGNORECASE)),
    ("adopt", re.compile("принят|кабыл ал", re.IGNORECASE)),
    ("approve", re.compile("одобр|поддерж|жактыр", re.IGNORECASE)),
    ("considered", re.compile("рассмотр|кара", re.IGNORECASE)),
)
_DASH = r"(?:\s*[–—:]\s*|\s+-\s*|\s*-\s+)"
_ONE_DECISION = re.compile(
    rf"(?:решени[а-я]*\s+)?(?P<committee>.*?\S)(?:(?<![а-я]-){_DASH}(?P<what>[^–—]+))?", re.IGNORECASE
)
_NEXT_DECISION = re.compile(r"[,;]\s*(?:и\s+)?(?=решени|комитета\s)", re.IGNORECASE)
_NEXT_COMMITTEE = re.compile(r"[,;]\s*(?=комитет)", re.IGNORECASE)
_COMMITTEE = re.compile(r"^((?:[а-яё]+(?:ого|ым)\s+)*)комитет(?:а|ом)\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"(?P<committees>комитет.*?)\s+"
    r"(?P<what>(?:рассмотрен|одобрен|поддержан|принят|отклон[её]н|возвращ[её]н|отложен|перенес[её]н).*)",
    re.IGNORECASE,
)
_HEAD = re.compile(rf"[а-яёөүң ]+?{_DASH}", re.IGNORECASE)

# A government resolution among the initiators, up to the next one of these or the end.
_RESOLUTION = re.compile(
    r"[,;]?\s*(?:[Пп]остановлени.*?"
    r"(?=,\s*(?:[Дд]епутат|[Пп]резидент|[А-ЯЁ]\.|[А-ЯЁ][\w-]+ (?:\w+ )?[А-ЯЁ][а-яё]?\.)|$)"
    r"|\d{4}\s*-?\s*ж.*?токтом[а-яөү]*)"
)
_GOVERNMENT = re.compile(r"(?:правительств|кабинет[а-я]* министров|өкмөт|министрлер кабинет)", re.IGNORECASE)
_OTHER_INITIATOR = re.compile(
    r"президент|народн|жогорку ке[нң]еш|верховн[а-я]+ суд|депутатск[а-я]+ групп|(?:парламентск[а-я]+ )?фракци|комитет",
    re.IGNORECASE,
)
# «внесен Правительством»: who, in the nominative.
_BY_WHOM = (("Правительством", "Правительство"), ("Кабинетом", "Кабинет"), ("Президентом", "Президент"))
_DEPUTY = re.compile(
    r"(?:(?:жогорку ке[нң]еш[а-я]*|жк)\s+)?\bдепутат(?:а|у|ы|ом|ов|ами?|тары?)?\b"
    r"(?:\s+(?:жогорку кенеша|жк))?(?:\s+(?:кыргызской республики|кр))?\s*[–—:-]?\s*",
    re.IGNORECASE,
)


def _decision(committee: str | None, text: str) -> CommitteeDecision:
    for decision, words in _DECISIONS:
        if words.search(text):
            if decision is None:
                break
            return CommitteeDecision(committee and _nominative_committee(committee), decision, find_readings(text))
    raise ReadError("committee decision", f"an unknown decision «{text}»")


def _nominative_committee(name: str) -> str:
    return _COMMITTEE.sub("Комитет", name.strip(" ,"))


def _read_decisions(clauses: Clauses, text: str) -> None:
    found: list[CommitteeDecision] = []
    what: str | None = None
    for part in reversed(_NEXT_DECISION.split(text)):
        match = _ONE_DECISION.fullmatch(part)
        what = (match and match["what"]) or what  # «решение Комитета А, Комитета Б – принять»: one for both
        if match is None or what is None:
            raise ReadError("committee decision", f"no decision in «{text}»")
        found.append(_decision(match["committee"], what))
    clauses.committee_decisions.extend(reversed(found))
    clauses.adopts_resolution |= "проект постановления" in text


def _read_passive_decision(clauses: Clauses, text: str) -> None:
    match = _PASSIVE.fullmatch(text)
    if match is None:
        raise ReadError("committee decision", f"no decision in «{text}»")
    for committee in _NEXT_COMMITTEE.split(match["committees"]):
        named = None if re.match("комитетами", committee, re.IGNORECASE) else committee
        clauses.committee_decisions.append(_decision(named, match["what"]))


def _after_dash(text: str) -> str:
    head = _HEAD.match(text)
    return text[head.end() :] if head else text.partition(" ")[2]


def _read_initiators(clauses: Clauses, text: str) -> None:
    body = _after_dash(text)
    resolutions = ResolutionNumber.find_all(body)
    names, cut = _RESOLUTION.subn("", body)
    if cut and not resolutions:
        raise ReadError("initiators", f"a resolution without number or day in «{body}»")
    for instrumental, nominative in _BY_WHOM:
        names = re.sub(rf"\b{instrumental}\b", nominative, names)
    found = split_names(_DEPUTY.sub("", names))
    if not found:
        raise ReadError("initiators", f"nobody in «{text}»")
    for name in found:
        if not _GOVERNMENT.match(name) and not _OTHER_INITIATOR.match(name):
            PersonName.parse(name)
    clauses.initiators.extend(found)
    clauses.resolutions.extend(resolutions)
    clauses.government = clauses.government or any(_GOVERNMENT.match(one) for one in found)


def _read_rapporteurs(clauses: Clauses, text: str) -> None:
    body = _after_dash(text)
    names = split_names(_DEPUTY.sub("", body))
    try:
        for name in names:
            PersonName.parse(name)
    except ReadError:
        names = (body,)  # «заместитель министра финансов Исаев К.К.» is one, with commas in the post
    if not names:
        raise ReadError("rapporteur", f"nobody in «{text}»")
    clauses.rapporteurs.extend(names)


def _read_discussion(clauses: Clauses, text: str) -> None:
    found = find_days(text)
    days = [one.day for one in found if one.day]
    if not days or len(days) < len(found):
        raise ReadError("discussion", f"no day in «{text}»")
    clauses.discussed.extend(days)


def _read_readings(clauses: Clauses, text: str) -> None:
    clauses.readings.update(find_readings(text))


def _read_amended_acts(clauses: Clauses, text: str) -> None:
    clauses.amends.extend(split_acts(text))


def _read_bill_number(clauses: Clauses, text: str) -> None:
    clauses.bill_number = BillNumber.parse(text)


def _read_package(clauses: Clauses, text: str) -> None:
    clauses.package = fold_space(re.sub("^из пакета", "", text, flags=re.IGNORECASE))


def _read_subject(clauses: Clauses, text: str) -> None:
    clauses.subject = text


def _starts(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_CLAUSES: tuple[tuple[re.Pattern[str], Callable[[Clauses, str], None]], ...] = (
    (
        _starts(rf"(?:(?:внос|рассм|предлаг|повторн|на|для|во?)[а-яё]*\s+){{0,4}}{_READINGS.pattern}\W*$"),
        _read_readings,
    ),
    (_starts("инициатор|инициирован|внес[её]н[а-я]* (?!на)|демилгечи"), _read_initiators),
    (_starts("решени[а-я]* (?:[а-яё-]+ого )*комитет"), _read_decisions),
    (_starts("комитет(?:ом|ами)"), _read_passive_decision),
    (_starts("обсужд|талкуу"), _read_discussion),
    (_starts("в .*(?:закон|кодекс|конституци|постановлени)"), _read_amended_acts),
    (_starts("(?:со)?докладчик|(?:кошумча )?баяндамачы"), _read_rapporteurs),
    (_starts(r"(?:рег[а-я.]*\s*)?(?:№|N)?\s*\d{1,2}\s*[-–]\s*\d+\s*/\s*\d{2}\W*$"), _read_bill_number),
    (_starts("из пакета"), _read_package),
    (_starts("об? депутате|(?:по|об?) кандидатуре|возвращ[её]нн.* президента"), _read_subject),
)
