"""Committees and factions that a text names, in any case, in Russian or Kyrgyz, listed in the lexicon or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from nlp.lexicon import lexicon
from nlp.mentions.factions import find_factions
from nlp.mentions.mention import Mention, MentionKind
from vocab.bodies import convocation_on
from vocab.text import fold, fold_space

_HOUSE = r"(?:\s+(?:Жогорку\s+Ке[нң]еша|ЖК)(?:\s+(?:Кыргызской\s+Республики|КР))?)?"
_RUSSIAN = re.compile(rf"(?<!\w)комитет(?:а|у|ом|е)?{_HOUSE}\s+по\s+(?=[^\W\d])", re.IGNORECASE)
_KYRGYZ = re.compile(r"\sбоюнча\s+комитет[а-яөүң]{0,8}(?!\w)", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([\w-]+)\s+$")
_LONGEST = 200
_WORD = re.compile(r"[\w-]+")
_NAME_BREAK = re.compile(r"[.;:()«»\"“”–—\n!?]")
_KYRGYZ_START = re.compile(
    r"(?:Ке[ңн]еш(?:инин|тин|и)|ЖК(?:нын)?|КР(?:нын)?|Республикасынын|[.;:()«»\"“”–—\n!?])\s*", re.IGNORECASE
)
_VERB = re.compile(r"(?:л|л[аои]|л[аои]?с[ья]|[еюияу]т(?:ся)?)$")
_DATIVE = re.compile(r"(?:[ую]|[аяи]м|ой|ей|ии|[оеё]му|[ыи]м|ти|ке|ре|ве|де|не|зе)$")


@dataclass(frozen=True, slots=True)
class _Committee:
    russian: str
    kyrgyz: str
    convocations: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"Комитет по {self.russian}" if self.russian else kyrgyz_name(self.kyrgyz)


def find_bodies(text: str, day: date | None) -> list[Mention]:
    """The committees and factions that a text names, in order of place.

    `normal` is the name in the nominative without «Жогорку Кенеша …» («Комитет по социальной политике», «Фракция
    «Ынтымак»»); `value["known"]` the name in the lexicon, or None. `day` tells the convocation whose committees are
    meant where a text gives only the start of a name; None: any.
    """
    found = [*_russian_committees(text, day), *_kyrgyz_committees(text), *_profile_committees(text)]
    found += find_factions(text)
    return sorted(found, key=lambda one: (one.start, one.end))


def kyrgyz_name(subject: str) -> str:
    """«Социалдык саясат боюнча комитет»."""
    return f"{subject[:1].upper()}{subject[1:]} боюнча комитет"


@cache
def _committees() -> tuple[_Committee, ...]:
    return tuple(
        _Committee(row.get("ru", ""), row.get("ky", ""), tuple(row["convocations"]))
        for row in lexicon("bodies")["committees"]
    )


@cache
def _name_ends() -> frozenset[str]:
    return frozenset(lexicon("bodies")["name_ends"].split())


def _russian_committees(text: str, day: date | None) -> Iterator[Mention]:
    for match in _RUSSIAN.finditer(text):
        if _is_foreign(text, match.start()):
            continue
        after = text[match.end() : match.end() + _LONGEST]
        known, length = _listed(after)
        length = length or (0 if _is_no_name(after) else _pattern_length(after))
        if not length:
            continue
        subject = fold_space(after[:length])
        committee = known or _by_start(subject, day)
        yield _committee(
            text, match.start(), match.end() + length, f"Комитет по {known.russian if known else subject}", committee
        )


def _is_foreign(text: str, place: int) -> bool:
    """True for «Государственного комитета по …»."""
    before = _WORD_BEFORE.search(text, max(0, place - 40), place)
    return before is not None and before[1].lower().startswith(tuple(lexicon("bodies")["foreign_before"]))


def _is_no_name(after: str) -> bool:
    """True for «комитет по итогам рассмотрения …», «комитет по вопросам, …»."""
    first = _WORD.match(after)
    if first is None or first.group().lower() in _no_names():
        return True
    return first.group().lower() == "вопросам" and not after.startswith(" ", first.end())


@cache
def _no_names() -> frozenset[str]:
    return frozenset(lexicon("bodies")["no_names"].split())


def _listed(after: str) -> tuple[_Committee | None, int]:
    """The committee whose name stands at the start of a text, the longest, and how long it is written."""
    found: tuple[_Committee | None, int] = (None, 0)
    for committee in _committees():
        if committee.russian and (match := _pattern(committee.russian).match(after)) and match.end() > found[1]:
            found = committee, match.end()
    return found


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """A listed name with whatever blanks, commas forgotten, ё or е."""
    words = [re.escape(word).replace("е", "[её]") for word in re.findall(r"[\w-]+", name)]
    return re.compile(r"[\s,]+".join(words) + r"(?!\w)", re.IGNORECASE)


def _pattern_length(after: str) -> int:
    """How far an unlisted name goes: words in the dative, joined by «и» and, before an «и», by commas."""
    stop = _NAME_BREAK.search(after)
    limit = stop.start() if stop else len(after)
    end = comma = 0  # `comma`: the end of the name if no «и» closes the list
    last = ""
    for word in _WORD.finditer(after, 0, limit):
        if end and _ends_name(after, word, last):
            break
        lower = word.group().lower()
        if "," in after[end : word.start()]:
            comma = end if _DATIVE.search(lower) and not comma else comma or end
        comma = 0 if lower == "и" else comma
        end, last = word.end(), lower
    end = comma or end
    return end - len(" и") if after[:end].endswith(" и") else end


def _ends_name(after: str, word: re.Match[str], last: str) -> bool:
    """True for a word that cannot stand in the name of a committee after the word `last`."""
    written, lower = word.group(), word.group().lower()
    if f"{last} {lower}" in lexicon("bodies")["name_joins"]:
        return False
    capital = written[0].isupper() and not written.isupper() and lower != "регламенту"
    return (
        capital
        or lower in _name_ends()
        or lower.isdigit()
        or _is_house(after, word.start())
        or _VERB.search(lower) is not None
    )


def _is_house(after: str, place: int) -> bool:
    return place > 0 and after.startswith(tuple(lexicon("bodies")["name_ends_with"]), place)


def _by_start(subject: str, day: date | None) -> _Committee | None:
    """The one committee of that day whose name begins like this («Комитет по аграрной политике»)."""
    convocation = convocation_on(day) if day else None
    numeral = convocation.numeral if convocation else None
    start = fold(subject)
    among = [
        one
        for one in _committees()
        if fold(one.russian).startswith(start) and (numeral is None or numeral in one.convocations)
    ]
    return among[0] if len(among) == 1 else None


def _committee(text: str, start: int, end: int, normal: str, known: _Committee | None) -> Mention:
    return Mention(
        kind=MentionKind.COMMITTEE,
        start=start,
        end=end,
        written=text[start:end],
        normal=normal,
        value={"known": known.name if known else None},
        score=0.98 if known else 0.7,
        method="lexicon:committee" if known else "pattern:committee",
    )


def _kyrgyz_committees(text: str) -> Iterator[Mention]:
    done = 0
    for match in _KYRGYZ.finditer(text):
        low = max(done, match.start() - _LONGEST)
        done = match.end()
        before = text[low : match.start()]
        known, length = _listed_kyrgyz(before)
        if not length:
            starts = [one.end() for one in _KYRGYZ_START.finditer(before)]
            name = before[starts[-1] :] if starts else before
            capital = re.search(r"(?<!\w)[А-ЯӨҮҢ]", name)
            length = len(name) - capital.start() if capital else 0
        if not length or _is_foreign(text, match.start() - length) or before.endswith("мамлекеттик"):
            continue
        subject = known.kyrgyz if known else fold_space(before[-length:])
        yield _committee(text, match.start() - length, match.end(), kyrgyz_name(subject), known)


def _listed_kyrgyz(before: str) -> tuple[_Committee | None, int]:
    """The committee whose Kyrgyz name stands at the end of a text, the longest."""
    found: tuple[_Committee | None, int] = (None, 0)
    for committee in _committees():
        if not committee.kyrgyz:
            continue
        for match in _pattern(committee.kyrgyz).finditer(before):
            if match.end() == len(before) and len(before) - match.start() > found[1]:
                found = committee, len(before) - match.start()
    return found


@cache
def _profile() -> re.Pattern[str]:
    stems = "|".join(lexicon("bodies")["profile"])
    return re.compile(
        rf"(?<!\w)(?P<stem>{stems})(?P<ending>[а-я]{{0,3}})\s+комитет[а-яөүң]{{0,6}}(?!\w)", re.IGNORECASE
    )


def _profile_committees(text: str) -> Iterator[Mention]:
    """«профильный комитет»: which one it is, the text says elsewhere."""
    for match in _profile().finditer(text):
        start, end = match.span()
        kind = match["stem"].lower() + ("ый" if match["ending"] else "")
        yield Mention(
            kind=MentionKind.COMMITTEE,
            start=start,
            end=end,
            written=text[start:end],
            normal=f"{kind} комитет".capitalize(),
            value={"known": None},
            score=0.5,
            method="pattern:profile",
        )
