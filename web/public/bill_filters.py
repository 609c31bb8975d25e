"""The filters of the list of bills as the form shows them: a name, and what can be chosen. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vocab.body_names import committee_name
from vocab.stages import READING_STAGES
from vocab.topics import TOPICS
from vocab.verdicts import Verdict
from web.i18n import N_
from web.public.stages import STAGE_NAMES
from web.words import BILL_KINDS, INITIATOR_KINDS, VERDICTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A choice: `options` are values with words; `translated`: the words are message ids."""

    name: str
    label: str
    options: list[tuple[str, str]]
    translated: bool = True
    first: bool = False  # stands in the form at once, not behind «More filters»

    def words_of(self, value: str) -> str:
        """What was chosen, in words."""
        return dict(self.options).get(value, value)

    def is_message(self, value: str) -> bool:
        """Its words are to be translated; what nobody offered is no message: a % in it stands for %."""
        return self.translated and value in dict(self.options)


def fields(choices: Mapping[str, Any], lang: str) -> list[Field]:
    """The filters in the order of the form; `choices` as `queries_bills.choices` gives them."""
    topics = [(str(number), getattr(TOPICS[number], lang)) for number in choices["topics"] if number in TOPICS]
    verdicts = [(one.value, VERDICTS[one].word) for one in Verdict if one is not Verdict.NOT_APPLICABLE]
    kinds = [(kind, BILL_KINDS.get(kind, kind)) for kind in choices["kinds"]]
    authors = [(one, INITIATOR_KINDS.get(one, one)) for one in choices["initiators"]]
    readings = [(str(number), STAGE_NAMES[stage]) for number, stage in READING_STAGES.items()]
    stages = [(stage.value, STAGE_NAMES[stage]) for stage in choices["stages"]]
    years = [(str(year), str(year)) for year in choices["years"]]
    convocations = [(one, one) for one in choices["convocations"]]
    return [
        Field(name="stage", label=N_("Where it stands"), options=stages, first=True),
        Field(
            name="topic",
            label=N_("Topic"),
            options=sorted(topics, key=lambda one: one[1]),
            translated=False,
            first=True,
        ),
        Field(
            name="committee",
            label=N_("Committee"),
            options=[(key, committee_name(name, lang)) for key, name in choices["committees"]],
            translated=False,
        ),
        Field(name="initiator", label=N_("Brought in by"), options=authors),
        Field(name="reading", label=N_("Considered in the reading"), options=readings),
        Field(name="verdict", label=N_("Something was found"), options=verdicts),
        Field(name="kind", label=N_("Kind"), options=kinds),
        Field(name="year", label=N_("First seen in the year"), options=years, translated=False),
        Field(name="convocation", label=N_("Convocation"), options=convocations, translated=False),
    ]
