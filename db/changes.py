"""What differs between two versions of a record, in names a person understands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

_TITLED = ("title", "name", "text")


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Names of the fields that differ, part by part: `starts_at`, `lines: added «…»`, `page` (a new part)."""
    changes: list[str] = []
    for part in sorted(after):
        if part not in before:
            changes.append(part)
            continue
        for name in sorted(before[part].keys() | after[part].keys()):
            old, new = before[part].get(name), after[part].get(name)
            if old != new:
                changes += _field_changes(name, old, new)
    return changes


def _field_changes(name: str, old: Any, new: Any) -> list[str]:
    if not (isinstance(old, list) and isinstance(new, list)):
        return [name]
    was, now = _labelled(old), _labelled(new)
    lines = [f"{name}: removed «{label}»" for label in was if label not in now]
    lines += [f"{name}: added «{label}»" for label in now if label not in was]
    lines += [f"{name}: changed «{label}»" for label in now if label in was and was[label] != now[label]]
    return lines or [f"{name}: order"]


def _labelled(lines: Sequence[Any]) -> dict[str, Any]:
    """What each line says, whatever its place, by what a person calls it; a repeated name counts on: «x» (2)."""
    named: Counter[str] = Counter()
    said: dict[str, Any] = {}
    for line in lines:
        content = _without_place(line)
        label = _label(content)
        named[label] += 1
        said[label if named[label] == 1 else f"{label} ({named[label]})"] = content
    return said


def _without_place(line: Any) -> Any:
    """A line put in front moves all the others and changes the numbers printed before them: that is no change."""
    if not isinstance(line, Mapping):
        return line
    place = {"position", "number"} if "position" in line else {"seq"}
    return {name: value for name, value in line.items() if name not in place}


def _label(line: Any) -> str:
    """The title of a line where it has one, else all that it says."""
    if not isinstance(line, Mapping):
        return str(line)
    inner = line.get("item")
    source = inner if isinstance(inner, Mapping) else line
    title = next((source[name] for name in _TITLED if source.get(name)), None)
    return str(title) if title else ", ".join(f"{name} {value}" for name, value in line.items())
