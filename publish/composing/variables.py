"""A draft as templates see it: everything cleaned, in words of the language, with links that lead somewhere. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

import yaml

from publish.compose import page_url
from publish.composing.facts import KNOWN_FACTS
from publish.composing.marked import cleaned, cleaned_data, marked
from publish.days import SaidDay
from publish.drafts import Draft, Item
from publish.message import Mark
from publish.wording import (
    Words,
    check_name,
    day_in_sentence,
    day_in_words,
    figures_in_words,
    finding_line,
    happening_more,
    happening_title,
    load_words,
)
from vocab.body_names import committee_name
from vocab.dates import BISHKEK
from vocab.posts import ChannelName, PostKind

_DAYS = ("since", "until", "approved_on")
_LONG_TITLE = 60
_TITLED = frozenset({"bill", "act"})
_MOST_TAGS = 3


class Facts(SimpleNamespace):
    """Facts by their names."""


@dataclass(frozen=True, slots=True)
class Speech:
    """In which language we speak, on which channel, and under which address people reach us."""

    lang: str
    channel: ChannelName
    public_url: str


@dataclass(frozen=True)
class Told:
    """An item as templates see it, each of its words found when it is asked for: a post shows few of a busy day.

    `title` is the source's; brief, a long one of a bill is its number or a word that leads to the link.
    """

    _item: Item
    _speech: Speech
    _is_brief: bool

    @property
    def kind(self) -> str:
        """The kind of the happening."""
        return self._item.kind

    @cached_property
    def title(self) -> str:
        """Its title as a name."""
        return _title(self._item, self._known, self._speech.lang, brief=self._is_brief)

    @cached_property
    def line(self) -> str:
        """Its sentence, with the title in it."""
        return happening_title(self._item.kind, self.title, self._item.day, self._known, self._speech.lang)

    @cached_property
    def more(self) -> str:
        """What there is to add to the sentence, or ""."""
        return happening_more(self._item.kind, self._known, self._speech.lang)

    @cached_property
    def finding(self) -> str:
        """What a finding says, or ""."""
        return finding_line(self._known, self._speech.lang)

    @cached_property
    def rule(self) -> str:
        """The name of the check that found it, or ""."""
        check = self._known.get("check")
        return check_name(check, self._speech.lang) if check else ""

    @cached_property
    def day(self) -> SaidDay:
        """Its day in words."""
        return day_in_sentence(self._item.day, self._speech.lang)

    @cached_property
    def address(self) -> str:
        """Our page about it."""
        return page_url(self._speech.public_url, self._speech.lang, *self._item.place)

    @cached_property
    def source(self) -> str:
        """The page that told it, or ""."""
        return _web_address(self._item.source)

    @cached_property
    def changes(self) -> tuple[str, ...]:
        """What changed in an agenda, each in words."""
        return tuple(_change(change, self._speech.lang) for change in self._known.get("changes") or ())

    @cached_property
    def facts(self) -> Facts:
        """Its facts in words, as those of the whole."""
        return _facts(self._known, self._speech.lang)

    @cached_property
    def _known(self) -> dict[str, Any]:
        facts: dict[str, Any] = cleaned_data(self._item.facts)
        if facts.get("committee"):
            facts["committee"] = committee_name(facts["committee"], self._speech.lang)
        return facts


def variables(draft: Draft, speech: Speech, *, brief: bool) -> dict[str, Any]:
    """What a template may use, by name."""
    items = tuple(Told(item, speech, brief) for item in draft.items)
    facts = _facts(draft.facts, speech.lang)
    sources = {address for source in {item.source for item in draft.items} if (address := _web_address(source))}
    return {
        "kind": draft.kind.value,
        "day": day_in_sentence(draft.day, speech.lang),
        "items": items,
        "facts": facts,
        "counts": _counts(draft.facts.get("counts") or Counter(item.kind for item in draft.items), speech.lang),
        "link": main_link(draft, speech),
        "earlier_link": _earlier(draft, speech),
        "source": sources.pop() if len(sources) == 1 else "",
        "tags": " ".join(marked(Mark.TAG, tag) for tag in tags(draft, speech.lang)),
        "brief": brief,
    }


def main_link(draft: Draft, speech: Speech) -> str:
    """Our page about what the draft tells of: of a finding its own, of a day with one thing that thing's."""
    is_of_item = draft.kind is PostKind.FINDING_CONFIRMED or (draft.subject[0] == "day" and len(draft.items) == 1)
    place = draft.items[0].place if is_of_item and draft.items else draft.subject
    return page_url(speech.public_url, speech.lang, *place)


def _earlier(draft: Draft, speech: Speech) -> str:
    """Where the post that this one corrects stands on this channel, in this language if it can be; "" if nowhere."""
    links = (draft.facts.get("earlier_links") or {}).get(speech.channel.value) or {}
    return _web_address(links.get(speech.lang) or next(iter(links.values()), ""))


def _title(item: Item, facts: Mapping[str, Any], lang: str, *, brief: bool) -> str:
    title = cleaned(item.title)
    if not brief or len(title) <= _LONG_TITLE or item.place[0] not in _TITLED:
        return marked(Mark.NAME, title)
    number = facts.get("number") or _number_in(item.place[1])
    return marked(Mark.NAME, f"№\u00a0{number}") if number else str(load_words("posts", lang)["title_behind_link"])


def _number_in(key: str) -> str:
    """`n-6-16490-26` is 6-16490/26; other keys hold no registration number."""
    parts = key.split("-")
    return f"{parts[1]}-{parts[2]}/{parts[3]}" if parts[0] == "n" and len(parts) == 4 else ""


def _web_address(source: str) -> str:
    address = cleaned(source)
    return address if address.startswith(("https://", "http://")) and " " not in address else ""


def _facts(known: Mapping[str, Any], lang: str) -> Facts:
    """Facts in words: days and times as people write them, what is not known as None."""
    facts = dict.fromkeys(KNOWN_FACTS) | cleaned_data(known)
    if facts["committee"]:
        facts["committee"] = committee_name(facts["committee"], lang)
    for name in _DAYS:
        facts[name] = _day(facts[name], lang)
    facts["starts_on"], facts["starts_at"] = _moment(facts["starts_at"], lang)
    facts["figures"] = Facts(**figures_in_words(facts["figures"] or {}, lang))
    facts["answers"] = [Facts(**one) for one in facts["answers"] or ()]
    return Facts(**facts)


def _day(value: Any, lang: str) -> str | None:
    """A day in ISO form in words; anything else as it is."""
    try:
        return day_in_words(date.fromisoformat(str(value)), lang) if value else None
    except ValueError:
        return str(value)


def _moment(value: Any, lang: str) -> tuple[str | None, str | None]:
    """Day in words and time of day («10:00», in Bishkek); a mere time has no day."""
    try:
        moment = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None, str(value)
    if moment is None:
        return None, None
    local = moment.astimezone(BISHKEK) if moment.tzinfo else moment
    return day_in_words(local.date(), lang), f"{local:%H:%M}"


def _counts(counts: Mapping[str, int], lang: str) -> list[Facts]:
    """Kinds of happenings with their numbers and words, the most frequent first; unnamed kinds together at the end."""
    words: Words = load_words("posts", lang)["counted"]
    named = [Facts(kind=kind, n=n, words=words[kind]) for kind, n in counts.items() if kind in words and n]
    rest = sum(n for kind, n in counts.items() if kind not in words)
    return [
        *sorted(named, key=lambda one: (-one.n, one.kind)),
        *([Facts(kind="other", n=rest, words=words["other"])] if rest else []),
    ]


def _change(change: str, lang: str) -> str:
    """What changed in an agenda, in words: `lines: added «…»`, `starts_at` (see `db.changes`)."""
    words: Words = load_words("posts", lang)["changes"]
    field, _, what = change.partition(": ")
    verb, _, label = what.partition(" ")
    if label and verb in words:
        return f"{words[verb]}: {marked(Mark.NAME, label)}"
    return str(words.get(verb if what else field) or words["other"])


def tags(draft: Draft, lang: str) -> list[str]:
    """A few hashtags out of the data: the parliament's, the kind's, those of the bills' topics."""
    words = _tags()
    topics = [
        topic for facts in (draft.facts, *(item.facts for item in draft.items)) for topic in facts.get("topics") or ()
    ]
    found = [words["every"], words["kinds"].get(draft.kind.value), *(words["topics"].get(topic) for topic in topics)]
    if draft.kind is PostKind.ALERT:
        return []
    return list(dict.fromkeys(one[lang] for one in found if one and one.get(lang)))[:_MOST_TAGS]


@lru_cache(maxsize=1)
def _tags() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.safe_load(files("publish.composing").joinpath("tags.yml").read_text("utf-8"))
    return words


def is_empty(draft: Draft) -> bool:
    """Nothing to tell: no item and no fact."""
    return not draft.items and not draft.facts
