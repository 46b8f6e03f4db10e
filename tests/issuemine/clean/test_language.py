import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuemine.clean.language import LanguageFinder, language_code
from issuemine.errors import CleanError

FINDER = LanguageFinder(("en", "ko"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("EN", "en"),
        ("en-US", "en"),
        ("en_GB", "en"),
        ("eng", "en"),
        ("English", "en"),
        ("한국어", "ko"),
        ("kor", "ko"),
        ("Korean (South Korea)", "ko"),
        ("zh-Hans", "zh"),
        ("klingon", None),
        ("", None),
        (None, None),
    ],
)
def test_names_of_languages_become_codes(name: str | None, code: str | None) -> None:
    assert language_code(name) == code


@pytest.mark.parametrize(
    ("subject", "body", "language"),
    [
        ("", "The app crashes", "en"),
        ("", "앱이 자꾸 꺼져요", "ko"),
        ("", "Teams 앱 login 안됨", "ko"),
        ("", "This says 안녕 and then goes on and on in plain English for long", "en"),
        ("Great app（该条评论已经被删除）", "", "en"),
        ("Title", "（该条评论已经被删除）The calendar is broken again", "en"),
        ("Login problem", "로그인이 전혀 되지 않습니다", "ko"),
        ("앱이 열리지 않습니다", "Ok", "ko"),
        ("", "一直闪退，很差", "und"),
        ("", "😡😡 123", "en"),
        ("", "<EMAIL> 안 돼요", "ko"),
        ("", "", "en"),
    ],
)
def test_the_script_decides_where_it_can(subject: str, body: str, language: str) -> None:
    assert FINDER.find([subject], [body]) == [language]


def test_languages_of_one_script_are_told_apart() -> None:
    finder = LanguageFinder(("en", "de", "fr", "ja", "zh", "ko"))
    bodies = [
        "I cannot log in to my account any more",
        "Ich kann mich nicht mehr bei meinem Konto anmelden",
        "Je ne peux plus me connecter à mon compte",
        "アプリにログインできません",
        "无法登录我的账户",
        "로그인이 안 됩니다",
    ]
    assert finder.find([""] * 6, bodies) == ["en", "de", "fr", "ja", "zh", "ko"]


@pytest.mark.parametrize(
    ("text", "record", "part"),
    [
        ("앱이 안 열려요", "en", "ko"),
        ("The app does not open at all", "ko", "en"),
        ("LG V20", "ko", "ko"),
        ("안 돼요", "fr", "ko"),
        ("The app does not open at all", "fr", "fr"),
        ("123 😡", "ko", "ko"),
    ],
)
def test_a_part_has_the_records_language_unless_its_script_says_otherwise(
    text: str, record: str, part: str
) -> None:
    assert FINDER.by_script(text, record) == part


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40)), max_size=5))
def test_every_text_gets_a_language(pairs: list[tuple[str, str]]) -> None:
    found = FINDER.find([subject for subject, _ in pairs], [body for _, body in pairs])
    assert len(found) == len(pairs)
    assert all(code == "und" or len(code) == 2 for code in found)


@pytest.mark.parametrize("languages", [(), ("xx",), ("en", "english")])
def test_codes_that_cannot_be_used_are_named(languages: tuple[str, ...]) -> None:
    with pytest.raises(CleanError, match=r"clean\.languages"):
        LanguageFinder(languages)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No me deja entrar a los documentos, no puedo abrir mis tareas", "es"),
        ("Die Anwendung stürzt ständig ab und niemand antwortet mir", "de"),
        ("Je ne peux plus me connecter depuis la mise à jour, c'est nul", "fr"),
        ("App crashes constantly since yesterday, very annoying", "en"),
        ("Worst update ever made", "en"),
        ("Great useful excellent", "en"),
        ("iPad Pro keyboard shortcuts missing again", "en"),
        ("No notifications, slow loading, terrible quality", "en"),
    ],
)
def test_a_language_that_nobody_expects_is_told_where_it_is_sure(text: str, language: str) -> None:
    assert LanguageFinder(("en", "ko")).find([""], [text]) == [language]
