"""Acts that a text cites: laws, codes, decrees, resolutions, treaties, the Constitution; in Russian and Kyrgyz.

Existing acts only. What a draft is called is none; the laws that its title says it amends are, and treaties that it
ratifies. The readers are `nlp.acts.russian` and `nlp.acts.kyrgyz`, their wordings `lexicon/acts.yml`.
"""

from collections.abc import Iterator, Sequence

from nlp.acts.citation import Citation, key_of
from nlp.acts.kyrgyz import kyrgyz_citations
from nlp.acts.plain_text import make_plain
from nlp.acts.russian import russian_citations
from nlp.acts.wordings import lexicon
from nlp.mentions.mention import Mention, MentionKind
from vocab.text import title_key


def find_acts(text: str) -> list[Mention]:
    """The acts that a text cites, each place, ordered by place.

    `normal` is how a person would cite it, in the nominative; `value` {"kind", "title", "number", "day" (ISO),
    "article", "part", "key" (`ActRef.key`), "record" (None, see `nlp.acts.registry`)}. A law that a cited act's title
    amends is a mention of its own inside of it. Never raises.
    """
    plain = make_plain(text)
    found = sorted((*russian_citations(plain), *kyrgyz_citations(plain)), key=lambda one: (one.start, -one.end))
    mentions = []
    for one in _outermost(found):
        start, end = plain.span(one.start, one.end)
        mentions.append(_mention(text, start, end, one))
    return mentions


def cited_acts(text: str) -> list[str]:
    """The acts that a text cites, each once in its fullest form, in the order of their first place."""
    fullest: list[Mention] = []
    for one in find_acts(text):
        known = next((place for place, other in enumerate(fullest) if same_act(one, other)), None)
        if known is None:
            fullest.append(one)
        elif _fullness(one) > _fullness(fullest[known]):
            fullest[known] = one
    return [one.normal for one in fullest]


def same_act(one: Mention, other: Mention) -> bool:
    """True where two mentions of acts mean one act: by key, or a short form of the same longer name."""
    left, right = one.value, other.value
    if left["key"] == right["key"]:
        return not _contradict(left["number"], right["number"]) and not _contradict(left["day"], right["day"])
    if left["kind"] != right["kind"] or left["kind"] not in ("treaty", "resolution", "other"):
        return False
    if _contradict(left["number"], right["number"]) or _contradict(left["day"], right["day"]):
        return False
    short, long = sorted((_words(one.normal), _words(other.normal)), key=len)
    return len(short) > 1 and short <= long and _head(one.normal) == _head(other.normal)


def _outermost(found: Sequence[Citation]) -> Iterator[Citation]:
    """The citations without those that are only a part of the name of another."""
    opened: list[Citation] = []
    for one in found:
        while opened and opened[-1].end <= one.start:
            opened.pop()
        inside = opened[-1] if opened else None
        if inside is None or (inside.refers and (inside.start, inside.end) != (one.start, one.end)):
            opened.append(one)
            yield one


def _contradict(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _words(name: str) -> frozenset[str]:
    """The words of a name, abbreviations written out, numbers and days left aside."""
    full = lexicon().full_names
    written = " ".join(full.get(word.strip("(),."), word) for word in title_key(name).split())
    return frozenset(word for part in written.split() if (word := part.strip("(),.№")))


def _head(name: str) -> str | None:
    """The word that says what kind of act it is."""
    found = lexicon().trigger.search(name.lower())
    return found.group() if found else None


def _fullness(one: Mention) -> int:
    return len(one.normal)


def _mention(text: str, start: int, end: int, one: Citation) -> Mention:
    ref = one.ref
    return Mention(
        kind=MentionKind.ACT,
        start=start,
        end=end,
        written=text[start:end],
        normal=one.normal,
        value={
            "kind": ref.kind if ref else "other",
            "title": ref.title if ref else one.normal,
            "number": ref.number if ref else None,
            "day": ref.day.isoformat() if ref and ref.day else None,
            "article": one.article,
            "part": one.part,
            "key": key_of(ref) if ref else None,
            "record": None,
        },
        score=round(one.score, 2),
        method=one.method,
    )
