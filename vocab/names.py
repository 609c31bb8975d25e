"""Names of persons in all the forms in which the sources write them.

The parliament's pages write the surname first, in the nominative or in the dative («право голосования
передано депутату Турсунбаеву А.А.»), in full or with initials; the press writes the given name first. Russian
and Kyrgyz spellings of one name occur side by side.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Self

from vocab.errors import ReadError
from vocab.name_forms import (
    capitalised,
    child_of,
    is_feminine,
    is_patronymic,
    nominative_given,
    nominative_patronymic,
    nominative_surname,
    patronymic_key,
    spelling_key,
    surname_rank,
    tidy,
)

Case = Literal["nominative", "dative", "unknown"]
Style = Literal["initials", "full"]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_NO_NAME = re.compile(r"[^\w\s.'’-]|[\d_]")
_LONE_DOTS = re.compile(r"(?:^|\s+)[.\s]+$")
_SEPARATOR = re.compile(r"[,;]|\s(?:и|жана)\s")
_MOST_WORDS = 3

_Part = tuple[frozenset[str], bool] | None


@dataclass(frozen=True, slots=True)
class PersonName:
    """Surname («Турсунбаев», «Жунус уулу»), given name, patronymic («Ашимович», «Юсуп уулу»).

    `initials` are the letters known of the given name and the patronymic, («А», «Дж»), whether these are
    written in full or not. What a source does not say is None.
    """

    surname: str
    given: str | None = None
    patronymic: str | None = None
    initials: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str, case: Case = "unknown") -> Self:
        """Reads one name, into the nominative when it stands in the dative.

        With `unknown` the dative is told by its endings («Турсунбаеву А.А.»). Raises ReadError for no name.
        """
        words, initials, initials_first = _words(text)
        if initials_first and len(words) > 1:
            raise _no_name(text)
        arranged = _arranged(words)
        if arranged is None:
            raise _no_name(text)
        surname, given, patronymic = arranged
        if case != "nominative":
            surname, given = _nominative(surname, given, patronymic, known=case == "dative" or bool(initials))
            patronymic = patronymic and nominative_patronymic(patronymic)
        return cls(surname, given, patronymic, _initials(given, patronymic, initials))

    @property
    def match_key(self) -> str:
        """The surname in one spelling: persons of one key may be one person, see `compatible`."""
        return spelling_key(self.surname)

    def match_keys(self) -> frozenset[str]:
        """Keys to look a person up by: two where the order of surname and given name cannot be told."""
        return frozenset(one.match_key for one in self._orders())

    def compatible(self, other: "PersonName") -> bool:
        """True when no part contradicts: an initial agrees with its name in full, a missing part with all."""
        return any(_agree(one, another) for one in self._orders() for another in other._orders())

    def display(self, style: Style) -> str:
        """«Турсунбаев А. А.» or «Турсунбаев Азизбек Атакозуевич», as far as known.

        «Жунус уулу Алтынбек» is never shortened: «уулу» stands in place of a surname, many persons share it.
        """
        if self.given and (style == "full" or " " in self.surname):
            rest = [self.given, self.patronymic or " ".join(f"{one}." for one in self.initials[1:])]
        else:
            rest = [f"{one}." for one in self.initials]
        return " ".join(filter(None, [self.surname, *rest]))

    def __str__(self) -> str:
        return self.display("full")

    def _orders(self) -> tuple["PersonName", ...]:
        """The name, and with surname and given name changed over when nothing tells which is which."""
        if not self.given or self.patronymic or " " in self.surname:
            return (self,)
        if surname_rank(self.surname) != surname_rank(self.given):
            return (self,)
        return self, PersonName(self.given, self.surname)

    def _parts(self) -> tuple[_Part, _Part]:
        first, second = (*self.initials, None, None)[:2]
        return _part(self.given, first, spelling_key), _part(self.patronymic, second, patronymic_key)


def split_names(text: str) -> tuple[str, ...]:
    """The names of a list, as written, also where a comma is missing («Мадеминов М.Г. Мамашова А.Т.»)."""
    names: list[str] = []
    for part in _SEPARATOR.split(tidy(text)):
        tokens = list(_TOKEN.finditer(part))
        written = [token.group() for token in tokens]
        starts = [token.start() for place, token in enumerate(tokens) if _starts_name(written, place)]
        cuts = [0, *starts[1:], len(part)]
        names.extend(_LONE_DOTS.sub("", part[start:end]).strip() for start, end in pairwise(cuts))
    return tuple(filter(None, names))


def _starts_name(tokens: Sequence[str], place: int) -> bool:
    """True where a new name starts: after the initials of «Фамилия И.О.», before those of «И.О. Фамилия»."""
    if place == 0:
        return True
    before, token = tokens[place - 1], tokens[place]
    if _is_initial(tokens[0]):
        return _is_initial(token) and not _is_initial(before)
    word = not _is_initial(token) and token[0].isupper()
    return word and (_is_initial(before) or (place >= _MOST_WORDS and is_patronymic(before)))


def _is_initial(token: str) -> bool:
    bare = token.rstrip(".")
    return len(bare) == 1 or bare == "Дж" or (len(bare) == 2 and token.endswith("."))


def _words(text: str) -> tuple[list[str], tuple[str, ...], bool]:
    """The words of a name, «уулу» joined to the father's name; the initials; whether these come first."""
    mended = tidy(text).strip(" ,;")
    tokens = _TOKEN.findall(mended)
    words: list[str] = []
    for token in tokens:
        child = child_of(token)
        if child and words:
            words[-1] = f"{words[-1]} {child}"
        elif not _is_initial(token):
            words.append(capitalised(token.rstrip(".")) if token.isupper() else token.rstrip("."))
    initials = tuple(capitalised(token.rstrip(".")) for token in tokens if _is_initial(token))
    if len(words) == 1 and initials:
        words = [capitalised(words[0])]
    if _NO_NAME.search(mended) or not all(word[0].isupper() for word in words):
        raise _no_name(text)
    return words, initials, bool(initials) and _is_initial(tokens[0])


def _arranged(words: Sequence[str]) -> tuple[str, str | None, str | None] | None:
    """Surname, given name, patronymic of one to three words, in whichever order they stand; None for more."""
    if len(words) < 2:
        return (words[0], None, None) if words else None
    children = [place for place, word in enumerate(words) if " " in word]
    if len(words) > _MOST_WORDS or len(children) > 1:
        return None
    if children and (children[0] == 0 or len(words) == 2):
        return words[children[0]], *_given_and_patronymic([word for word in words if " " not in word])
    last, others = words[-1], words[:-1]
    surname_last = is_patronymic(others[-1]) if len(words) == _MOST_WORDS else False
    if surname_last or surname_rank(last) > surname_rank(words[0]):
        return last, *_given_and_patronymic(others)
    return words[0], *_given_and_patronymic(words[1:])


def _given_and_patronymic(words: Sequence[str]) -> tuple[str, str | None]:
    patronymics = [word for word in words if " " in word or is_patronymic(word)]
    if len(words) == 2 and patronymics:
        return next(word for word in words if word != patronymics[0]), patronymics[0]
    return " ".join(words), None


def _nominative(surname: str, given: str | None, patronymic: str | None, *, known: bool) -> tuple[str, str | None]:
    """Surname and given name out of the dative; `known`: the first word is certainly a surname."""
    son = surname.endswith((" уулу", " оглы", " угли"))
    plain = surname if " " in surname else nominative_surname(surname, sure=known)
    if given and (known or son or plain != surname):
        daughter = is_feminine(plain) or surname.endswith(" кызы") or (patronymic or "").endswith(("вна", "вне"))
        given = nominative_given(given, feminine=daughter)
    return plain, given


def _initials(given: str | None, patronymic: str | None, written: tuple[str, ...]) -> tuple[str, ...]:
    known = tuple(_initial_of(word) for word in (given, patronymic) if word)
    return (*known, *written)[:2] if given else written


def _initial_of(word: str) -> str:
    return word[:2] if word.startswith("Дж") else word[0]


def _part(full: str | None, initial: str | None, key: Callable[[str], str]) -> _Part:
    """The keys of a part of a name and whether it is written in full; None when nothing is known of it."""
    word = full or initial
    if not word:
        return None
    found = key(word)
    # «Джаныбек» is shortened to «Дж.», «Ж.» and «Д.»
    return frozenset({found, f"д{found}"} if word.casefold().startswith("дж") else {found}), bool(full)


def _agree(one: PersonName, other: PersonName) -> bool:
    pairs = zip(one._parts(), other._parts(), strict=True)
    return one.match_key == other.match_key and all(_parts_agree(*pair) for pair in pairs)


def _parts_agree(one: _Part, other: _Part) -> bool:
    if one is None or other is None:
        return True
    if one[1] and other[1]:
        return not one[0].isdisjoint(other[0])
    return any(left.startswith(right) or right.startswith(left) for left in one[0] for right in other[0])


def _no_name(text: str) -> ReadError:
    return ReadError("name", f"«{text}» is not the name of one person")
