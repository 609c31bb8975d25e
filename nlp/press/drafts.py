"""The drafts that a press release speaks of: titles in quotes, nested, broken or not, and descriptions.

Russian puts the title behind its lead («законопроект «О медиации»»), Kyrgyz before («Медиация жөнүндө» мыйзам
долбоору).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.lexicon import lexicon
from nlp.press.patterns import LEXICON, Hit, matcher, phrases, word_set
from nlp.press.titles import LONGEST_TITLE, Titles, code_title, kind_of, tidy
from nlp.press.words import Span, Word, ends_sentence
from vocab.agenda_item import ItemKind

LONGEST_DESCRIPTION = 40
"""Words and marks of a description."""

_MOST_FILLERS = 9
_SECTIONS = ("leads", "code_leads", "kyrgyz_leads", "law_leads", "kyrgyz_law_leads", "loose_leads")
_WEAK = frozenset({"law_leads", "kyrgyz_law_leads", "loose_leads"})
_NO_FILLERS = frozenset({"", "»", ";", "(", ","})
_OF_ANOTHER = frozenset({"по", "к", "о", "об", "в"})
_LETTER = re.compile(r"[^\W\d_]")
_OBLIQUE = re.compile(r"^(\w+), (\w+)(?:ого|ому|ом|ым|его|ему|ем|им)\b")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as a text calls it: words `[first, last)`, with the lead where this stands beside the title.

    `quoted`: by its title; `whole`: its quotes are even; `law`: called a law, not a draft; `loose`: not called a draft
    at all («поправки в Закон»).
    """

    title: str
    kind: ItemKind
    first: int
    last: int
    quoted: bool = True
    whole: bool = True
    law: bool = False
    loose: bool = False


class Drafts:
    """Reads the drafts of one text."""

    def __init__(self, plain: str, words: Sequence[Word]) -> None:
        self._words = words
        self._titles = Titles(plain, words)
        # «Подписан закон о …»: a law is described as news in headlines only
        self._headline = next((place for place, word in enumerate(words) if word.form == "\n"), len(words))
        self._leads = sorted(self._all_leads(), key=lambda one: one[0].start)
        form = self._titles.form
        # a title may speak of drafts: a lead is a border only with a title of its own
        self._titles.set_borders(
            hit.start for hit, what in self._leads if what == "leads" and form(self._after_fillers(hit.end)) == "«"
        )

    def find(self, most: int) -> list[Draft]:
        """The drafts in order, `most` at most; of two that overlap one is left out."""
        found: list[Draft] = []
        taken = bytearray(len(self._words))
        # «поправки в законопроект», «мыйзамына … мыйзам долбоору»: what is called a draft comes first
        for hit, what in sorted(self._leads, key=lambda one: one[1] in _WEAK):
            if len(found) >= most:
                break
            if taken[hit.start]:
                continue
            for draft in self._kyrgyz(hit, what) if what.startswith("kyrgyz") else self._russian(hit, what):
                if _LETTER.search(draft.title) and not any(taken[draft.first : draft.last]):
                    found.append(draft)
                    taken[draft.first : draft.last] = bytes([1]) * (draft.last - draft.first)
        return sorted(found, key=lambda one: one.first)

    def _all_leads(self) -> Iterator[tuple[Hit, str]]:
        taken: set[int] = set()
        for section in _SECTIONS:
            for hit in matcher(section).find(self._words):
                if hit.start not in taken:
                    taken.update(range(hit.start, hit.end))
                    yield hit, section

    def _russian(self, hit: Hit, what: str) -> Iterator[Draft]:
        """The drafts that a Russian lead introduces."""
        place = self._after_fillers(hit.end)
        opened = self._opening(place, what, many=bool(hit.row.meaning.get("many")))
        if what == "code_leads":
            yield self._code(hit, place)
        elif opened is not None:
            yield from self._titled(hit, what, place, opened)
        elif what != "law_leads" or hit.start < self._headline:
            yield from self._described(hit, what, place)

    def _opening(self, place: int, what: str, *, many: bool) -> int | None:
        if what in {"code_leads", "loose_leads"}:
            return None
        if self._titles.form(place) == "«":
            return place
        if what != "leads":
            return None
        return (self._titles.next_title(place) if many else None) or self._later_title(place)

    def _titled(self, hit: Hit, what: str, place: int, opened: int | None) -> Iterator[Draft]:
        many = bool(hit.row.meaning.get("many"))
        # «законопроекты в третьем чтении «О …»»: what stands between is told of the draft, so it is not masked with it
        first = hit.start if opened == place else opened
        while opened is not None and first is not None:
            last, whole = self._titles.end(opened, listed=many)
            title = self._titles.title(opened, last)
            kind = kind_of(str(hit.row.meaning["kind"]), title)
            yield Draft(title, kind, first, last, whole=whole, law=what == "law_leads")
            first = opened = self._titles.next_title(last) if many else None

    def _after_fillers(self, place: int) -> int:
        fillers = word_set("lead_fillers")
        while self._titles.form(place) in fillers:
            place += 1
        return place

    def _later_title(self, place: int) -> int | None:
        """Where the title opens that comes a few words later: «законопроекты в третьем чтении «О …»»."""
        acts, form = phrases("act_words"), self._titles.form
        for here in range(place, min(place + _MOST_FILLERS, len(self._words))):
            if form(here) == "«":
                act_before = acts.at(self._words, here - 1) or form(here - 1) in word_set("lead_fillers")
                return here if self._titles.opens_title(here) and not act_before else None
            lead = matcher("leads").at(self._words, here)
            if form(here) in _NO_FILLERS or lead or ends_sentence(self._words, here):
                return None
        return None

    def _code(self, hit: Hit, last: int) -> Draft:
        return Draft(code_title(tidy(self._titles.text(hit.start, last))), "code", hit.start, last)

    def _described(self, hit: Hit, what: str, place: int) -> Iterator[Draft]:
        """The draft that is only described."""
        loose = what == "loose_leads"
        if not (loose or self._describes(place)):
            return
        last = self._description_end(place)
        if last > place:
            about = "" if loose else tidy(self._titles.text(place, last))
            kind = kind_of(str(hit.row.meaning["kind"]), about)
            description = _nominative(tidy(self._titles.text(hit.start, last).rstrip(" ,;:–—-")))
            yield Draft(description, kind, hit.start, last, quoted=False, law=what == "law_leads", loose=loose)

    def _describes(self, place: int) -> bool:
        begins = phrases("descriptions").at(self._words, place)
        return begins is not None and phrases("no_descriptions").at(self._words, place) is None

    def _description_end(self, place: int) -> int:
        ends, depth = phrases("description_ends"), 0
        border = self._titles.border(place)
        while self._titles.form(border - 1) in _OF_ANOTHER and border < len(self._words):
            border = self._titles.border(
                border + 1
            )  # «законопроект о референдуме по проекту Закона «О …»» is one draft
        border = min(border, place + LONGEST_DESCRIPTION)
        for here in range(place, border):
            depth += {"«": 1, "»": -1}.get(self._titles.form(here), 0)
            if self._titles.form(here) == ":":
                return here
            if depth <= 0 and here > place + 1 and ends.at(self._words, here) is not None:
                return here - 1 if self._titles.form(here - 1) == "," else here
        return border

    def _kyrgyz(self, hit: Hit, what: str) -> Iterator[Draft]:
        """The drafts whose titles stand before a Kyrgyz lead."""
        closed = self._before_fillers(hit.start)
        law = what == "kyrgyz_law_leads"
        if self._titles.form(closed - 1) == "»":
            yield from reversed(list(self._kyrgyz_titled(hit, closed, law=law)))
        elif not law or hit.start < self._headline:
            yield from self._kyrgyz_described(hit, closed, law=law)

    def _kyrgyz_titled(self, hit: Hit, closed: int, *, law: bool) -> Iterator[Draft]:
        """From the last title of a list to the first."""
        many = any(word.form.startswith("долбоорлор") for word in self._words[hit.start : hit.end])
        last, form = hit.end, self._titles.form
        while form(closed - 1) == "»":
            opened = self._kyrgyz_opening(closed - 1)
            title = self._titles.title(opened, closed)
            yield Draft(title, kind_of(str(hit.row.meaning["kind"]), title), opened, last, law=law)
            if not many or form(opened - 1) not in {",", "жана"}:
                return
            last, closed = opened, opened - 1

    def _before_fillers(self, place: int) -> int:
        fillers = word_set("kyrgyz_fillers")
        while self._titles.form(place - 1) in fillers:
            place -= 1
        return place

    def _kyrgyz_opening(self, closed: int) -> int:
        """Where the title that closes at `closed` opens; with a quote too many the farthest that is there."""
        depth, opened = 0, closed
        for place in range(closed, max(-1, closed - LONGEST_TITLE), -1):
            if place < closed and ends_sentence(self._words, place):
                break
            form = self._titles.form(place)
            depth += {"»": 1, "«": -1}.get(form, 0)
            if form == "«":
                opened = place
                if not depth:
                    break
        return opened

    def _kyrgyz_described(self, hit: Hit, closed: int, *, law: bool) -> Iterator[Draft]:
        if self._titles.form(closed - 1) not in word_set("kyrgyz_about"):
            return
        edges, first = phrases("kyrgyz_edges"), closed - 1
        while first and not ends_sentence(self._words, first - 1) and edges.at(self._words, first - 1) is None:
            first -= 1
            if closed - first > LONGEST_DESCRIPTION:
                return
        if first < closed - 1:
            about = tidy(self._titles.text(first, closed))
            kind = kind_of(str(hit.row.meaning["kind"]), about)
            many = self._words[hit.end - 1].form.startswith("долбоорлор")
            lead = self._titles.text(closed, hit.end - 1)
            head = "мыйзам" if law else f"{lead} {'долбоорлору' if many else 'долбоору'}"
            yield Draft(f"{about} {head}", kind, first, hit.end, quoted=False, law=law)


def draft_spans(drafts: Sequence[Draft]) -> list[Span]:
    """The places of the drafts, for masking."""
    return [Span(one.first, one.last, number) for number, one in enumerate(drafts)]


def _nominative(description: str) -> str:
    """«законопроекту, направленному на …» → «законопроект, направленный на …»."""
    heads: dict[str, str] = lexicon(LEXICON)["nominatives"]
    first, blank, rest = description.partition(" ")
    bare = first.rstrip(",").lower()
    first = heads.get(bare, bare) + first[len(first.rstrip(",")) :]
    return _OBLIQUE.sub(r"\1, \2ый", first + blank + rest).replace("щый ", "щий ", 1)
