"""Names of the cases of one check on one subject: stable, and each used once."""

from collections import Counter
from collections.abc import Iterable


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order; a repeated one gets "~2", "~3"."""
    seen: Counter[str] = Counter()
    out = []
    for name in names:
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
    return tuple(out)
