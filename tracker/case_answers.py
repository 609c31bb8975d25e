"""What the checks say of a whole case, and how that differs from what the case expects. Pure."""

from collections.abc import Iterable, Sequence

from tracker.cases import Expected, RecordedCase
from tracker.judgement import Judgement
from vocab.verdicts import Verdict


def differences(case: RecordedCase, judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """What is not as the case expects, a line each; nothing where the case expects nothing.

    Of a check that the case names, all judgements are named; of any other, none may say *broken*.
    """
    if case.expected is None:
        return ()
    named = {(one.check, one.case): one for one in case.expected}
    checks = {one.check for one in case.expected}
    lines, found = [], set()
    for one in judgements:
        expected = named.get((one.check_id, one.case))
        found.add((one.check_id, one.case))
        if expected is not None:
            lines += _differs(expected, one)
        elif one.check_id in checks or one.verdict is Verdict.BROKEN:
            lines.append(f"{_name(one.check_id, one.case)} is not expected: {one.verdict.value} {one.reason}")
    lines += [f"{_name(*key)} is missing" for key in named if key not in found]
    return tuple(lines)


def _differs(expected: Expected, one: Judgement) -> list[str]:
    """The parts of a judgement that are not as expected; of the figures those that the case names."""
    parts: Sequence[tuple[str, object, object]] = (
        ("verdict", expected.verdict.value, one.verdict.value),
        ("reason", expected.reason, one.reason),
        ("review", sorted(expected.review), sorted((one.needs_review or "").split())),
        *((f"figures.{name}", value, one.figures.get(name)) for name, value in expected.figures.items()),
    )
    name = _name(one.check_id, one.case)
    return [f"{name}: {part} is {said!r}, not {wanted!r}" for part, wanted, said in parts if said != wanted]


def _name(check: str, case: str) -> str:
    return f"{check} {case}".strip()
