"""Press events: what a press release tells of drafts, where, in which readings, on which day, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from nlp.mentions.bodies import find_bodies
from nlp.mentions.mention import Mention
from nlp.mentions.votes import find_votes
from nlp.press.doubt import Places, is_doubtful, is_of_old, is_untrue, lacks_quorum, takes_back
from nlp.press.drafts import Draft, Drafts, draft_spans
from nlp.press.event import Action, PressEvent
from nlp.press.facts import (
    Sitting,
    Told,
    actions_in,
    clauses,
    day_in,
    is_background,
    readings_in,
    sitting_in,
    stretches,
    votes_in,
)
from nlp.press.patterns import matcher
from nlp.press.people import People, people
from nlp.press.stories import BY_PRESIDENT, Step, Story
from nlp.press.words import Word, masked, plain_text, quotations, sentences_of, words_of

MOST_DRAFTS = 150
"""Drafts of one release; what comes behind is left out."""

_MOST_PENDING = 20
_OWN_DOING = 3
_ADOPTED = ("принят", "одобренн", "кабыл")
_SITTING_WORDS = ("заседани", "жыйын", "слушани", "угуу")


def find_events(title: str, body: str, published: date, mentions: Sequence[Mention] = ()) -> tuple[PressEvent, ...]:
    """The events that a release tells, one a draft, in the order of the text; () where it tells of none.

    `mentions` are those of title + line feed + body (`nlp.mentions.finding`); without them committees and votes are
    looked for, and persons are known by the shapes of names alone. Never raises for any text.
    """
    plain = plain_text(f"{title}\n{body}")
    words = words_of(plain)
    drafts = Drafts(plain, words).find(MOST_DRAFTS)
    if not drafts:
        return ()
    shown = masked(words, [*draft_spans(drafts), *quotations(words)])
    named = tuple(mentions) or (*find_bodies(plain, published), *find_votes(plain))
    teller = _Teller(plain, published, drafts, named, people(plain, named))
    for sentence in sentences_of(shown, len(title) + 1):
        if sentence.headline and is_untrue(sentence.words):
            return ()
        if takes_back(sentence.words):
            teller.take_back()
        doubtful = is_doubtful(sentence.words)
        for clause in clauses(sentence.words):
            teller.hear(clause, headline=sentence.headline, doubtful=doubtful)
    return teller.events()


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one clause says."""

    words: tuple[Word, ...]
    headline: bool
    told: list[Told]
    readings: list[tuple[int, tuple[int, ...]]]
    sitting: Sitting | None
    day: date | None

    def all_readings(self) -> tuple[int, ...]:
        return tuple(sorted({number for _, numbers in self.readings for number in numbers}))

    def readings_of(self, number: int) -> tuple[int, ...]:
        """The readings of draft `number`: those told right behind it or its list, else those before the drafts."""
        places = {word.draft: word.start for word in self.words if word.draft is not None}
        behind = [numbers for start, numbers in self.readings if start >= places[number]]
        ahead = [numbers for start, numbers in self.readings if start < places[number]]
        leads = self.readings and self.readings[0][0] < min(places.values())
        if len(self.readings) < 2:
            return self.all_readings()
        return ahead[-1] if leads and ahead else behind[0] if behind else ahead[-1] if ahead else ()


@dataclass(slots=True)
class _Teller:
    """Follows a release sentence by sentence."""

    plain: str
    published: date
    drafts: Sequence[Draft]
    mentions: tuple[Mention, ...]
    people: People
    stories: list[Story] = field(default_factory=list)
    current: list[Story] = field(default_factory=list)
    pending: list[_Heard] = field(default_factory=list)
    sitting: Sitting | None = None
    headline_sitting: Sitting | None = None
    day: date | None = None
    elsewhere: bool = False

    def hear(self, words: tuple[Word, ...], *, headline: bool, doubtful: bool = False) -> None:
        """Take in one clause; nothing that a `doubtful` one tells has happened."""
        if is_background(words) and not headline:
            return
        heard = self._heard(words, headline=headline, doubtful=doubtful)
        if self.elsewhere and not heard.told:
            self.current = []
            return
        drafts = [word.draft for word in words if word.draft is not None]
        chosen = [number for number in drafts if self._counts(self.drafts[number], heard)]
        if chosen:
            self._tell_of(chosen, heard)
        else:
            self._go_on(heard)
        self._take_people(heard)

    def take_back(self) -> None:
        """What was told last is said to be untrue."""
        for story in self.current:
            story.steps.clear()

    def _go(self, words: Sequence[Word], *, told: bool) -> None:
        """Follow the text to another parliament and back."""
        places = Places(words)
        there = places.last_is_there
        if told or there is False or places.sits_here:
            self.elsewhere = False
        elif there and (self.sitting is None or matcher("actions").find(words)):
            self.elsewhere = True

    def _heard(self, words: tuple[Word, ...], *, headline: bool, doubtful: bool) -> _Heard:
        told = actions_in(words, self.plain, elsewhere=self.elsewhere)
        self._go(words, told=bool(told))
        if doubtful or is_of_old(_dated(words, told), self.published):
            told = []
        sitting = None if self.elsewhere else sitting_in(words, self.mentions)
        if sitting and self._is_passing(sitting):  # «одобрен комитетом» of a draft that the plenary considers
            told, sitting = [], None
        if headline:
            self.headline_sitting = self.headline_sitting or sitting
        elif sitting and self._sits(sitting, words, told):
            self.sitting = self._fuller(sitting)
        ahead = any(one.action is Action.SCHEDULED for one in told)
        day = day_in(_dated(words, told), self.plain, self.published, ahead=ahead)
        if not headline and self.day is None and (told or sitting):
            self.day = day
        readings = [(start, found) for start, end in stretches(words) if (found := readings_in(self.plain, start, end))]
        there = self._fuller(sitting) if sitting and sitting.weight >= _OWN_DOING else self.sitting
        return _Heard(words, headline, told, readings, there, day or self.day)

    def _is_passing(self, sitting: Sitting) -> bool:
        """True where another body than that of the release is told to have done something before."""
        return sitting.weight == 0 and self.sitting is not None and self.sitting.body != sitting.body

    def _sits(self, sitting: Sitting, words: Sequence[Word], told: Sequence[Told]) -> bool:
        """True where a clause tells of a sitting or a doing of the body, clearly enough to change what was known."""
        sits = any(word.form.startswith(_SITTING_WORDS) for word in words)
        if self.sitting is None:
            return sits or bool(told)
        named = any(word.draft is not None for word in words)
        return sitting.weight > _OWN_DOING - 1 and (sits or (bool(told) and named))

    def _fuller(self, sitting: Sitting) -> Sitting:
        """The same committee may be named in full once, and be «the committee» later."""
        before = self.sitting
        if before and sitting.body == before.body and len(before.committee or "") > len(sitting.committee or ""):
            return before
        return sitting

    def _counts(self, draft: Draft, heard: _Heard) -> bool:
        """Whether a draft that a clause names is news: a law when signed or read, a description when decided on."""
        actions = {one.action for one in heard.told}
        if draft.law:
            signed = any(step.action in BY_PRESIDENT for story in self.stories for step in story.steps)
            return (
                bool(actions & BY_PRESIDENT) or bool(actions and heard.readings) or (signed and self._is_known(draft))
            )
        if draft.quoted:
            return True
        if heard.headline or self._is_known(draft):
            return True
        decided = bool(actions - {Action.PRESENTED, Action.SCHEDULED})
        return bool(actions) and (not draft.loose or (decided and self.sitting is not None))

    def _is_known(self, draft: Draft) -> bool:
        return any(story.is_of(draft) for story in self.stories)

    def _tell_of(self, numbers: Sequence[int], heard: _Heard) -> None:
        """Drafts stand in the clause: what it tells is theirs, else what was announced of «the following drafts»."""
        pending = [one for one in self.pending if not one.headline] or self.pending
        told = heard.told or [one for before in pending for one in before.told]
        announced = next((found for one in pending if (found := one.all_readings())), ())
        group: list[Story] = []
        for number in numbers:
            story = self._story(self.drafts[number], headline=heard.headline)
            if story is None:
                continue
            readings = heard.readings_of(number) or announced
            self._add(story, told, heard, readings)
            if story not in group:
                group.append(story)
        if group and (told or not self.current):
            self.current = group
        for before in self.pending:
            if not before.headline:
                self._take_people(before)

    def _story(self, draft: Draft, *, headline: bool) -> Story | None:
        """The story of a draft, a new one where it was not spoken of."""
        for story in self.stories:
            if story.is_of(draft):
                if not headline and not draft.loose:
                    story.name(draft)
                return story
        provisional = [story for story in self.stories if story.headline and not story.draft.quoted]
        if provisional and not draft.loose and not headline:
            provisional[0].name(draft)
            return provisional[0]
        story = Story(draft, headline=headline)
        self.stories.append(story)
        return story

    def _add(self, story: Story, told: Sequence[Told], heard: _Heard, readings: tuple[int, ...]) -> None:
        if readings and not told:
            story.readings.append(readings)
        for one in told:
            story.steps.append(
                Step(
                    action=one.action,
                    words=one.words,
                    day=heard.day,
                    readings=readings,
                    sitting=heard.sitting,
                    headline=heard.headline,
                    unsure=one.unsure,
                )
            )

    def _go_on(self, heard: _Heard) -> None:
        """No draft is named: the clause goes on about the last ones, or announces «a number of drafts»."""
        spoken = matcher("bills").find(heard.words)
        many = any(hit.row.meaning.get("many") for hit in spoken)
        self.pending = [one for one in self.pending if one.headline]
        announces = many and (not self.current or heard.words[-1].form == ":")
        if heard.headline or announces:
            if heard.told and spoken and len(self.pending) < _MOST_PENDING:
                self.pending.append(heard)
            return
        if not spoken and not (heard.readings and heard.told):
            return
        for story in self.stories if many else self.current:
            self._add(story, heard.told, heard, heard.all_readings())

    def _take_people(self, heard: _Heard) -> None:
        if heard.headline:
            return
        presenter = self.people.presenter(heard.words)
        initiator = self.people.initiator(heard.words)
        votes = votes_in(heard.words, self.mentions)
        for story in self.current:
            story.presenter = story.presenter or presenter
            story.initiator = story.initiator or initiator
            story.votes = story.votes or votes
            story.quorum = story.quorum and not lacks_quorum(heard.words)

    def events(self) -> tuple[PressEvent, ...]:
        """The events of the stories that something happened in."""
        usual = self.sitting or self.headline_sitting
        named = [story for story in self.stories if not story.headline]
        stories = (
            [story for story in self.stories if not story.headline or story.draft.quoted] if named else self.stories
        )
        self._apply_headline(stories)
        return tuple(event for story in stories if (event := story.event(self.published, usual)))

    def _apply_headline(self, stories: Sequence[Story]) -> None:
        """«Принят ряд законопроектов» in the headline is told of all."""
        for heard in self.pending:
            for story in stories:
                if heard.headline and story.steps:
                    self._add(story, heard.told, replace(heard, day=self.day), heard.all_readings())


def _dated(words: Sequence[Word], told: Sequence[Told]) -> Sequence[Word]:
    """The words that may give the day: «подписал Закон, принятый 5 ноября» was not signed on that day."""
    if not any(one.action in BY_PRESIDENT for one in told):
        return words
    end = next((place for place, word in enumerate(words) if word.form.startswith(_ADOPTED)), len(words))
    return words[:end] or words[:1]
