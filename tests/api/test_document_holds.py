"""Whatever is sent, the service answers as its OpenAPI document says, and never fails itself."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api.app import create_app
from issuemine.clean.redaction.shared import shared_redactor
from issuemine.config import ApiSettings, Settings
from issuemine.records_access import Role
from issuemine.store.layout import Layout
from issuemine.store.operational import keys, open_operational
from tests.conftest import Mined

BOUNDED = settings(
    max_examples=10,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
OPERATIONS = sorted(
    f"{method.upper()} {path}"
    for path, methods in create_app(Path("nowhere"), Settings()).openapi()["paths"].items()
    for method in methods
)


@pytest.fixture(scope="module")
def documented(
    mined: Mined, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[schemathesis.BaseSchema, dict[str, str]]]:
    """The document of a service over the sample, and headers with an admin's key."""
    folder = tmp_path_factory.mktemp("documented") / "var"
    shutil.copytree(mined.warehouse, folder)
    often = Settings(api=ApiSettings(rate_limit="1000000/second", log_file=""))
    with pytest.MonkeyPatch.context() as patch, open_operational(Layout(folder), often.store) as store:
        patch.setattr("api.security.limiting._REFUSALS", "1000000/second")
        shared_redactor(often.clean)  # takes seconds to load, longer than a request may take here
        key, _ = keys.create(store, "fuzzer", Role.ADMIN, at=datetime.now(UTC))
        schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(folder, often))
        yield schema, {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_documented(
    documented: tuple[schemathesis.BaseSchema, dict[str, str]], operation: str, mode: GenerationMode
) -> None:
    schema, headers = documented
    method, path = operation.split()
    strategy = schema[path][method].as_strategy(generation_mode=mode)

    excluded = [positive_data_acceptance]
    if any(one["name"] == "segment" for one in schema[path][method].definition.raw.get("parameters", [])):
        # Filters are lists, and an address cannot tell a text from a list of one.
        excluded.append(negative_data_rejection)

    @BOUNDED
    @given(case=strategy)
    def holds(case: schemathesis.Case) -> None:
        # Nothing of an empty list comes into an address, so that what does not fit is not sent.
        vanish = any(value in (None, [], {}) for value in (case.query or {}).values())
        unsure = [*excluded, negative_data_rejection] if vanish else excluded
        answer = case.call_and_validate(headers=headers, excluded_checks=unsure)
        if mode is GenerationMode.POSITIVE and answer.status_code == 422:
            # What fits may be refused for what it means (an unknown topic), not as a value that does not fit.
            assert "errors" not in answer.json(), answer.text

    try:
        holds()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, "there is a request that fits"


def test_what_answers_lead_to_holds_too(
    documented: tuple[schemathesis.BaseSchema, dict[str, str]],
) -> None:
    schema, headers = documented
    followed: set[str] = set()

    class Following(schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, object]:
            return {"headers": headers}

        def validate_response(
            self, response: schemathesis.Response, case: schemathesis.Case, **_: object
        ) -> None:
            if response.status_code == 200 and "{topic_id}" in case.path:
                followed.add(case.path)  # an id made up never names a topic
            case.validate_response(response, headers=headers, excluded_checks=[positive_data_acceptance])

    Following.run(settings=settings(BOUNDED, max_examples=25, stateful_step_count=6))
    assert followed
