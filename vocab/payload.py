"""A record's payload: part by part, the fields of a page's item as JSON."""

from collections.abc import Mapping
from typing import Any


def merged_fields(payload: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The fields of all parts.

    A part that comes later in the alphabet (a page's own) speaks before an earlier one (its list); one that says
    nothing of a field leaves it to the others.
    """
    fields: dict[str, Any] = {}
    for part in sorted(payload):
        fields.update({name: value for name, value in payload[part].items() if value is not None})
    return fields
