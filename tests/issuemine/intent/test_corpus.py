import re
from collections import Counter

import pytest

from issuemine.errors import IntentError
from issuemine.intent import prototypes
from issuemine.records import Intent
from tests.issuemine.intent.unseen import ENGLISH, KOREAN, pairs

INDUSTRIES = {
    "telecom", "banking", "health", "transport", "retail", "saas", "app",
    "game", "travel", "insurance", "utilities", "education", "government",
}  # fmt: skip


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


@pytest.mark.parametrize(("language", "least"), [("en", 600), ("ko", 250)])
def test_each_language_has_plenty_of_prototypes_of_each_intent(language: str, least: int) -> None:
    table = prototypes((language,))
    counts = Counter(table["intent"].to_pylist())
    assert set(counts) == {str(intent) for intent in Intent}
    assert min(counts.values()) >= 50
    assert len(table) >= least


@pytest.mark.parametrize("language", ["en", "ko"])
def test_each_industry_has_prototypes_of_each_intent(language: str) -> None:
    table = prototypes((language,))
    found = set(zip(table["domain"].to_pylist(), table["intent"].to_pylist(), strict=True))
    assert {(d, str(i)) for d in INDUSTRIES for i in Intent} <= found


def test_no_prototype_stands_twice() -> None:
    texts = [plain(text) for text in prototypes()["text"].to_pylist()]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_no_sentence_of_the_tests_is_a_prototype() -> None:
    known = {plain(text) for text in prototypes()["text"].to_pylist()}
    assert [text for text in pairs(ENGLISH)[0] + pairs(KOREAN)[0] if plain(text) in known] == []


def test_all_languages_are_the_default() -> None:
    assert prototypes().equals(prototypes(("ko", "en")))
    assert prototypes().column_names == ["text", "intent", "language", "domain"]


@pytest.mark.parametrize("languages", [("en", "xx"), ()])
def test_a_language_without_prototypes_is_refused_with_those_that_have(languages: tuple[str, ...]) -> None:
    with pytest.raises(IntentError, match="en, ko"):
        prototypes(languages)
