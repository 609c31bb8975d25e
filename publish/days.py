"""A day inside of a sentence: Kyrgyz puts it into a case, the other languages say it as it stands. Pure."""

from collections.abc import Mapping
from datetime import date

_CASES = ("on", "to", "of")
_LOCATIVES = (
    *("январында", "февралында", "мартында", "апрелинде", "майында", "июнунда"),
    *("июлунда", "августунда", "сентябрында", "октябрында", "ноябрында", "декабрында"),
)


class SaidDay(str):
    """A day in words, and its cases: «{day:on}» in a wording, `{{ day.on }}` in a template.

    `on` 2026-жылдын 19-ноябрында, `to` …ноябрына (announced for that day), `of` …ноябрындагы (what is on that day).
    """

    on: str
    to: str
    of: str

    def __format__(self, case: str) -> str:
        """The case, or the day as it stands. Raises ValueError for another word."""
        if case and case not in _CASES:
            raise ValueError(f"«{case}» is no case of a day: {', '.join(_CASES)}")
        return str(getattr(self, case)) if case else str(self)


def said_day(day: date, words: str, lang: str) -> SaidDay:
    """The day, of which `words` is how it stands alone."""
    said = SaidDay(words)
    cases: Mapping[str, str] = _kyrgyz(day) if lang == "ky" else dict.fromkeys(_CASES, words)
    said.on, said.to, said.of = (cases[case] for case in _CASES)
    return said


def _kyrgyz(day: date) -> Mapping[str, str]:
    on = f"{day.year}-жылдын {day.day}-{_LOCATIVES[day.month - 1]}"
    vowel = on[-1]
    return {"on": on, "to": f"{on[:-3]}н{vowel}", "of": f"{on}{'гы' if vowel == 'а' else 'ги'}"}
