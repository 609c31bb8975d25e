"""Who presented a draft, and who initiated it, by the wordings of one sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.lexicon import lexicon
from nlp.mentions.mention import Mention, MentionKind
from nlp.press.patterns import LEXICON, Hit, matcher, phrases, word_set
from nlp.press.words import Word
from vocab.text import fold_space

_INITIAL_DOT = re.compile(r"(?<!\w)(?:\w|Дж)\.$")
_CLAUSE_ENDS = frozenset({";", "(", "<draft>", "<quote>", "."})
_RELATIVE = ("котор", "отмети", "подчеркн", "рассказа", "сообщи", "поясни")
_MOST_WORDS = 3
_LONGEST_INITIAL = 2  # «Дж»
_LONGEST_INITIATOR = 600


@dataclass(frozen=True, slots=True)
class People:
    """The persons of one text: mentions when there are, else the shapes of names."""

    plain: str
    mentions: tuple[Mention, ...] = ()

    def named(self, words: Sequence[Word], *, last: bool = False) -> str | None:
        """The person whom a stretch of words names, in the nominative: the first, or the last. None for nobody."""
        if not words:
            return None
        start, end = words[0].start, words[-1].end
        known = [one.normal for one in self.mentions if start <= one.start and one.end <= end]
        found = known or [self._nominative(run) for run in _name_runs(words)]
        return found[-1 if last else 0] if found else None

    def presenter(self, words: Sequence[Word]) -> str | None:
        """Who presented the draft that a sentence speaks of."""
        for hit in matcher("presenters").find(words):
            before = hit.row.meaning["name"] == "before"
            named = self.named(words[: hit.start], last=True) if before else self.named(_clause(words, hit.end))
            if named:
                return named
        return None

    def initiator(self, words: Sequence[Word]) -> str | None:
        """Who initiated it: names without «депутаты», else the words for the body, in the nominative."""
        for hit in matcher("initiators").find(words):
            match hit.row.meaning["name"]:
                case "none":
                    return None
                case "person":
                    return self.named(_clause(words, hit.end))
                case "before":
                    return self.named(words[: hit.start], last=True)
                case _:
                    if written := self._initiator(words, hit):
                        return written
        return None

    def _initiator(self, words: Sequence[Word], hit: Hit) -> str | None:
        """What stands behind the wording, to the end of the sentence."""
        place, passive = hit.end, not words[hit.start].form.startswith(("инициатор", "автор", "демилге"))
        heads = lexicon(LEXICON)["initiator_heads"]
        if passive and (place >= len(words) or (words[place].form not in heads and not words[place].capital)):
            return None
        skips = word_set("initiator_skips")
        head = heads.get(words[place].form) if place < len(words) else None
        if head == "":
            place += 1
            while place < len(words) and words[place].form in skips:
                place += 1
            head = None
        end = _initiator_end(words, place)
        if end <= place or words[end - 1].end - words[place].start > _LONGEST_INITIATOR:
            return None
        return self._written(words[place:end], head)

    def _written(self, words: Sequence[Word], head: str | None) -> str:
        """The words as written, names in the instrumental turned, an institution's head too."""
        pieces: list[str] = []
        place = words[0].start
        runs = {run[0].start: run for run in _name_runs(words)}
        for word in words:
            if word.start < place:
                continue
            pieces.append(self.plain[place : word.start])
            run = runs.get(word.start)
            if run:
                pieces.append(self._nominative(run))
                place = run[-1].end
            else:
                pieces.append(head if head and word is words[0] else self.plain[word.start : word.end])
                place = word.end
        written = fold_space("".join(pieces)).strip(" ,;–-")
        return written if _INITIAL_DOT.search(written) else written.rstrip(". ")

    def _nominative(self, run: Sequence[Word]) -> str:
        """A name out of the instrumental; one in the nominative stays."""
        written = [self.plain[word.start : word.end] for word in run]
        turned = _turned(written[-1], "surname_endings")
        if turned is None:
            return self._joined(run, written)
        given = [_turned(one, "given_endings") or one if len(one) > 2 else one for one in written[:-1]]
        return self._joined(run, [*given, turned])

    def _joined(self, run: Sequence[Word], written: Sequence[str]) -> str:
        joined = written[0]
        for left, right, text in zip(run, run[1:], written[1:], strict=False):
            joined += self.plain[left.end : right.start] + text
        return fold_space(joined)


def people(plain: str, mentions: Sequence[Mention]) -> People:
    """The persons of a text, by the mentions of persons among these."""
    return People(plain, tuple(one for one in mentions if one.kind is MentionKind.PERSON))


def _turned(word: str, section: str) -> str | None:
    endings: dict[str, str] = lexicon(LEXICON)[section]
    for ending, nominative in endings.items():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + nominative
    return None


def _clause(words: Sequence[Word], first: int) -> Sequence[Word]:
    """The words from `first` to where another clause begins."""
    for place in range(first, len(words)):
        form = words[place].form
        if form in _CLAUSE_ENDS and not _after_initial(words, place):
            return words[first:place]
        if form == "," and place + 1 < len(words) and words[place + 1].form.startswith(_RELATIVE):
            return words[first:place]
    return words[first:]


def _after_initial(words: Sequence[Word], place: int) -> bool:
    return (
        words[place].form == "."
        and place > 0
        and words[place - 1].capital
        and len(words[place - 1].form) <= _LONGEST_INITIAL
    )


def _initiator_end(words: Sequence[Word], place: int) -> int:
    ends, told = phrases("description_ends"), phrases("told")
    for here in range(place, len(words)):
        form = words[here].form
        if form in {";", "<draft>", "<quote>"} or (form == "." and not _after_initial(words, here)):
            return here
        if here > place and (told.at(words, here) or ends.at(words, here)):
            return here
        if form == "," and here + 1 < len(words) and words[here + 1].form.startswith(_RELATIVE):
            return here
    return len(words)


def _name_runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that look like a name: two or three capitalised ones, or initials with a surname, «уулу» among them."""
    run: list[Word] = []
    for word in (*words, None):
        if word is not None and _continues(run, word):
            run.append(word)
            continue
        if name := _name(run):
            yield name
        run = [word] if word is not None and _may_name(word) else []


def _may_name(word: Word) -> bool:
    return word.capital and word.form not in word_set("no_names")


def _continues(run: Sequence[Word], word: Word) -> bool:
    if not run or word.start - run[-1].end > 1:
        return False
    if word.form == ".":
        return len(run[-1].form) <= _LONGEST_INITIAL and run[-1].capital
    return _may_name(word) or word.form in word_set("name_children")


def _name(run: list[Word]) -> list[Word] | None:
    """The run where it has a surname and something beside it, None otherwise."""
    words = [one for one in run if one.form != "."]
    long = [one for one in words if len(one.form) > _LONGEST_INITIAL]
    return run if long and 2 <= len(words) <= _MOST_WORDS + 1 else None
