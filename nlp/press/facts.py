"""What one sentence of a press release says of drafts: actions, body, readings, day, votes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast

from nlp.lexicon import lexicon
from nlp.mentions.mention import Mention, MentionKind
from nlp.press.doubt import Places, has_votes, is_denied
from nlp.press.event import Action, PressBody
from nlp.press.patterns import LEXICON, Hit, matcher, phrases, word_set
from nlp.press.words import Word, words_of
from vocab.agenda_item import find_readings
from vocab.dates import find_days

Actor = Literal["body", "person", "president"]

BEFORE, AHEAD = timedelta(days=45), timedelta(days=120)
"""How far from its publication a release may date what happened, and what is announced."""

_BACKGROUND_WORDS = 4
_NEAR = 2
_CLAUSE_STARTS = frozenset({"а", "но", "однако", "ал"})
# «ко второму чтению», «между вторым и третьим чтениями» are not what was held.
_OTHER_READING = re.compile(r"\b(?:ко?|до|после|между|для|перед)\s[^.,;«»]{0,40}?чтени\w+", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DAY_CONTEXT = 40
_READING_WORD = re.compile("чтени|окуу", re.IGNORECASE)
_NAMED = re.compile(" по | боюнча ")


@dataclass(frozen=True, slots=True)
class Told:
    """An action that a sentence tells, with its words; `unsure`: votes have to prove it."""

    action: Action
    words: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """The body that a sentence names, how clearly (0–6, see the lexicon), the committee's name in the nominative."""

    body: PressBody
    weight: int
    committee: str | None = None


def clauses(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """A sentence in parts that each tell something of a draft of its own: «… принят, а законопроект … отклонен»."""
    hits = [hit.start for hit in matcher("actions").find(words)]
    first = 0
    for place in range(1, len(words) - 1):
        if _parts(words, place) and all(
            any(one.draft is not None for one in words[left:right]) and any(left <= hit < right for hit in hits)
            for left, right in ((first, place), (place, len(words)))
        ):
            yield tuple(words[first:place])
            first = place
    yield tuple(words[first:])


def _parts(words: Sequence[Word], place: int) -> bool:
    return words[place].form == ";" or (words[place].form == "," and words[place + 1].form in _CLAUSE_STARTS)


def is_background(words: Sequence[Word]) -> bool:
    """True where a sentence begins with a word for what was before: «Напомним», «Ранее»."""
    return any(phrases("background").at(words, place) for place in range(min(_BACKGROUND_WORDS, len(words))))


def actions_in(words: Sequence[Word], plain: str, *, elsewhere: bool = False) -> list[Told]:
    """The actions that a sentence tells as done, in order: no wishes, no conditions, not what somebody only says.

    `elsewhere`: the text before speaks of another parliament.
    """
    conditions = word_set("conditions")
    end = next((place for place, word in enumerate(words) if word.form in conditions), len(words))
    end = min(end, _told_from(words))
    actors = matcher("actors").find(words)
    places = Places(words)
    found: dict[tuple[Action, str], Told] = {}
    for hit in matcher("actions").find(words[:end]):
        action = _action(hit, words, actors)
        if action and not places.is_there(hit.start, before=elsewhere):
            said = plain[words[hit.start].start : words[hit.end - 1].end]
            unsure = bool(hit.row.meaning.get("voted")) and not has_votes(words)
            found.setdefault((action, said), Told(action, said, unsure))
    return list(found.values())


def _told_from(words: Sequence[Word]) -> int:
    """Where the words of somebody begin: «отметил, что …»."""
    for hit in phrases("told").find(words):
        for place in range(hit.end, min(hit.end + 12, len(words))):
            if words[place].form in {"что", "чтобы", ":", "как"}:
                return place
    return len(words)


def _action(hit: Hit, words: Sequence[Word], actors: Sequence[Hit]) -> Action | None:
    meaning = hit.row.meaning
    before = {word.form for word in words[max(0, hit.start - _NEAR) : hit.start]}
    name = meaning["action"]
    if name == "none" or is_denied(words, hit.start, hit.end):
        return None
    action = Action(name)
    if action is not Action.SCHEDULED and before & word_set("not_yet"):
        return None
    actor = _actor(hit, words, actors)
    if actor == "president" and "president" in meaning:
        return Action(meaning["president"])
    wanted = meaning.get("by")
    return action if wanted is None or actor is None or actor == wanted else None


def _actor(hit: Hit, words: Sequence[Word], actors: Sequence[Hit]) -> Actor | None:
    """Who does it: the nearest before, else one right behind."""
    before = [one for one in actors if one.end <= hit.start]
    after = [one for one in actors if hit.end <= one.start <= hit.end + _NEAR]
    chosen = before[-1] if before else after[0] if after else None
    if chosen is None:
        return None
    following = words[chosen.end] if chosen.end < len(words) else None
    groups = words[chosen.start].form in word_set("named_groups")
    if groups and following and following.capital and following.form not in word_set("no_names"):
        return "person"
    return cast("Actor", chosen.row.meaning["by"])


def sitting_in(words: Sequence[Word], mentions: Sequence[Mention]) -> Sitting | None:
    """The body that a sentence names, None where it names none."""
    best: tuple[int, Hit] | None = None
    for hit in matcher("bodies").find(words[: _told_from(words)]):
        weight = int(hit.row.meaning["weight"])
        before = words[hit.start - 1].form if hit.start else ""
        if before not in hit.row.meaning.get("not_after", ()) and (best is None or weight > best[0]):
            best = (weight, hit)
    if best is None:
        return None
    body = str(best[1].row.meaning["body"])
    committee = _committee(words, best[1], mentions) if body == "committee" else None
    return Sitting(cast("PressBody", body), best[0], committee)


def _committee(words: Sequence[Word], hit: Hit, mentions: Sequence[Mention]) -> str | None:
    """The name of the committee that a wording speaks of, the lead one of several; None for «profile committee»."""
    start, end = words[hit.start].start, words[min(hit.end + _NEAR, len(words) - 1)].end
    for one in mentions:
        if one.kind is MentionKind.COMMITTEE and one.start < end and start < one.end and _NAMED.search(one.normal):
            return one.normal
    return None


def readings_in(plain: str, start: int, end: int) -> tuple[int, ...]:
    """The readings that were held or are announced, by the text of `[start, end)`."""
    piece = plain[start:end]
    return find_readings(_OTHER_READING.sub(" ", piece)) if _READING_WORD.search(piece) else ()


def day_in(words: Sequence[Word], plain: str, published: date, *, ahead: bool) -> date | None:
    """The day that a sentence gives, titles left out; `ahead`: of what is announced. None for no plausible one."""
    named: date | None = None
    named_words: dict[str, int] = lexicon(LEXICON)["days"]
    for word in words:
        if word.form in named_words and named is None:
            number = published.toordinal() + named_words[word.form]
            named = date.fromordinal(min(max(number, 1), date.max.toordinal()))
    earliest, latest = (timedelta(0), AHEAD) if ahead else (-BEFORE, timedelta(days=1))
    days = [day for start, end in stretches(words) for day in _days(plain[start:end], published)]
    fitting = [day for day in days if earliest <= day - published <= latest]
    return fitting[0] if fitting else named


def stretches(words: Sequence[Word]) -> list[tuple[int, int]]:
    """The stretches of plain text between drafts and quotations."""
    found: list[tuple[int, int]] = []
    start = words[0].start
    for word in words:
        if word.form.startswith("<"):
            found.append((start, word.start))
            start = word.end
    found.append((start, words[-1].end))
    return [(left, right) for left, right in found if left < right]


def _days(piece: str, published: date) -> list[date]:
    """The days of a stretch that are not those of other acts."""
    if not _DIGIT.search(piece):
        return []
    not_days = phrases("not_days")
    found = []
    for one in find_days(piece, near=published):
        before = words_of(piece[max(0, one.start - _DAY_CONTEXT) : one.start])
        if one.day and not (before and not_days.at(before, len(before) - 1)):
            found.append(one.day)
    return found


def votes_in(words: Sequence[Word], mentions: Sequence[Mention]) -> tuple[int | None, int | None] | None:
    """Votes for and against that a sentence names, None for none; one of the two may be unknown."""
    start, end = words[0].start, words[-1].end
    for one in mentions:
        if one.kind is MentionKind.VOTES and start <= one.start < end:
            return one.value.get("for"), one.value.get("against")
    return None
