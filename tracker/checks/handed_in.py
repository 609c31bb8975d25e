"""R14 to R17: what has to come with a bill that is handed in (art. 46 p. 1, 3)."""

from collections.abc import Callable
from enum import StrEnum

from tracker.checks.paperwork import Found, Papers, Wanted, events_of, handed_in, judge_papers
from tracker.checks.reviews import taken_back
from tracker.checks.steps import Course
from tracker.judgement import Judgement, Matter, ReviewNote, Surroundings
from vocab.papers import Paper
from vocab.timeline import Event


class ExplanatoryNote(StrEnum):
    """What R14 can say."""

    ALL_SECTIONS = "all_sections"
    SECTIONS_MISSING = "sections_missing"
    NO_NOTE = "no_note"
    NOTE_UNKNOWN = "note_unknown"
    TEXT_NOT_READ = "text_not_read"
    GIVEN_BACK = "given_back"


class ComparativeTable(StrEnum):
    """What R15 can say."""

    THERE = Papers.THERE
    MISSING = Papers.MISSING
    UNKNOWN = Papers.UNKNOWN
    NOT_AMENDING = "not_amending"


class ImpactAnalysis(StrEnum):
    """What R16 can say."""

    THERE = Papers.THERE
    MISSING = Papers.MISSING
    UNKNOWN = Papers.UNKNOWN
    TOPIC_UNKNOWN = "topic_unknown"
    OTHER_TOPIC = "other_topic"


class BothLanguages(StrEnum):
    """What R17 can say."""

    BOTH = "both"
    ONE_MISSING = "one_missing"
    NOT_KNOWN = "not_known"
    GIVEN_BACK = "given_back"


_Decide = Callable[[Matter, Found], Judgement]


def explanatory_note_contents(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R14, once a bill that was handed in: the sections that the text of its note holds."""
    return _ask(course, Paper.EXPLANATORY_NOTE, lambda matter, found: _sections(matter, found, course))


def comparative_table(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R15, once a bill that was handed in: a table where the title says that it amends a law."""
    return _ask(course, Paper.COMPARATIVE_TABLE, lambda matter, found: _table(matter, found, course))


def impact_analysis(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R16, once a bill that was handed in: an analysis where it is about business."""
    return _ask(course, Paper.IMPACT_ANALYSIS, lambda matter, found: _analysis(matter, found, course))


def both_languages(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R17, once a bill that was handed in: its text in the state and the official language."""
    return _ask(course, Paper.TEXT, lambda matter, found: _languages(matter, found, course))


def _ask(course: Course, paper: Paper, decide: _Decide) -> tuple[Judgement, ...]:
    """The judgement by the rule of the first day that tells of the bill; none before it is known to be handed in."""
    told = handed_in(course.timeline.events)
    if not told:
        return ()
    found = Wanted(groups={paper.value: (paper.value,)}).look(course.timeline)
    events = dict.fromkeys((told[0], *events_of(found)))
    [one] = found.values()
    return course.ask(course.timeline.events[0].day, events, lambda matter: decide(matter, one))


def _given_back(course: Course) -> tuple[Event, ...]:
    """A bill that lacks a paper goes back to its authors (art. 48): then the rule did its work."""
    return () if course.steps else taken_back(course)


def _sections(matter: Matter, found: Found, course: Course) -> Judgement:
    back = _given_back(course)
    if back:
        return matter.not_applicable(ExplanatoryNote.GIVEN_BACK, {"date": back[0].day.isoformat()})
    if found.state is Papers.MISSING:
        return matter.broken(ExplanatoryNote.NO_NOTE, {}, *found.notes)
    if found.state is Papers.UNKNOWN:
        return matter.cannot_tell(ExplanatoryNote.NOTE_UNKNOWN, {})
    read = [event.parts for event in found.events if event.parts is not None]
    if not read:
        return matter.cannot_tell(ExplanatoryNote.TEXT_NOT_READ, {})
    needed: list[str] = matter.rule.parameters["sections"]
    lacking = [section for section in needed if not any(section in parts for parts in read)]
    if not lacking:
        return matter.kept(ExplanatoryNote.ALL_SECTIONS, {"sections": needed})
    figures = {"sections": needed, "lacking": lacking}
    return matter.broken(ExplanatoryNote.SECTIONS_MISSING, figures, ReviewNote.FOUND_BY_WORDS)


def _table(matter: Matter, found: Found, course: Course) -> Judgement:
    if not course.is_titled(matter.rule.parameters["titles"]):
        return matter.not_applicable(ComparativeTable.NOT_AMENDING, {})
    return judge_papers(matter, {Paper.COMPARATIVE_TABLE.value: found}, {})


def _analysis(matter: Matter, found: Found, course: Course) -> Judgement:
    if found.state is Papers.THERE:
        return judge_papers(matter, {Paper.IMPACT_ANALYSIS.value: found}, {})
    topics = course.timeline.subject.topics
    if not topics:
        return matter.cannot_tell(ImpactAnalysis.TOPIC_UNKNOWN, {})
    if not topics & set(matter.rule.parameters["topics"]):
        return matter.not_applicable(ImpactAnalysis.OTHER_TOPIC, {})
    by_words = Found(state=found.state, events=found.events, notes=(*found.notes, ReviewNote.TOPIC_BY_MACHINE))
    return judge_papers(matter, {Paper.IMPACT_ANALYSIS.value: by_words}, {})


def _languages(matter: Matter, found: Found, course: Course) -> Judgement:
    back = _given_back(course)
    if back:
        return matter.not_applicable(BothLanguages.GIVEN_BACK, {"date": back[0].day.isoformat()})
    needed: list[str] = matter.rule.parameters["languages"]
    there = {event.lang for event in found.events} if found.state is Papers.THERE else set()
    lacking = [language for language in needed if language not in there]
    if not lacking:
        return matter.kept(BothLanguages.BOTH, {"languages": needed})
    figures = {"languages": needed, "lacking": lacking}
    complete = Wanted(groups={}).complete(course.timeline)
    if not complete or there - set(needed):  # a text whose language is unknown, or mixed, may be the other one
        return matter.cannot_tell(BothLanguages.NOT_KNOWN, figures)
    return matter.broken(BothLanguages.ONE_MISSING, figures, ReviewNote.COMPLETE_BY_PERSON)
