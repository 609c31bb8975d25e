"""The story of each draft in a press release, gathered sentence by sentence; in the end it is one press event."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from nlp.press.drafts import Draft
from nlp.press.event import Action, PressBody, PressEvent
from nlp.press.facts import Sitting
from vocab.text import title_key

# «Use the strongest stated»: what ends a stage beats what is done within it.
STRENGTH: dict[Action, float] = {
    Action.REGISTERED: 1,
    Action.PRESENTED: 2,
    Action.PUBLIC_DISCUSSION: 3,
    Action.SCHEDULED: 3,
    Action.CONSIDERED: 4,
    Action.POSTPONED: 5,
    Action.APPROVED: 6,
    Action.RETURNED: 6,
    Action.REJECTED: 7,
    Action.WITHDRAWN: 7,
    Action.ADOPTED: 7,
    Action.SENT_TO_PRESIDENT: 8,
    Action.SIGNED: 9,
    Action.VETOED: 9,
}
BY_PRESIDENT = frozenset({Action.SIGNED, Action.VETOED, Action.SENT_TO_PRESIDENT})
"""What happens between the parliament and the President: no committee's doing."""

_HEADLINE = 0.5  # of equally strong actions the headline's is the news
_SAME = 94.0
_ALIKE = 0.5
_STEM = 5
_OPINIONS = frozenset({"committee", "faction", "working_group", "public_hearing"})
_SCORES = {"described": 0.7, "uneven": 0.9, "no day": 0.95, "no body": 0.8, "headline only": 0.8, "weak": 0.8}
_WEAK = frozenset({Action.PRESENTED, Action.REGISTERED})
_NUMBER = re.compile(r"\d+")
_MOST_WORDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One action that a sentence tells of a draft, with what the sentence says besides; `unsure` as of `Told`."""

    action: Action
    words: str
    day: date | None = None
    readings: tuple[int, ...] = ()
    sitting: Sitting | None = None
    headline: bool = False
    unsure: bool = False

    @property
    def strength(self) -> float:
        """How strong it is among the steps of a draft."""
        return STRENGTH[self.action] + (_HEADLINE if self.headline else 0)


@dataclass(slots=True)
class Story:
    """What is told of one draft so far. `headline`: only the headline has named it yet; `quorum`: it was lacking."""

    draft: Draft
    headline: bool = False
    quorum: bool = True
    steps: list[Step] = field(default_factory=list)
    readings: list[tuple[int, ...]] = field(default_factory=list)
    presenter: str | None = None
    initiator: str | None = None
    votes: tuple[int | None, int | None] | None = None

    def is_of(self, other: Draft) -> bool:
        """True where `other` is this draft by its title, or a description of it."""
        if self.draft.quoted and other.quoted:
            return same_draft(self.draft.title, other.title)
        return describes(other.title, self.draft.title) or describes(self.draft.title, other.title)

    def name(self, draft: Draft) -> None:
        """The body's title for a draft that the headline has only described, or cut short."""
        if self.headline:
            self.draft, self.headline = draft, False

    def event(self, published: date, usual: Sitting | None) -> PressEvent | None:
        """The press event, None where nothing happened. `usual`: the body of the release."""
        self.steps = [one for one in self.steps if self._is_proven(one)]
        if not self.steps:
            return None
        steps = self._of_one_body(usual)
        step = max(steps, key=lambda one: one.strength)
        peers = [one for one in steps if one.action is step.action]
        sitting = None if step.action in BY_PRESIDENT else step.sitting or usual
        day = next((one.day for one in (step, *peers) if one.day), None)
        readings = self._readings(step, peers)
        votes = self.votes or (None, None)
        return PressEvent(
            draft=self.draft.title,
            kind=self.draft.kind,
            body=_body(step.action, sitting),
            action=_of_body(step.action, sitting),
            day=day or published,
            committee=_committee([sitting, usual, *(one.sitting for one in steps)], sitting),
            readings=readings,
            day_stated=day is not None,
            presenter=self.presenter,
            initiator=self.initiator,
            votes_for=votes[0],
            votes_against=votes[1],
            quoted=self.draft.quoted,
            score=self._score(step, sitting, day),
            words=tuple(f"{one.action}: {one.words[:_MOST_WORDS]}" for one in dict.fromkeys((step, *peers)))[:3],
        )

    def _is_proven(self, step: Step) -> bool:
        """False for a rejection that was for want of a quorum, or that no votes prove."""
        return (self.quorum or step.action is not Action.REJECTED) and (bool(self.votes) or not step.unsure)

    def _of_one_body(self, usual: Sitting | None) -> list[Step]:
        """The steps of the body in which the draft was first spoken of: «the committee has supported it» is no news."""
        first = next((one.sitting for one in self.steps if one.sitting and not one.headline), usual)
        if first is None:
            return self.steps
        told = [one for one in self.steps if (one.sitting or first).body == first.body or one.action in BY_PRESIDENT]
        return told or self.steps

    def _readings(self, step: Step, peers: Sequence[Step]) -> tuple[int, ...]:
        """Those told with the action, all sentences of the body together; else those told with anything else."""
        told = [one.readings for one in peers if one.readings and not one.headline]
        others = [one.readings for one in self.steps if one.readings and not one.headline]
        chosen = told or ([step.readings] if step.readings else []) or others or self.readings
        chosen = chosen or [one.readings for one in self.steps]
        return tuple(sorted({number for one in chosen for number in one}))

    def _score(self, step: Step, sitting: Sitting | None, day: date | None) -> float:
        faults = {
            "described": not self.draft.quoted,
            "uneven": not self.draft.whole,
            "no day": day is None,
            "no body": sitting is None and step.action not in BY_PRESIDENT,
            "headline only": all(one.headline for one in self.steps),
            "weak": step.action in _WEAK,
        }
        score = 1.0
        for fault, there in faults.items():
            score *= _SCORES[fault] if there else 1.0
        return round(score, 3)


def _body(action: Action, sitting: Sitting | None) -> PressBody:
    """The body; where none is named, the public discusses, and the parliament does everything else."""
    if sitting:
        return sitting.body
    return "public_hearing" if action is Action.PUBLIC_DISCUSSION else "plenary"


def _committee(sittings: Sequence[Sitting | None], of: Sitting | None) -> str | None:
    """The name of the committee, the fullest that the release has for this body."""
    names = [one.committee for one in sittings if one and of and one.body == of.body and one.committee]
    return max(names, key=len, default=None)


def _of_body(action: Action, sitting: Sitting | None) -> Action:
    """Only the plenary adopts; a committee that «accepts» a draft approves it, a plenary that approves it adopts it."""
    if sitting and sitting.body in _OPINIONS:
        return Action.APPROVED if action is Action.ADOPTED else action
    return Action.ADOPTED if action is Action.APPROVED else action


def same_draft(one: str, other: str) -> bool:
    """True where two titles within one release are one: alike but for a slip, or one is the other cut short."""
    left, right = title_key(one), title_key(other)
    if left == right or not (left and right):
        return left == right
    if _NUMBER.findall(left) != _NUMBER.findall(right):  # the budgets of two years
        return False
    short, long = sorted((left, right), key=len)
    return (long.startswith(short) and len(short) * 2 > len(long)) or fuzz.ratio(left, right, score_cutoff=_SAME) > 0


def describes(description: str, title: str) -> bool:
    """True where most words of a description occur in a title, whatever their endings."""
    wanted, there = _stems(description), _stems(title)
    return bool(wanted) and len(wanted & there) >= _ALIKE * len(wanted)


_EMPTY = frozenset(
    {"закон", "проек", "кырги", "респу", "внесе", "измен", "допол", "попра", "некот", "мыйза", "долбо", "напра"}
)


def _stems(text: str) -> set[str]:
    words = {word[:_STEM] for word in title_key(text).replace(",", " ").split() if len(word) >= 4}
    return {word.strip("()") for word in words} - _EMPTY or words
