"""R40: the Cabinet's opinion on a bill that costs the budget money (art. 53 p. 5)."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.checks.paperwork import Found, Papers, Wanted, events_of, judge_papers
from tracker.checks.reviews import held_by, reading_step
from tracker.checks.steps import Course
from tracker.judgement import Judgement, Matter, ReviewNote, Surroundings
from vocab.papers import Paper
from vocab.timeline import EventKind


class CostOpinion(StrEnum):
    """What R40 can say."""

    THERE = Papers.THERE
    MISSING = Papers.MISSING
    AFTERWARDS = Papers.AFTERWARDS
    DAY_UNKNOWN = Papers.DAY_UNKNOWN
    UNKNOWN = Papers.UNKNOWN
    COSTS_UNKNOWN = "costs_unknown"
    NO_COSTS = "no_costs"
    OWN_BILL = "own_bill"


def cost_opinion(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R40, once a bill that came to the first reading: the opinion was there by then."""
    step = reading_step(course, 1)
    by = held_by(step)
    if step is None or by is None:
        return ()
    wanted = Wanted(groups={Paper.GOVERNMENT_OPINION.value: (Paper.GOVERNMENT_OPINION.value,)}, by=by)
    found = wanted.look(course.timeline)
    notes = tuple(one for one in course.timeline.of(EventKind.DOCUMENT) if one.what == Paper.EXPLANATORY_NOTE)
    parts = {part for note in notes for part in note.parts or ()}

    def decide(matter: Matter) -> Judgement:
        figures = {"date": step.day.isoformat()}
        if course.timeline.subject.initiator in matter.rule.parameters["own_initiators"]:
            return matter.not_applicable(CostOpinion.OWN_BILL, {})
        if found[Paper.GOVERNMENT_OPINION].state is Papers.THERE:
            return judge_papers(matter, found, figures)
        if parts & set(matter.rule.parameters["no_costs"]):
            return matter.not_applicable(CostOpinion.NO_COSTS, {})
        if not parts & set(matter.rule.parameters["costs"]):
            return matter.cannot_tell(CostOpinion.COSTS_UNKNOWN, figures)
        return judge_papers(matter, _told_by_words(found), figures)

    return course.ask(step.day, (*step.events, *events_of(found), *notes), decide)


def _told_by_words(found: Mapping[str, Found]) -> dict[str, Found]:
    """That the bill costs money was found by words of its note."""
    return {
        name: Found(state=one.state, events=one.events, notes=(*one.notes, ReviewNote.FOUND_BY_WORDS))
        for name, one in found.items()
    }
