"""The facts that templates may ask for, and what each of them has to be: a wrong one is refused, not written. Pure."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from publish.drafts import Draft

_Fits = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _either(value: Any) -> bool:
    return _text(value) or _number(value)


def _texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(map(_text, value))


def _numbers(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(map(_number, value))


def _named(value: Any) -> bool:
    return isinstance(value, Mapping) and all(map(_text, value))


def _counts(value: Any) -> bool:
    return _named(value) and all(map(_number, value.values()))


def _links(value: Any) -> bool:
    return _named(value) and all(_named(one) and all(map(_text, one.values())) for one in value.values())


def _answers(value: Any) -> bool:
    is_list = isinstance(value, list | tuple) and all(map(_named, value))
    return is_list and all(_text(one.get("text")) and _number(one.get("percent")) for one in value)


_SHAPES: Mapping[str, tuple[_Fits, tuple[str, ...]]] = {
    "a text": (
        _text,
        (
            *(
                "starts_at",
                "place",
                "committee",
                "body",
                "sitting",
                "video",
                "since",
                "until",
                "earlier",
                "earlier_kind",
            ),
            *("code", "finding", "check", "verdict", "reason", "article", "edition", "said", "correct", "title"),
            *("url", "platform", "platform_name", "quote", "language", "question", "dates", "person", "name", "told"),
            *("approver", "approved_on", "why", "list", "manage", "unsubscribe"),
        ),
    ),
    "a number": (
        _number,
        ("items", "bills", "in_favour", "against", "not_voting", "seats", "needed", "n", "margin"),
    ),
    "a text or a number": (_either, ("number",)),
    "a list of texts": (_texts, ("changes",)),
    "a list of numbers": (_numbers, ("readings", "topics")),
    "values by name": (_named, ("figures",)),
    "numbers by kind": (_counts, ("counts",)),
    "addresses by channel and language": (_links, ("earlier_links",)),
    "answers with text and percent": (_answers, ("answers",)),
}

_SHAPE_OF = {name: (shape, fits) for shape, (fits, names) in _SHAPES.items() for name in names}

KNOWN_FACTS = frozenset(["starts_on", *_SHAPE_OF])
"""What a template may ask for; where a draft does not know it, it is None. Any other name is a mistake."""


def fault_in(draft: Draft) -> str:
    """Which fact of a draft is not what it has to be, in words; "" where all are."""
    told = [(draft.kind.value, draft.facts), *((item.kind, item.facts) for item in draft.items)]
    return next((fault for kind, facts in told for fault in _faults(kind, facts)), "")


def _faults(kind: str, facts: Mapping[str, Any]) -> Iterable[str]:
    for name, value in facts.items():
        shape, fits = _SHAPE_OF.get(name, ("", None))
        if fits is not None and value is not None and not fits(value):
            yield f"the fact «{name}» of {kind} is {_shown(value)}, and has to be {shape}"


def _shown(value: Any) -> str:
    written = repr(value)
    return written if len(written) <= 60 else f"{written[:60]}…"
