"""Remarks of the stages («nearest list: 2016-06-17») in the words of the reader. Pure."""

import re
from collections.abc import Callable

from web.i18n import N_

Translate = Callable[[str], str]
ShowDay = Callable[[str], str]

_NOTES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"nearest list: (?P<words>.+)"), N_("faction by the list of deputies of %(words)s")),
    (
        re.compile(r"slip of the pen: (?P<words>initial_differs|initials_swapped|surname_letter|nearly.+)"),
        N_("a slip of the pen in the source: %(words)s"),
    ),
    (re.compile(r"year (?P<written>\d+) read as (?P<read>\d+)"), N_("the year %(written)s was read as %(read)s")),
    (re.compile(r"the first day of two, the other is (?P<day>.+)"), N_("an agenda of two days, the other is %(day)s")),
    (re.compile(r"chosen by the list of the day"), N_("one of several of this name, chosen by the list of the day")),
    (
        re.compile(r"the note was not written on the day of the sitting"),
        N_("the note was not written on the day of the sitting"),
    ),
    (re.compile(r"whoever stated it is not sure"), N_("whoever stated it is not sure")),
    (re.compile(r"joined by its title alone"), N_("joined by its title alone")),
    (re.compile(r"joined by the likeness of the titles"), N_("joined by the likeness of the titles")),
    (
        re.compile(r"no entry of the register was joined to the bill"),
        N_("no entry of the register was joined to the bill"),
    ),
    (re.compile(r"the day of publication: .+"), N_("the day of publication, the text does not tell the day")),
    (re.compile(r"read in the release as it stands now"), N_("read in the press release as it stands now")),
    (re.compile(r"the day of the decision is not told.*"), N_("the day of the decision is not told, only the latest")),
)
_OTHER = N_("the source was read with an assumption")
_SLIPS = {
    "initial_differs": N_("one initial differs"),
    "initials_swapped": N_("the initials changed places"),
    "surname_letter": N_("one letter of the surname differs"),
    "nearly this surname, these initials, the only one on the list of the day": N_(
        "nearly this surname and these initials, the only such deputy on the list of the day"
    ),
}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def note_words(note: str, translate: Translate, show_day: ShowDay) -> str:
    """Each remark in words; what has no words of its own says that there is one."""
    said = (_one(part.strip(), translate, show_day) for part in note.split(";") if part.strip())
    return "; ".join(dict.fromkeys(said))


def _one(note: str, translate: Translate, show_day: ShowDay) -> str:
    for pattern, words in _NOTES:
        if found := pattern.fullmatch(note):
            values = found.groupdict()
            return translate(words) % {name: _value(values[name], translate, show_day) for name in values}
    return translate(_OTHER)


def _value(value: str, translate: Translate, show_day: ShowDay) -> str:
    if value in _SLIPS:
        return translate(_SLIPS[value])
    return show_day(value) if _ISO_DAY.fullmatch(value) else value
