"""What differs between two versions of a record, in names a person understands."""

from collections.abc import Mapping
from typing import Any

_TITLED = ("title", "name", "text")


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Names of the fields that differ, part by part: `starts_at`, `lines: added «…»`, `page` (a new part)."""
    changes: list[str] = []
    for part in sorted(after):
        if part not in before:
            changes.append(part)
            continue
        for name in sorted(set(before[part]) | set(after[part])):
            old, new = before[part].get(name), after[part].get(name)
            if old != new:
                changes += _field_changes(name, old, new)
    return changes


def _field_changes(name: str, old: Any, new: Any) -> list[str]:
    if not (isinstance(old, list) and isinstance(new, list)):
        return [name]
    was, now = ({_label(line): line for line in lines} for lines in (old, new))
    lines = [f"{name}: removed «{label}»" for label in was if label not in now]
    lines += [f"{name}: added «{label}»" for label in now if label not in was]
    lines += [f"{name}: changed «{label}»" for label in now if label in was and was[label] != now[label]]
    return lines or [f"{name}: order"]


def _label(line: Any) -> str:
    """What a person calls a line of a list: its title where it has one."""
    if not isinstance(line, Mapping):
        return str(line)
    inner = line.get("item")
    source = inner if isinstance(inner, Mapping) else line
    return str(next((source[name] for name in _TITLED if source.get(name)), line))
