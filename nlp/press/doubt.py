"""What makes a sentence of a press release no news: it is untrue, asked, long past, or of another parliament.

A misread release would be shown as something that happened, so these rules rather lose an event than invent one.
"""

import re
from collections.abc import Sequence
from datetime import date

from nlp.press.patterns import matcher, phrases, word_set
from nlp.press.words import Word

_YEAR = re.compile(r"(?:19|20)\d\d(?=$|-ж|-г)")
_YEAR_WORDS = frozenset({"году", "года", "год", "г", "гг", "годах", "жылы", "жылдын", "ж"})
_NO_DATE = frozenset({"за", "на", "до", "по", "от", "с", "к", "после"})
_MONTH_AND_DAY = 2
_FIRST = 2
_PARTICIPLES = ("ый", "ого", "ые", "ых", "ым", "ому", "ная", "ной", "ную", "тая", "тую")
_BEHIND = 2
_PERHAPS = 5
_PAST = 2
_SITTINGS = ("заседани", "сесси")


def is_untrue(sentence: Sequence[Word]) -> bool:
    """True where a sentence says that what is told is false: «ложная информация о том, что …»."""
    return bool(phrases("untrue").find(sentence))


def takes_back(sentence: Sequence[Word]) -> bool:
    """True where a sentence says that what was told before it is false: «Это не соответствует действительности»."""
    return bool(phrases("taken_back").find(sentence))


def is_doubtful(sentence: Sequence[Word]) -> bool:
    """True where a sentence states nothing new: it is a question, untrue, or recalls what was before."""
    asks = bool(sentence) and sentence[-1].form == "?"
    return asks or is_untrue(sentence) or takes_back(sentence) or bool(phrases("recalled").find(sentence))


def is_of_old(words: Sequence[Word], published: date) -> bool:
    """True where a clause dates what it tells to a year before that of the release: «в 2018 году», «2018-жылы».

    The years of acts and periods do not count: «от 5 мая 2018 года», «на 2018 год».
    """
    for place, word in enumerate(words):
        year = _YEAR.match(word.form)
        if year is None or int(year.group()) >= published.year:
            continue
        following = words[place + 1].form if place + 1 < len(words) else ""
        if ("-" in word.form or following in _YEAR_WORDS) and not _is_of_an_act(words, place):
            return True
    return False


def _is_of_an_act(words: Sequence[Word], place: int) -> bool:
    """True behind «на», «за», «от 5 мая»; a bare «года» («план 2018 года») dates nothing either."""
    before = [word.form for word in words[max(0, place - _MONTH_AND_DAY - 1) : place]]
    if not before:
        return False
    in_year = before[-1] in {"в", "во", "("} or "-" in words[place].form
    dated = len(before) > 1 and (before[-2].isdigit() or before[-2] in {"в", "во"})
    return not (in_year or dated) or bool(_NO_DATE & set(before))


def is_denied(words: Sequence[Word], start: int, end: int) -> bool:
    """True where the action at words `[start, end)` is not told as done: denied, perhaps, or some time before."""
    return (
        _is_negated(words, start, end)
        or any(word.form in word_set("perhaps") for word in words[max(0, start - _PERHAPS) : start])
        or _was_before(words, start, end)
    )


def _is_negated(words: Sequence[Word], start: int, end: int) -> bool:
    following = [word.form for word in words[end : end + _BEHIND]]
    was = {"был", "была", "было", "были"}
    if following and (following[0] in word_set("denied_behind") or (following[0] == "не" and set(following) & was)):
        return True
    if start and words[start - 1].form in was:
        start -= 1
    return start > 0 and words[start - 1].form in {"не", "ни"}


def _was_before(words: Sequence[Word], start: int, end: int) -> bool:
    before = phrases("before_this")
    if any(before.at(words, place) for place in range(max(0, start - _PAST), start)):
        return True
    following = words[end + 1].form if end + 1 < len(words) else ""
    return bool(before.at(words, end)) and not following.endswith(_PARTICIPLES)


def has_votes(words: Sequence[Word]) -> bool:
    """True where votes are spoken of: without them «не принят» may only mean «not yet»."""
    return bool(phrases("votes").find(words))


def lacks_quorum(words: Sequence[Word]) -> bool:
    """True where a quorum is spoken of: a vote that failed for it decided nothing."""
    return bool(phrases("no_quorum").find(words))


class Places:
    """Where a clause speaks of: `here`, this state's parliament and President, and `there`, all others.

    `sits_here`: it names a sitting of this parliament.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        found = [
            hit for hit in matcher("places").find(words) if not hit.row.meaning.get("first") or hit.start <= _FIRST
        ]
        strong = [hit for hit in found if not hit.row.meaning.get("first")]
        here = any(hit.row.meaning["where"] == "here" for hit in found)
        self.sits_here = any(
            hit.row.meaning["where"] == "here" and hit.start and words[hit.start - 1].form.startswith(_SITTINGS)
            for hit in found
        )
        self._marks = [(hit.start, hit.row.meaning["where"] == "there") for hit in (strong if here else found)]

    def is_there(self, start: int, *, before: bool) -> bool:
        """True where what stands at word `start` is done elsewhere, by what is named nearest ahead of it, else behind.

        `before`: where the text before spoke of, for a clause that names neither.
        """
        ahead = [there for place, there in self._marks if place <= start]
        behind = [there for place, there in self._marks if place > start]
        return ahead[-1] if ahead else behind[0] if behind else before

    @property
    def last_is_there(self) -> bool | None:
        """Where the clause ends, None where it names nothing."""
        return self._marks[-1][1] if self._marks else None
