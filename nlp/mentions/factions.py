"""Factions and groups of deputies that a text names, quoted or not, in Russian or Kyrgyz."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nlp.lexicon import lexicon
from nlp.mentions.mention import Mention, MentionKind
from vocab.bodies import faction_key
from vocab.text import fold_space

_QUOTED = r"[«\"“„](?P<quoted>[^«»\"“”„\n]{2,40})[»\"“”]"
_RUSSIAN_FACTION = re.compile(
    r"(?<!\w)(?P<group>депутатск\w{2,3}\s+групп|фракци)[а-я]{1,3}\s+(?:парти[ия]\s+)?(?:СДПК|[«\"“„А-ЯӨҮҢ])",
    re.IGNORECASE,
)
_KYRGYZ_FACTION = re.compile(
    rf"{_QUOTED}\s*(?:парламенттик\s+)?(?P<group>фракция|депутаттык\s+то[пб])[а-яөүң]{{0,9}}", re.IGNORECASE
)
_QUOTED_NAME = re.compile(_QUOTED)
_NEXT_NAME = re.compile(r"\s*(?:,|и|жана|а также)\s*(?=[«\"“„])")


def find_factions(text: str) -> list[Mention]:
    """The factions that a text names; `normal` is «Фракция «Ынтымак»» or «Депутатская группа «Элдик»».

    `value["known"]` is the name in the lexicon, or None. Of a list («фракций «Ынтымак» и «Альянс»») each is one.
    """
    return [*_russian_factions(text), *_kyrgyz_factions(text)]


def _russian_factions(text: str) -> Iterator[Mention]:
    for match in _RUSSIAN_FACTION.finditer(text):
        group = match["group"].lower().startswith("депутатск")
        place = match.end() - (4 if match.group().upper().endswith("СДПК") else 1)
        names = list(_names_from(text, place))
        for number, (start, end, name) in enumerate(names):
            yield _faction(text, (match.start() if not number else start, end), name, group)


def _names_from(text: str, place: int) -> Iterator[tuple[int, int, str]]:
    """Quoted names in a row; one listed name without quotes."""
    bare = next((name for name in _faction_names() if text.startswith(name, place)), None)
    if bare:
        yield place, place + len(bare), bare
        return
    while match := _QUOTED_NAME.match(text, place):
        yield match.start(), match.end(), fold_space(match["quoted"])
        following = _NEXT_NAME.match(text, match.end())
        if not following:
            return
        place = following.end()


def _kyrgyz_factions(text: str) -> Iterator[Mention]:
    for match in _KYRGYZ_FACTION.finditer(text):
        group = not match["group"].lower().startswith("фракция")
        yield _faction(text, match.span(), fold_space(match["quoted"]), group)


@cache
def _factions() -> dict[str, str]:
    return {_key(row["name"]): row["name"] for row in lexicon("bodies")["factions"]}


@cache
def _faction_names() -> Sequence[str]:
    return sorted(_factions().values(), key=len, reverse=True)


def _key(name: str) -> str:
    return faction_key(name).replace("-", " ").replace("ү", "у")


def _faction(text: str, span: tuple[int, int], written: str, group: bool) -> Mention:
    known = _factions().get(_key(written))
    start, end = span
    return Mention(
        kind=MentionKind.FACTION,
        start=start,
        end=end,
        written=text[start:end],
        normal=f"{'Депутатская группа' if group else 'Фракция'} «{known or written}»",
        value={"known": known},
        score=0.98 if known else 0.7,
        method="lexicon:faction" if known else "pattern:faction",
    )
