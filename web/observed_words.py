"""Notes of observers in words: fields and values; the kinds are named in `web.words`. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from vocab.observation import FIELDS, Field, ObservationKind
from web.i18n import N_
from web.notes import Translate

_FIELD_WORDS: Mapping[str, str] = {
    "for": N_("for %(value)s"),
    "against": N_("against %(value)s"),
    "abstained": N_("abstained %(value)s"),
    "minutes": N_("%(value)s min"),
    "readings": N_("readings %(value)s"),
    "ground": N_("ground: %(value)s"),
    "dated": N_("of %(value)s"),
}
_YES_NO: Mapping[str, tuple[str, str]] = {
    "handed_out": (N_("handed out"), N_("not handed out")),
    "read": (N_("read out"), N_("not read out")),
    "counted": (N_("counted by the observer"), N_("as announced")),
    "by_committee": (N_("by a decision of the committee"), N_("without a decision of the committee")),
}
_CHOICES: Mapping[tuple[Field, str], str] = {
    (Field.ROLE, "initiator"): N_("initiator"),
    (Field.ROLE, "representative"): N_("representative of the initiator"),
    (Field.ROLE, "committee"): N_("representative of the committee"),
    (Field.ROLE, "other"): N_("somebody else"),
    (Field.GIVEN_BY, "committee"): N_("committee"),
    (Field.GIVEN_BY, "faction"): N_("faction"),
    (Field.GIVEN_BY, "government"): N_("Cabinet of Ministers"),
    (Field.GIVEN_BY, "expert"): N_("expert"),
    (Field.STANCE, "positive"): N_("in favour"),
    (Field.STANCE, "negative"): N_("not in favour"),
    (Field.STANCE, "none"): N_("without an opinion"),
    (Field.METHOD, "electronic"): N_("by the electronic system"),
    (Field.METHOD, "hands"): N_("by show of hands"),
    (Field.OUTCOME, "adopted"): N_("adopted"),
    (Field.OUTCOME, "rejected"): N_("rejected"),
    (Field.LANGUAGE, "ky"): N_("in Kyrgyz"),
    (Field.LANGUAGE, "ru"): N_("in Russian"),
    (Field.GROUND, "not_named"): N_("not named"),
    (Field.PAPER, "text"): N_("text of the bill"),
    (Field.PAPER, "cover_letter"): N_("cover letter"),
    (Field.PAPER, "explanatory_note"): N_("explanatory note"),
    (Field.PAPER, "comparative_table"): N_("comparative table"),
    (Field.PAPER, "impact_analysis"): N_("analysis of regulatory impact"),
    (Field.PAPER, "government_opinion"): N_("opinion of the Cabinet of Ministers"),
    (Field.PAPER, "court_opinion"): N_("opinion of the Constitutional Court"),
    (Field.PAPER, "legal"): N_("legal expertise"),
    (Field.PAPER, "human_rights"): N_("human rights expertise"),
    (Field.PAPER, "gender"): N_("gender expertise"),
    (Field.PAPER, "environmental"): N_("environmental expertise"),
    (Field.PAPER, "anticorruption"): N_("anti-corruption expertise"),
    (Field.PAPER, "linguistic"): N_("linguistic expertise"),
    (Field.PAPER, "committee_conclusion"): N_("conclusion of the committee"),
    (Field.PAPER, "amendments_table"): N_("table of amendments"),
    (Field.PAPER, "other"): N_("another paper"),
}
WRITTEN = frozenset({Field.TEXT, Field.PERSON, Field.LINK, Field.UPLOAD})
"""What an observer typed or took: no public page shows it before an editor says so."""


def value_words(
    kind: ObservationKind, value: Mapping[str, Any], translate: Translate, show: Translate, *, in_full: bool = False
) -> str:
    """The figures and choices of a note on one line; "—" where it holds none.

    What was typed is left out but `in_full`, which is for the desk. `show` says days and the grounds of combined
    readings in words.
    """
    left_out = frozenset() if in_full else WRITTEN
    fields = {name: field for name, field in FIELDS[kind].items() if field not in left_out}
    return ", ".join(_words(fields, value, translate, show)) or "—"


def _words(
    fields: Mapping[str, Field], value: Mapping[str, Any], translate: Translate, show: Translate
) -> Iterator[str]:
    for name, field in fields.items():
        said = value.get(name)
        if said is None:
            continue
        shown = _shown(name, field, said, translate, show)
        yield translate(_FIELD_WORDS[name]) % {"value": shown} if name in _FIELD_WORDS else shown


def _shown(name: str, field: Field, said: Any, translate: Translate, show: Translate) -> str:
    if name in _YES_NO:
        return translate(_YES_NO[name][0 if said else 1])
    if (field, said if isinstance(said, str) else "") in _CHOICES:
        return translate(_CHOICES[field, said])
    if field is Field.READINGS:
        return ", ".join(map(str, said))
    return show(str(said))
