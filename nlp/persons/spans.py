"""Names cut out of a text: which capitals that stand together are one name, and which of them is the surname."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from nlp.persons.cases import LIKELY, STRONG
from nlp.persons.tokens import Role, Token, is_initial

Style = Literal["initials", "surname_initials", "full", "surname_first", "alone"]

_MOST_INITIALS = 3
_LONGEST_RUN = 12
_GIVEN = 2.0  # from this weight on a word is a given name


@dataclass(frozen=True, slots=True)
class NameSpan:
    """The parts of one name: `tokens[first:last]` of the text.

    `surname` is one word, or «Исатбек кызы», «фон дер Ляйен» (`head` is the word of it that is declined); `given` may
    be several words («Арун Кумар»); `initials` as written («Д.Д.»), stand alone or after a given name.
    """

    first: int
    last: int
    style: Style
    surname: str
    head: Token
    given: tuple[Token, ...] = ()
    patronymic: Token | None = None
    child_patronymic: str = ""
    initials: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What is written: equal for two places that name somebody in the same words."""
        middle = self.patronymic.text if self.patronymic else self.child_patronymic
        return (self.style, self.surname, middle, self.initials, *(one.text for one in self.given))


def spans_of(text: str, tokens: Sequence[Token]) -> Iterator[NameSpan]:
    """The names of a text in order; a capital that stands alone is one with style `alone`."""
    place = 0
    while place < len(tokens):
        if tokens[place].word.role is not Role.NAME:
            place += 1
            continue
        end = _run_end(text, tokens, place)
        while place < end:
            span = _next_span(text, tokens, place, end)
            if span is None:
                place += 1
            else:
                yield span
                place = span.last


def _run_end(text: str, tokens: Sequence[Token], place: int) -> int:
    """The end of the words that may be one name with the one at `place`: no punctuation but that of initials."""
    end = place + 1
    while end < len(tokens) and end - place < _LONGEST_RUN and _joined(text, tokens[end - 1], tokens[end]):
        end += 1
    while end > place + 1 and tokens[end - 1].word.role is Role.PARTICLE:
        end -= 1
    return end


def _joined(text: str, one: Token, other: Token) -> bool:
    if other.word.role not in (Role.NAME, Role.CHILD, Role.PARTICLE):
        return False
    gap = text[one.end : other.start]
    if one.initial:
        gap = gap.removeprefix(".")
        if gap in ("-", ""):
            return True
    return bool(gap) and gap.isspace() and "\n" not in gap


def _next_span(text: str, tokens: Sequence[Token], place: int, end: int) -> NameSpan | None:
    if tokens[place].initial:
        return _initials_first(text, tokens, place, end)
    if tokens[place].word.role is not Role.NAME or len(tokens[place].text) < 2:
        return None
    if place + 1 < end and tokens[place + 1].word.role is Role.CHILD:
        return _child_first(text, tokens, place, end)
    if place + 1 < end and tokens[place + 1].initial:
        return _initials_after(text, tokens, place, end)
    if place + 1 < end and tokens[place + 1].word.role is Role.PARTICLE:
        return _with_particles(tokens, place, end)
    return _full(tokens, place, end)


def _initials_end(tokens: Sequence[Token], place: int, end: int) -> int:
    after = place
    while after < end and after - place < _MOST_INITIALS and tokens[after].initial:
        after += 1
    # «Байбакпаев Э.Дж»: the last full stop was forgotten
    if place < after < end and after + 1 == end and is_initial(tokens[after].text):
        after += 1
    return after


def _written(text: str, tokens: Sequence[Token], first: int, last: int) -> str:
    """The initials as written, with the blank that follows them."""
    end = tokens[last - 1].end + 1
    written = " ".join(text[tokens[first].start : end].split()).rstrip(".") + "."
    glued = last < len(tokens) and tokens[last].start == end
    return written if glued else f"{written} "


def _surname_at(tokens: Sequence[Token], place: int, end: int) -> tuple[str, int]:
    """The surname that starts at `place`, with «уулу», and where it ends."""
    if place + 1 < end and tokens[place + 1].word.role is Role.CHILD:
        return f"{tokens[place].text} {tokens[place + 1].text}", place + 2
    return tokens[place].text, place + 1


def _initials_first(text: str, tokens: Sequence[Token], place: int, end: int) -> NameSpan | None:
    after = _initials_end(tokens, place, end)
    if after >= end or tokens[after].word.role is not Role.NAME or is_initial(tokens[after].text):
        return None
    surname, last = _surname_at(tokens, after, end)
    return NameSpan(place, last, "initials", surname, tokens[after], initials=_written(text, tokens, place, after))


def _initials_after(text: str, tokens: Sequence[Token], place: int, end: int) -> NameSpan | None:
    """«Бекешев Д.Д.», «Джордж У. Буш»."""
    token, after = tokens[place], _initials_end(tokens, place + 1, end)
    initials = _written(text, tokens, place + 1, after)
    follows = after < end and tokens[after].word.role is Role.NAME
    if follows and token.word.given_weight >= _GIVEN and token.word.surname_weight < STRONG:
        surname, last = _surname_at(tokens, after, end)
        return NameSpan(place, last, "full", surname, tokens[after], (token,), initials=initials)
    if follows and token.word.surname_weight < LIKELY:
        return None  # «Бишкек Д. Акаев»: the initials belong to what follows
    return NameSpan(place, after, "surname_initials", token.text, token, initials=initials)


def _child_first(text: str, tokens: Sequence[Token], place: int, end: int) -> NameSpan:
    """«Исатбек кызы Аида», «Асылбек уулу Д.», «Исатбек кызы»."""
    surname, last = _surname_at(tokens, place, end)
    head = tokens[place]
    if last < end and tokens[last].initial:
        after = _initials_end(tokens, last, end)
        return NameSpan(place, after, "surname_initials", surname, head, initials=_written(text, tokens, last, after))
    if last < end and tokens[last].word.role is Role.NAME:
        patronymic = last + 1 < end and tokens[last + 1].word.patronymic is not None
        return NameSpan(
            place,
            last + 1 + patronymic,
            "surname_first",
            surname,
            head,
            (tokens[last],),
            tokens[last + 1] if patronymic else None,
        )
    return NameSpan(place, last, "alone", surname, head)


def _with_particles(tokens: Sequence[Token], place: int, end: int) -> NameSpan:
    """«Урсула фон дер Ляйен»."""
    last = place + 1
    while last < end and tokens[last].word.role is Role.PARTICLE:
        last += 1
    surname = " ".join(token.text for token in tokens[place + 1 : last + 1])
    return NameSpan(place, last + 1, "full", surname, tokens[last], (tokens[place],))


def _full(tokens: Sequence[Token], place: int, end: int) -> NameSpan:
    """One to three words in full, in whichever order."""
    words = _plain_words(tokens, place, end)
    first = words[0]
    if len(words) == 1:
        return NameSpan(place, place + 1, "alone", first.text, first)
    child = place + len(words) < end and tokens[place + len(words)].word.role is Role.CHILD
    if child:
        return _before_child(tokens, place, len(words))
    if len(words) > 2 and not first.word.geo:
        span = _three(words, place)
        if span is not None:
            return span
    second = words[1]
    if first.word.geo and first.word.given_weight < _GIVEN and first.word.surname_weight < STRONG:
        return NameSpan(place, place + 1, "alone", first.text, first)  # «Казахстана Гейдара Алиева»
    if _surname_stands_first(first, second):
        return NameSpan(place, place + 2, "surname_first", first.text, first, (second,))
    return NameSpan(place, place + 2, "full", second.text, second, (first,))


def _plain_words(tokens: Sequence[Token], place: int, end: int) -> list[Token]:
    words = []
    for token in tokens[place : min(end, place + 4)]:
        if token.word.role is not Role.NAME or token.initial or len(token.text) < 2:
            break
        words.append(token)
    return words


def _before_child(tokens: Sequence[Token], place: int, count: int) -> NameSpan:
    """«Аида Исатбек кызы», «Абдылдаев Мыктыбек Юсуп уулу»; words before these are left for themselves."""
    first, father = tokens[place], place + count - 1
    child = f"{tokens[father].text} {tokens[father + 1].text}"
    if count == 2:
        return NameSpan(place, father + 2, "full", child, tokens[father], (first,))
    if count == 3 and first.word.surname_weight >= STRONG:
        return NameSpan(
            place, father + 2, "surname_first", first.text, first, (tokens[place + 1],), child_patronymic=child
        )
    return NameSpan(place, place + 1, "alone", first.text, first)


def _three(words: Sequence[Token], place: int) -> NameSpan | None:
    """Three words that are one name, or None where only two of them are."""
    first, second, third = words[:3]
    if second.word.patronymic and first.word.surname_weight < STRONG:
        return NameSpan(place, place + 3, "full", third.text, third, (first,), second)
    if third.word.patronymic:
        return NameSpan(place, place + 3, "surname_first", first.text, first, (second,), third)
    if first.word.given_weight < _GIVEN and second.word.given_weight >= _GIVEN:
        return NameSpan(place, place + 1, "alone", first.text, first)  # «Манас Айбек Осмонов»: no part of the name
    if second.word.surname_weight >= STRONG or len(words) > 3:
        return None
    if third.word.surname_weight >= STRONG or third.word.given_weight < _GIVEN:
        return NameSpan(place, place + 3, "full", third.text, third, (first, second))
    return None


def _surname_stands_first(first: Token, second: Token) -> bool:
    if second.word.surname_weight >= STRONG or second.word.given_weight < _GIVEN:
        return False
    return first.word.surname_weight >= STRONG and first.word.given_weight < _GIVEN
