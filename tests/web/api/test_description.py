"""Any question to the whole API, made up from its own description: no failure of ours, and answers as described."""

from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from tests.web import sample
from tests.web.conftest import Visitor

QUESTIONS = 6
"""Of each address; raise it to ask longer."""

CHECKS = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"),
    *("response_headers_conformance", "unsupported_method", "allow_header_conformance"),
)
KEYS = {
    "bills": sample.BILL,
    "sittings": sample.SITTING,
    "people": sample.PERSON,
    "findings": sample.BROKEN,
    "rules": "R28",
    "pages": 1,
    "records": "kenesh:protocol:17",
}


def questions(operation: Any) -> Any:
    """Cases of one address; of those with an id, every other one asks for something that is there."""
    return st.tuples(operation.as_strategy(), st.booleans())


def ask(case: Any, *, known: bool) -> None:
    """Ask, and hold the answer against the description."""
    first = case.path.split("/")[1]
    if known and first in KEYS and case.path_parameters:
        named = {"key": KEYS[first], "type": "sitting_record"}
        case.path_parameters = {
            **case.path_parameters,
            **{name: named[name] for name in case.path_parameters if name in named},
        }
    case.call_and_validate(checks=[getattr(schemathesis.checks, name) for name in CHECKS])


def test_any_question_is_answered_as_described(whole_app: FastAPI) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", whole_app)
    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) >= 25
    for operation in operations:

        @settings(
            max_examples=QUESTIONS,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(questions(operation))
        def asked(question: tuple[Any, bool]) -> None:
            ask(question[0], known=question[1])

        asked()


def test_everything_is_described(api: Visitor) -> None:
    described = api.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for path, methods in described["paths"].items():
        assert set(methods) == {"get"}, path
        assert methods["get"]["description"], path
        assert methods["get"]["responses"]["200"]["content"], path
