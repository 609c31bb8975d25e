"""What any address of the API may answer beside what was asked for, for its description."""

from typing import Any

from web.api.schema import MovedOut, Problem

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_SAID = {
    304: "What you have by this tag is what there is.",
    404: "There is nothing of this id.",
    406: "There is no answer of a kind that you accept.",
    422: "A parameter cannot be read; `errors` names it.",
    429: "You asked too often; the header Retry-After says when to come back.",
}

MISTAKES: dict[int | str, dict[str, Any]] = {
    status: {"description": words} | ({"content": _PROBLEM} if status >= 400 else {}) for status, words in _SAID.items()
}
MOVED: dict[int | str, dict[str, Any]] = {308: {"description": "It turned out to be another one.", "model": MovedOut}}
GONE: dict[int | str, dict[str, Any]] = {410: {"description": "It was withdrawn.", "content": _PROBLEM}}
TABLE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "What was asked for."}
}
"""What can be had as CSV, too."""

DESCRIBED = (Problem,)
"""Models that answers name by their reference alone."""
