"""Numbers by which drafts and acts are known: registration numbers, resolutions, references to acts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Literal, Self

from vocab.dates import find_days, read_day
from vocab.errors import ReadError
from vocab.text import balance, fold, fold_space, slug, title_key, unquote

ActKind = Literal["law", "constitutional_law", "code", "decree", "resolution", "treaty", "constitution", "other"]

_DASH = r"\s*[-‐‑–—]\s*"
_BILL = re.compile(rf"(?<![\d-])(\d{{1,2}}){_DASH}(\d{{1,6}})\s*/\s*(\d{{2}})(?!\d)")

_NUMBER = r"№\s*(?P<{0}>\d+(?:\s?[-–/]\s?[0-9A-Za-zА-Яа-я]+)?)"
_DAY = (
    r"от\s*(?P<{0}>\d{{1,2}}\s?\.\s?\d{{1,2}}\s?\.\s?\d{{2,5}}|\d{{1,2}}\s+[а-я]+\s+\d{{4}})"
    r"(?:\s*г(?:ода|\.)?)?"
)
_PAIR = re.compile(
    rf"{_NUMBER.format('number')},?\s*{_DAY.format('day')}"
    rf"|{_DAY.format('earlier_day')},?\s*{_NUMBER.format('later_number')}"
)
_RESOLUTION_WORD = re.compile(r"постановлени[а-я]*[^№«»()\d]{0,80}?(?=№|от\s*\d)", re.IGNORECASE)
_NEXT_RESOLUTION = re.compile(r"\s*(?:[,;]|и)+\s*(?:и\s+)?(?:постановлени[а-я]*[^№«»()\d]{0,80}?(?=№|от\s*\d))?")
_KYRGYZ_RESOLUTION = re.compile(
    rf"(?P<day>\d{{4}}\s*-?\s*ж[а-яөү]*\.?\s*\d{{1,2}}\s*-?\s*[а-яөү]+),?\s*{_NUMBER.format('number')}"
    r"(?=[^№«»()\d]{0,20}токтом)",
    re.IGNORECASE,
)

# The word that stands first tells the kind; each row matches from its own place in the folded head.
_KINDS: tuple[tuple[ActKind, re.Pattern[str]], ...] = (
    ("constitutional_law", re.compile(r"конституционн[а-я]* закон|конституциялык мыйзам")),
    ("constitution", re.compile(r"\bконституци(?:[яию]|ей|ясы[а-яөү]*)\b")),
    ("code", re.compile(r"кодекс")),
    ("law", re.compile(r"\bзакон|\bмыйзам")),
    ("decree", re.compile(r"\bуказ|\bжарлы[кг]")),
    ("resolution", re.compile(r"\bпостановлени|\bтоктом")),
    (
        "treaty",
        re.compile(
            r"соглашени|конвенци|\bпротокол|\bдоговор|меморандум|\bпакт|\bхарти|\bдеклараци|\bстатут|\bустав(?:[ауе]|ом)?\b"
            r"|\bобменн[а-я]+ нот|келишим|макулдашуу"
        ),
    ),
)
_COUNTRY = re.compile(r"\s*(?:кыргызской республики|кыргыз республикасынын)\b")
_OWN_CONSTITUTION = re.compile(r"^.*конституци\w*(?:\s+кыргызской республики\b)?")
_UNTITLED_LAW = re.compile(r"(?:конституционный )?закон\b")
_CODE_NAME = re.compile(r"(?P<before>(?:[\w-]+\s+)*?)кодекс\w*(?P<about>.*)")
_CODE_ENDING = re.compile(r"(?:ый|ий|ой|ого|его|ему|ому|ым|им|ом|ем)$")
_LIST_BREAK = re.compile(
    r"\s*[,;]\s*(?:а также |и |в )*|\s+(?:и|а также)\s+(?:в )?"
    r"(?=«|конституц|закон|кодекс|постановлени|[а-я-]+(?:ый|ий|ой) кодекс|о признании)",
    re.IGNORECASE,
)
_MANY_TO_ONE = (
    ("конституционные законы", "Конституционный Закон"),
    ("законы", "Закон"),
    ("кодексы", "Кодекс"),
    ("постановления", "Постановление"),
)
# What a draft does besides amending the acts it names.
_NO_ACT = re.compile(r"о признании утративш|(?:в )?(?:некоторые|ряд|отдельные) (?:законодательны|нормативны|акт)")
_CODES_OF = re.compile(r"\bкодексы( .+)$")
_LONE_CODE = re.compile(r"[\w-]+ кодекс")
_LONE_ADJECTIVE = re.compile(r"[А-ЯЁ][а-яё-]+(?:ый|ий|ой)$")
_REFERENCE = re.compile(rf"\s*(?:{_DAY.format('day')}|{_NUMBER.format('number')})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class BillNumber:
    """Registration number of a draft, `6-16490/26`: prefix, serial, the two digits of the year as written."""

    prefix: int
    serial: int
    year: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The one number in a text, with or without «№». Raises ReadError for none or two."""
        found = cls.find_all(text)
        if len(found) != 1:
            raise ReadError("bill number", f"not one number like 6-16490/26 in «{text}»")
        return found[0]

    @classmethod
    def find_all(cls, text: str) -> tuple[Self, ...]:
        """All registration numbers of a text in order, each once."""
        return tuple(dict.fromkeys(cls(*map(int, parts)) for parts in _BILL.findall(text)))

    @classmethod
    def find_places(cls, text: str) -> tuple[tuple[int, int, Self], ...]:
        """Every place of a text that names a registration number: where it starts and ends, the number."""
        return tuple((match.start(), match.end(), cls(*map(int, match.groups()))) for match in _BILL.finditer(text))

    def __str__(self) -> str:
        return f"{self.prefix}-{self.serial}/{self.year:02d}"


@dataclass(frozen=True, slots=True)
class ResolutionNumber:
    """A resolution of the government by number and day: the only stable key of its drafts before 2016."""

    number: str
    day: date

    @property
    def key(self) -> str:
        """The form in which two references to one resolution agree."""
        return f"{fold(self.number)}:{self.day.isoformat()}"

    @classmethod
    def find_all(cls, text: str) -> tuple[Self, ...]:
        """All resolutions that a text names by number and day, in order, each once.

        «постановление № 494 от 29.08.14», «постановления Правительства КР от 29.08.2014 г. № 494»,
        «постановления № 72 от 04.02.14 и № 497 от 29.08.14». Raises ReadError for an impossible day.
        """
        pairs = (match for match, _ in _resolutions(fold_space(text)))
        return tuple(dict.fromkeys(cls(_plain_number(number), read_day(day).day) for number, day in pairs))

    @classmethod
    def find_places(cls, text: str) -> tuple[tuple[int, int, Self], ...]:
        """Every place of a text that names a resolution by number and day: where number and day start and end.

        An impossible day names none.
        """
        found = []
        for (number, day), (start, end) in _resolutions(text):
            try:
                found.append((start, end, cls(_plain_number(number), read_day(day).day)))
            except ReadError:
                continue
        return tuple(found)


_Written = tuple[tuple[str, str], tuple[int, int]]


def _resolutions(text: str) -> Iterator[_Written]:
    """Number and day as written with their place, the Russian ones first."""
    if "№" not in text:
        return
    done = 0
    for word in _RESOLUTION_WORD.finditer(text):
        if word.end() <= done:
            continue  # read with the list that it stands in
        done = word.end()
        while match := _PAIR.match(text, done):
            yield (match["number"] or match["later_number"], match["day"] or match["earlier_day"]), match.span()
            following = _NEXT_RESOLUTION.match(text, match.end())
            done = following.end() if following else match.end()
            if not following:
                break
    for match in _KYRGYZ_RESOLUTION.finditer(text):
        yield (match["number"], match["day"]), match.span()


def _plain_number(number: str) -> str:
    return re.sub(r"\s", "", number).replace("–", "-")


@dataclass(frozen=True, slots=True)
class ActRef:
    """A reference to an act: its kind, its title without outer quotes, number and day where stated."""

    kind: ActKind
    title: str
    number: str | None = None
    day: date | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads «Закон КР «О медиации» от 28 июля 2017 года № 161», «Налоговый кодекс», «Указ … № 26».

        A treaty keeps its whole wording as title. Raises ReadError for an empty text or an impossible day.
        """
        text = balance(fold_space(text))
        if not slug(text):
            raise ReadError("act", f"no act in «{text}»")
        head, quoted, tail = _parts(text)
        kinds = [kind for part in (head, tail) if (kind := _kind_of(part)) != "other"]
        kind = kinds[0] if kinds else _kind_of("" if head or tail else quoted)
        if kind == "treaty":
            return cls(kind, text)
        outside = f"{head} {tail}"
        title = unquote(quoted) or fold_space(_REFERENCE.sub("", head))
        number = re.search(_NUMBER.format("number"), outside)
        return cls(kind, title, _plain_number(number["number"]) if number else None, _one_day(outside))

    @property
    def key(self) -> str:
        """The form in which references to one act agree: laws by title, resolutions by number and day.

        A law that is cited by number and day alone goes by these.
        """
        if self.kind == "constitution":
            return slug(f"{self.kind} {_OWN_CONSTITUTION.sub('', title_key(self.title))}")
        untitled = self.kind in ("decree", "resolution") or _UNTITLED_LAW.match(fold(self.title))
        if untitled and self.number and self.day:
            return f"{self.kind}:{fold(self.number)}:{self.day.isoformat()}"
        title = title_key(self.title)
        return f"{self.kind}:{slug(_code_key(title) if self.kind == 'code' else title)}"


def _parts(text: str) -> tuple[str, str, str]:
    """What stands before the first quoted title of a balanced text, the title in its quotes, the rest."""
    start = text.find("«")
    if start < 0:
        return text, "", ""
    depths = accumulate({"«": 1, "»": -1}.get(mark, 0) for mark in text[start:])
    end = start + list(depths).index(0) + 1
    return text[:start].strip(), text[start:end], text[end:].strip()


def _kind_of(head: str) -> ActKind:
    folded = fold(head)
    found = [(match.start(), kind) for kind, words in _KINDS if (match := words.search(folded))]
    return min(found, key=lambda one: one[0])[1] if found else "other"


def _code_key(title: str) -> str:
    """Adjective stems and subject of a code: «Налогового кодекса КР» and «Налоговый кодекс» agree."""
    name = _CODE_NAME.match(fold_space(_COUNTRY.sub(" ", title)))
    if name is None:
        return title
    return " ".join([*(_CODE_ENDING.sub("", word) for word in name["before"].split()), name["about"]])


def _one_day(text: str) -> date | None:
    found = find_days(text)
    if not found:
        return None
    if found[0].day is None:
        raise ReadError("act", f"{found[0].note} in «{text}»")
    return found[0].day


def split_acts(text: str) -> tuple[str, ...]:
    """The acts of a list in the accusative, one wording each, in order.

    «в Земельный кодекс, законы «О залоге», «О связи»» → Земельный кодекс, Закон «О залоге», Закон «О связи».
    A general «в некоторые законодательные акты» names none. Raises ReadError for a piece that is no act.
    """
    acts: list[str] = []
    head = ""
    for piece in _pieces(balance(fold_space(text)).removeprefix("в ").removeprefix("В ")):
        if _NO_ACT.match(fold(piece)):
            continue
        before, quoted, tail = _parts(piece)
        head = _one_of_many(before or head, piece) if quoted else ""
        acts.append(fold_space(f"{head} {quoted} {tail}" if quoted else _unquoted_act(piece)))
        if not quoted and (owner := _CODES_OF.search(piece)):
            acts[:] = [f"{one}{owner[1]}" if _LONE_CODE.fullmatch(one) else one for one in acts]
    return tuple(acts)


def _pieces(text: str) -> list[str]:
    """The parts of a list, separated by commas or «и» outside of quotes."""
    breaks = [match for match in _LIST_BREAK.finditer(text) if not _inside_quotes(text, match.start())]
    starts = [0, *(match.end() for match in breaks)]
    ends = [*(match.start() for match in breaks), len(text)]
    return [piece for start, end in zip(starts, ends, strict=True) if (piece := text[start:end].strip(" ."))]


def _inside_quotes(text: str, place: int) -> bool:
    return text.count("«", 0, place) > text.count("»", 0, place)


def _one_of_many(head: str, piece: str) -> str:
    if not head:
        raise ReadError("acts", f"no kind of act for «{piece}»")
    for many, one in _MANY_TO_ONE:
        if head.casefold().startswith(many):
            return one + head[len(many) :]
    return head[0].upper() + head[1:]


def _unquoted_act(piece: str) -> str:
    if _LONE_ADJECTIVE.match(piece):
        return f"{piece} кодекс"  # «Уголовный, Уголовно-процессуальный кодексы»
    if _kind_of(piece) not in ("code", "constitution", "resolution", "treaty"):
        raise ReadError("acts", f"no act in «{piece}»")
    return _one_of_many(re.sub(r"\bкодексы\b", "кодекс", piece).replace("Конституцию", "Конституция"), piece)
