"""One text → everything that the text layer reads out of it. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nlp.acts.finding import find_acts
from nlp.mentions.finding import find_mentions
from nlp.mentions.mention import Mention
from nlp.persons.gazetteer import Gazetteer
from nlp.press.event import PressEvent
from nlp.press.finding import find_events
from nlp.record_text import RecordText
from nlp.topics.classifying import TopicGuess, classify
from nlp.words.language import detect, sentences
from nlp.words.lemmas import normal_forms

LONGEST = 200_000
"""Characters of a text that are read; what is longer is no press release, and its end is left unread."""

LONGEST_TITLE = 10_000
"""Characters of a title that are read."""

_DIGEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """What one text says: `annotation` are the columns of its row, the rest its mentions, events and topics."""

    annotation: Mapping[str, Any]
    mentions: Sequence[Mention] = ()
    events: Sequence[PressEvent] = ()
    topics: Sequence[TopicGuess] = ()

    @property
    def outcome_hash(self) -> str:
        """The hash of everything that was read."""
        text = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_DIGEST).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Everything that was read, for JSON; days are still dates."""
        return dict(self.annotation) | {
            "mentions": [asdict(one) for one in self.mentions],
            "events": [asdict(one) for one in self.events],
            "topics": [asdict(one) for one in self.topics],
        }


def read_text(text: RecordText, names: Gazetteer) -> ReadText:
    """Read one text; `names` are the persons known on its day."""
    title, body = text.title[:LONGEST_TITLE], text.body[:LONGEST]
    whole = f"{title}\n{body}"
    language = detect(whole)
    named = find_mentions(whole, names, text.day)
    mentions = sorted((*named, *find_acts(whole)), key=lambda one: (one.start, one.end, one.kind))
    return ReadText(
        annotation={
            "language": language.language.value,
            "language_score": round(language.score, 3),
            "language_words": list(language.words),
            "sentences": [[one.start, one.end, one.language.value] for one in sentences(whole)] if body else [],
            "normal_title": " ".join(normal_forms(title)),
            "failure": None,
        },
        mentions=mentions,
        events=find_events(title, body, text.day, mentions) if text.record_type == "press_record" else (),
        topics=classify(title, body),
    )


def unread(reason: str) -> ReadText:
    """A text that could not be read, with the reason."""
    return ReadText(
        annotation={
            "language": "unknown",
            "language_score": 0.0,
            "language_words": [],
            "sentences": [],
            "normal_title": "",
            "failure": reason,
        }
    )
