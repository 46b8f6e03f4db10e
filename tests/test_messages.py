"""What people read exists in English and Korean, and comes out in the language in force."""

import re
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docs.messages import LOCALE, collected
from issuemine.config import load_settings
from issuemine.errors import SettingsError
from issuemine.messages import LANGUAGES, environment_language, negotiate, retell, say, spoken

CODE_WORDS: frozenset[str] = frozenset()
"""Messages whose translation may hold no Korean, because they are code and nothing else."""
PARTICLES = ("은(는)", "이(가)", "을(를)", "과(와)", "(으)로", "(이)")

with (LOCALE / "ko.po").open("rb") as file:
    KOREAN: dict[str, Message] = {str(entry.id): entry for entry in read_po(file, locale="ko") if entry.id}
COLLECTED: dict[str, Message] = {str(entry.id): entry for entry in collected() if entry.id}


def fields(template: str) -> list[tuple[str, str, str | None]]:
    """Name, format and conversion of each field, sorted: languages order them differently."""
    parts = Formatter().parse(template)
    return sorted((name, spec or "", conversion) for _, name, spec, conversion in parts if name is not None)


def test_the_catalogue_holds_the_messages_of_the_sources_and_no_other() -> None:
    assert set(KOREAN) == set(COLLECTED), "run make messages"
    assert "#~" not in (LOCALE / "ko.po").read_text(encoding="utf-8"), "an obsolete message is left"
    for text, entry in COLLECTED.items():
        places = [place for place, _ in entry.locations]
        assert sorted(place for place, _ in KOREAN[text].locations) == sorted(places), (
            f"run make messages: {text}"
        )


@pytest.mark.parametrize("text", COLLECTED)
def test_a_message_has_a_korean_translation_with_the_same_fields(text: str) -> None:
    translation = str(KOREAN[text].string)
    assert translation, "translate it in ko.po"
    assert fields(translation) == fields(text)
    assert text in CODE_WORDS or re.search("[가-힣]", translation)
    assert not KOREAN[text].fuzzy
    assert text.endswith(" ") == translation.endswith(" ")


@pytest.mark.parametrize("text", COLLECTED)
def test_no_translation_leaves_the_choice_of_a_particle_to_the_reader(text: str) -> None:
    translation = str(KOREAN[text].string)
    assert not any(particle in translation for particle in PARTICLES)
    assert not re.search(r"\}['\"]?(은|는|이|가|을|를|과|와|으로|로)(?![가-힣])", translation)


def test_a_message_is_said_in_the_language_of_the_block() -> None:
    with spoken("en"):
        assert say("{path} is empty.", path="a.csv") == "a.csv is empty."
        with spoken("ko"):
            assert say("{path} is empty.", path="a.csv") == "파일이 비어 있습니다: a.csv."
        assert say("{path} is empty.", path="a.csv") == "a.csv is empty."


def test_numbers_are_grouped_in_both_languages() -> None:
    for language in LANGUAGES:
        with spoken(language):
            assert "12,345" in say("Rows that were rejected or only partly used: {rows:,}", rows=12_345)


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("is missing", "값이 없습니다"),
        ("is no date (read as ymd)", "날짜로 읽을 수 없습니다(ymd 순서)"),
        ("kept: is no language code", "값만 제외하고 기록은 유지함: 언어 코드가 아닙니다"),
        (
            "the row has 3 cells where the header has 2",
            "행을 읽을 수 없음: 칸이 3개인데 머리글의 칸은 2개입니다",
        ),
        # Numbers and quotes are formatted when a message is stored.
        ("Rows that were rejected or only partly used: 1,234", "전부 또는 일부 값이 제외된 행: 1,234개"),
        ("There is no granularity 'x'.", "알 수 없는 세분화 수준입니다: 'x'."),
        ("No such thing as this was ever said.", "No such thing as this was ever said."),
        ("", ""),
    ],
)
def test_a_stored_message_is_retold_in_korean_and_what_is_none_is_left(stored: str, told: str) -> None:
    with spoken("ko"):
        assert retell(stored) == told
    with spoken("en"):
        assert retell(stored) == stored


def values(template: str) -> st.SearchStrategy[dict[str, object]]:
    """Values that fit the formats of a template's fields."""
    numbers = st.integers(0, 10**9)
    texts = st.text(max_size=40)
    return st.fixed_dictionaries(
        {name: numbers if spec else texts for name, spec, _ in fields(template) if name}
    )


FILLED = st.sampled_from(sorted(COLLECTED)).flatmap(
    lambda template: values(template).map(lambda chosen: template.format("", **chosen))
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(FILLED)
def test_whatever_stands_in_its_fields_a_message_can_be_retold(stored: str) -> None:
    with spoken("ko"):
        assert isinstance(retell(stored), str)
    with spoken("en"):
        assert retell(stored) == stored


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_can_be_retold(text: str) -> None:
    with spoken("ko"):
        assert isinstance(retell(text), str)


TAGS = st.sampled_from(["ko", "KO-kr", "ko-Kore-KR", "en", "en-US", "de", "*", "", "-", "x" * 50])
QUALITIES = st.sampled_from(["", ";q=1", ";q=0.9", ";q=0", ";q=-1", ";q=nan", ";q=inf", ";q=", ";x", ";;;"])


@given(st.text(max_size=200) | st.lists(st.tuples(TAGS, QUALITIES).map("".join), max_size=8).map(",".join))
def test_any_header_names_one_of_our_languages(header: str) -> None:
    assert negotiate(header) in LANGUAGES


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ko-KR,ko;q=0.9", "ko"),
        ("KO-kr", "ko"),
        ("en;q=0.8,ko", "ko"),
        ("ko;q=0.2, en;q=0.9", "en"),
        ("de-DE, fr;q=0.8, ko;q=0.1", "ko"),
        ("ko;q=0, en", "en"),
        ("ko;q=nan", "en"),
        ("ko;q=7, en;q=0.1", "en"),
        ("de, *;q=0.5", "en"),
        ("", "en"),
    ],
)
def test_the_language_that_a_browser_likes_best_is_spoken(header: str, language: str) -> None:
    assert negotiate(header) == language


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("ISSUEMINE_INTERFACE__LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.eucKR@x"}, "ko"),
        ({"LANG": "ko"}, "ko"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"LC_MESSAGES": "ko_KR.UTF-8", "LANG": "en_US.UTF-8"}, "ko"),
        ({"ISSUEMINE_INTERFACE__LANGUAGE": "en", "LC_ALL": "ko_KR.UTF-8"}, "en"),
        ({"ISSUEMINE_INTERFACE__LANGUAGE": "auto", "LANG": "ko_KR.UTF-8"}, "ko"),
        ({"ISSUEMINE_INTERFACE__LANGUAGE": "nonsense"}, "en"),
    ],
)
def test_the_environment_says_which_language(
    environment: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name, value in variables.items():
        environment.setenv(name, value)
    assert environment_language() == language


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("DISCOVER__K", "many", "discover.k: 정수여야 합니다"),
        ("DISCOVER__K", "1", "discover.k: 2 이상이어야 합니다"),
        (
            "INGEST__DATE_ORDER",
            "dym",
            "ingest.date_order: 다음 중 하나여야 합니다: 'auto', 'ymd', 'dmy', 'mdy'",
        ),
        ("DISCOVER__FROB", "1", "discover.FROB: 없는 설정입니다"),
        ("EMBED__ROUTING", '{"en": "model"}', "embed.routing: 나머지 모든 언어를"),
        ("CLEAN__USER_WORDS", "Sun Pay", "환경 변수로 지정한 설정을 읽을 수 없습니다"),
        ("NAMING__LLM_TIMEOUT", "0", "naming.llm_timeout: 0.0보다 커야 합니다"),
    ],
)
def test_a_setting_that_does_not_fit_is_told_in_korean(
    environment: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    environment.setenv(f"ISSUEMINE_{variable}", value)
    with spoken("ko"), pytest.raises(SettingsError) as caught:
        load_settings()
    assert told.lower() in caught.value.message.lower()
    assert "None" not in caught.value.message
