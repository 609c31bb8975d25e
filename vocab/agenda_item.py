"""The grammar of an agenda item: one line of an agenda or of a vote list, read into its parts.

    О проекте Закона «…» (в Закон «…», Кодекс …) (вносится на второе чтение)
    (инициатор – Правительство, постановление № … от …) (решение Комитета по … – принять в … чтении)
    (обсуждение проводилось …) (из пакета …)

The sources forget closing quotes and blanks, put brackets into titles and nest quotes; a scanner over
brackets and quotes finds the title's end, a table (`vocab.agenda_clauses`) reads the clauses. What no row
understands is kept.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vocab.agenda_clauses import Clauses, CommitteeDecision, Decision, find_readings, is_clause
from vocab.errors import ReadError
from vocab.numbers import BillNumber, ResolutionNumber, split_acts
from vocab.text import balance, find_groups, fold, fold_space, plain_quotes, unquote

__all__ = ["AgendaItemText", "CommitteeDecision", "Decision", "ItemKind", "find_readings", "read_agenda_item"]

ItemKind = Literal["law", "constitutional_law", "code", "ratification", "resolution", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemText:
    """What the text of one agenda item says.

    `title` without outer quotes; `initiators` and `rapporteurs` as written, without «депутат»; `readings`
    sorted; `discussed` the days of the discussion; `subject` a note on whom or what the item is about;
    `leftovers` the clauses that were not understood: count them, for they may say something important.
    """

    text: str
    kind: ItemKind
    title: str
    amends: tuple[str, ...] = ()
    readings: tuple[int, ...] = ()
    initiators: tuple[str, ...] = ()
    government: bool = False
    resolutions: tuple[ResolutionNumber, ...] = ()
    committee_decisions: tuple[CommitteeDecision, ...] = ()
    discussed: tuple[date, ...] = ()
    rapporteurs: tuple[str, ...] = ()
    bill_number: BillNumber | None = None
    package: str | None = None
    subject: str | None = None
    leftovers: tuple[str, ...] = ()


_LIST_NUMBER = re.compile(r"^\d{1,3}[.)]\s*(?=\D)")
_OF = r"(?P<of>(?:\s+(?:жогорку кенеша|жк|кыргызской республики|кр)\b)*)"
_NUMBER = r"(?P<number>[^«(]{0,12}\d{1,2}-\d+/\d{2})?\s*"
_LAW = r"конституционн[а-я]+\s+закон[а-я]*|закон[а-я]*|кодекс[а-я]*"
_LEADS = tuple(
    re.compile(lead, re.IGNORECASE)
    for lead in (
        rf"(?:об?\s+)?(?:объедин[её]нн[а-я]+\s+)?проект[а-я]*\s+(?:{_LAW}|постановлени[а-я]*){_OF}{_NUMBER}",
        rf"(?:о\s+)?законопроект[а-я]*{_NUMBER}",
        rf"о\s+(?:{_LAW}){_OF}{_NUMBER}(?=«)",  # a law that the President returned
        r"(?:о\s+)?проект[а-я]*\s+(?=[а-яё-]+ого\s+кодекса)",
    )
)
_KYRGYZ_DRAFT = re.compile(r"[^(«]*?долбоор[а-яөү]*(?:\s+(?:жөнүндө|тууралуу))?", re.IGNORECASE)
_KINDS: tuple[tuple[ItemKind, re.Pattern[str]], ...] = (
    ("constitutional_law", re.compile("конституционн|конституциялык")),
    ("code", re.compile("кодекс")),
    ("resolution", re.compile("постановлени|токтом")),
    ("law", re.compile("закон|мыйзам|проект")),
)
_RATIFICATION = re.compile(r"о (?:ратификации|присоединении)\b|.*(?:ратификациялоо|кошулуу)")
_CODE_TITLE = re.compile(r"(?:[а-я-]+(?:ый|ий|ой) )?кодекс\b")
_NEW_CODE = re.compile(r"кодекс[а-я]*(?P<of>.*)$", re.IGNORECASE)
_GENITIVE_CODE = re.compile(r"^([а-яё-]+)ого\s+кодекса", re.IGNORECASE)
_STRESSED_END = ("трудов", "лесн", "цифров")
_AMENDS = re.compile(r"О внесении\s+(?:изменени|дополнени|поправ).*?\sв\s+(?P<acts>.+)", re.IGNORECASE)
_CLAUSE_AHEAD = (
    r"\s*(?=(?:со)?докладчик|инициатор|вносится|решение комитета|обсуждение|баяндамачы|демилгечи|№\s*\d{1,2}-"
    r"|(?:во?\s)?(?:(?:перв|втор|трет)[а-я]+|[123]\S{0,3}) ?чтени|(?:биринчи|экинчи|үчүнчү) окуу)"
)
_LOOSE_CLAUSE = re.compile(rf"\s*[.,;–—-]{_CLAUSE_AHEAD}", re.IGNORECASE)
_NEXT_IN_BRACKET = re.compile(rf",{_CLAUSE_AHEAD}", re.IGNORECASE)
_EDGES = " ,;:–—-"


def read_agenda_item(text: str) -> AgendaItemText:
    """Reads one agenda item in Russian, on a basic level in Kyrgyz. Raises ReadError for no words."""
    text = fold_space(text)
    work = plain_quotes(_LIST_NUMBER.sub("", text))
    if not re.search(r"[^\W\d_]", work):
        raise ReadError("agenda item", f"no words in «{text}»")
    what, start, end, after = _title_span(work)
    quoted = _quote_end(work, start) == end
    title, *loose = [work[start:end]] if quoted else _LOOSE_CLAUSE.split(work[start:end])
    clauses = Clauses()
    if title.count(")") > title.count("("):  # a bracket lost its beginning: a clause is hidden in the title
        clauses.leftovers.append(title)
    if (code := _NEW_CODE.search(what)) and not quoted:
        title = f"Кодекс{code['of'].rstrip()} {title.lstrip()}"  # «о проекте Кодекса … о правонарушениях»
    title = _plain_title(title)
    for number in BillNumber.find_all(what):
        clauses.bill_number = number
    _take_amended(clauses, title)
    for piece in (*loose, *_pieces(work, after)):
        clauses.take(piece)
    return _item(text, _kind(what, title, clauses), title, clauses)


def _item(text: str, kind: ItemKind, title: str, clauses: Clauses) -> AgendaItemText:
    return AgendaItemText(
        text=text,
        kind=kind,
        title=title,
        amends=tuple(dict.fromkeys(clauses.amends)),
        readings=tuple(sorted(clauses.readings)),
        initiators=tuple(clauses.initiators),
        government=clauses.government,
        resolutions=tuple(clauses.resolutions),
        committee_decisions=tuple(clauses.committee_decisions),
        discussed=tuple(clauses.discussed),
        rapporteurs=tuple(clauses.rapporteurs),
        bill_number=clauses.bill_number,
        package=clauses.package,
        subject=clauses.subject,
        leftovers=tuple(clauses.leftovers),
    )


def _title_span(work: str) -> tuple[str, int, int, int]:
    """What kind of draft the lead names, where the title starts and ends, where the clauses start."""
    lead = next((match for one in _LEADS if (match := one.match(work))), None)
    start = lead.end() if lead else 0
    closed = _quote_end(work, start)
    if lead:
        end = closed or _open_end(work, start)
        return lead.group(), start, end, end
    if closed and (draft := _KYRGYZ_DRAFT.match(work, closed)):
        return draft.group(), start, closed, draft.end()
    end = _open_end(work, start)
    return "", start, end, end


def _quote_end(work: str, start: int) -> int | None:
    """Where the quote that opens at `start` closes, else None; quotes in brackets do not count."""
    if not work.startswith("«", start):
        return None
    skipped = [(group.start, group.end) for group in find_groups(work)]
    depth = 0
    for place in range(start, len(work)):
        if not any(left <= place < right for left, right in skipped):
            depth += {"«": 1, "»": -1}.get(work[place], 0)
            if not depth:
                return place + 1
    return None


def _open_end(work: str, start: int) -> int:
    """Where a title without a closing quote ends: at the first bracket that is a clause or ends the text."""
    groups = [group for group in find_groups(work) if group.start >= start]
    for place, group in enumerate(groups):
        if is_clause(_in_bracket(group.text.partition("(")[0])[0]):
            return group.start
        starts = [*(later.start for later in groups[place + 1 :]), len(work)]
        ends = [one.end for one in groups[place:]]
        if not any(re.search(r"\w", work[left:right]) for left, right in zip(ends, starts, strict=True)):
            return group.start
    return len(work)


def _pieces(work: str, start: int) -> list[str]:
    """The clauses from `start` on: what stands in the brackets, and what stands loose between them."""
    found: list[str] = []
    for group in find_groups(work):
        if group.start >= start:
            found.extend(_LOOSE_CLAUSE.split(work[start : group.start]))
            found.extend(_in_bracket(group.text) if group.closed else _pieces(group.text, 0))
            start = group.end
    found.extend(_LOOSE_CLAUSE.split(work[start:]))
    return [piece for one in found if re.search(r"\w", piece := _bare(one))]


def _in_bracket(text: str) -> list[str]:
    """The clauses of one bracket: «(№ 6-502/24, первое чтение; инициатор – …)»."""
    found: list[str] = []
    for part in text.split(";"):
        several = _NEXT_IN_BRACKET.split(part)
        found.extend(several if all(is_clause(_bare(one)) for one in several) else [part])
    return found


def _bare(piece: str) -> str:
    """A clause without what separates it from its neighbours; the dot of an initial stays."""
    piece = piece if "(" in piece else piece.replace(")", "")
    return re.sub(r"(?:(?<=[а-яёөүң]{2})|(?<=[»)\d]))\.$", "", piece.strip(_EDGES).lstrip(". "))


def _plain_title(text: str) -> str:
    title = balance(unquote(text.strip(_EDGES)).strip(_EDGES))
    code = _GENITIVE_CODE.match(title)
    if not code:
        return title
    stem = code[1].casefold()
    ending = "ой" if stem in _STRESSED_END else "ий" if stem.endswith("к") else "ый"
    return f"{code[1]}{ending} кодекс{title[code.end() :]}"


def _take_amended(clauses: Clauses, title: str) -> None:
    match = _AMENDS.match(title)
    if match:
        try:
            clauses.amends.extend(split_acts(match["acts"]))
        except ReadError:
            clauses.leftovers.append(match["acts"])


def _kind(what: str, title: str, clauses: Clauses) -> ItemKind:
    """The kind of draft that the lead names, made more exact by the title."""
    kind = next((kind for kind, words in _KINDS if words.search(fold(what))), None)
    if kind == "law" and _RATIFICATION.match(fold(title)):
        return "ratification"
    if kind == "law" and _CODE_TITLE.match(fold(title)):
        return "code"
    return kind or ("resolution" if clauses.adopts_resolution else "other")
