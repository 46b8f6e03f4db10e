"""The command line in Korean and in English: real processes under real environments."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docs.generate import FOLDER, PAGES
from pipelines.cli import app

ROOT = Path(__file__).parent.parent.parent
LANGUAGE_VARIABLES = ("ISSUEMINE_INTERFACE__LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")
ENGLISH_SENTENCE = re.compile(
    r"\b[a-z]{2,}(?: [a-z]{2,}){2,}\b"
    r"|\b(?:Usage|Options|Arguments|Commands|Error|Missing|Invalid|Show|Input)\b"
)
KOREAN = re.compile("[가-힣]{2,}")
COMMANDS = [command.name or "" for command in (*app.registered_commands, *app.registered_groups)]
ASKED_BY = {
    "setting": {"ISSUEMINE_INTERFACE__LANGUAGE": "ko", "LANG": "C.UTF-8"},
    "locale": {"LANG": "ko_KR.UTF-8"},
}


def environment(variables: dict[str, str]) -> dict[str, str]:
    """This process's environment, with nothing but these variables to tell a language."""
    kept = {name: value for name, value in os.environ.items() if name not in LANGUAGE_VARIABLES}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "110"} | variables


def issuemine(
    *arguments: str | Path, folder: Path, variables: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder and wait for it."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "pipelines.cli", *map(str, arguments)],
        cwd=folder,
        env=environment(variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("asked", ASKED_BY)
@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_is_all_korean(asked: str, command: str | None, tmp_path: Path) -> None:
    arguments = [command, "--help"] if command else ["--help"]
    done = issuemine(*arguments, folder=tmp_path, variables=ASKED_BY[asked])
    assert done.returncode == 0
    for word in ("사용법:", "옵션", "이 도움말을 보여 주고 끝냅니다."):
        assert word in done.stdout
    assert not ENGLISH_SENTENCE.search(done.stdout)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run",), "입력이 지정되지 않았고 저장소에도 아직 아무것도 없습니다: var."),
        (("sample",), "필수 인자가 없습니다: 'out'."),
        (("evaluate", "x.csv"), "필수 옵션이 없습니다: '--text'."),
        (("frobnicate",), "없는 명령입니다: 'frobnicate'."),
        (("rum",), "없는 명령입니다: 'rum'. 비슷한 명령: 'run'."),
        (("topics", "--frob"), "없는 옵션입니다: --frob."),
        (("topics", "--tops", "3"), "없는 옵션입니다: --tops (비슷한 옵션: --top)."),
        (("topics", "extra"), "필요 없는 인자가 더 있습니다: extra."),
        (("topics", "--top"), "값이 필요한 옵션입니다: '--top'."),
        (("topics", "--json=1"), "값을 받지 않는 옵션입니다: '--json'."),
        (("topics", "--top", "0"), "'--top' 값이 올바르지 않습니다: 1 이상이어야 합니다."),
        (("topics", "--top", "x"), "'--top' 값이 올바르지 않습니다: 정수여야 합니다."),
        (("serve", "--port", "70000"), "'--port' 값이 올바르지 않습니다: 65535 이하여야 합니다."),
        (
            ("run", "x.csv", "--as-of", "yesterday"),
            "'--as-of' 값이 올바르지 않습니다: 'yesterday' 값이 정해진 형식('%Y-%m-%d')과 맞지 않습니다.",
        ),
        (("run", "x.csv", "--config", "none.toml"), "설정 파일이 없습니다: none.toml."),
        (("sample", "out", "--languages", "fr"), "표본이 없는 언어입니다: fr."),
    ],
)
def test_what_is_wrong_with_a_command_is_told_in_korean(
    arguments: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    done = issuemine(*arguments, folder=tmp_path, variables=ASKED_BY["setting"])
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == f"오류: {told}"
    assert not ENGLISH_SENTENCE.search(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "파일이 비어 있습니다: broken.csv."),
        (b"id,date\n1,2026-01-01\n", "기록의 본문에 해당하는 열을 찾지 못했습니다"),
        (b"id,date,text\n1,soon,it fails\n", "날짜를 읽을 수 없습니다"),
        (b"id,date,text\n1,01/02/2026,it fails\n", "일과 월을 구별할 수 없습니다"),
        (b"PK\x03\x04", "압축 파일이나 스프레드시트입니다"),
        (None, "파일이 없습니다: broken.csv."),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_korean(
    content: bytes | None, told: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "broken.csv").write_bytes(content)
    done = issuemine("run", "broken.csv", folder=tmp_path, variables=ASKED_BY["locale"])
    assert done.returncode == 4
    assert done.stderr.startswith("오류: ")
    assert told in done.stderr
    assert not ENGLISH_SENTENCE.search(done.stderr)


TEXTS = ("카드 결제가 {} 안 됩니다", "{} 배송이 너무 늦어요", "앱 로그인이 {} 안 돼요")
TIMES = ("어제", "오늘", "계속", "또", "자꾸", "이틀째")


@pytest.fixture(scope="module")
def mined(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A folder in which a Korean export with bad rows was mined, its settings asking for Korean."""
    folder = tmp_path_factory.mktemp("korean")
    lines = [
        f"A-{i},2021.02.{i % 27 + 1:02d},{TEXTS[i % 3].format(TIMES[i % 6])},{i % 5 + 1}점" for i in range(90)
    ]
    lines += [
        "B-1,언젠가,카드 결제가 안 됩니다,5점",
        "B-2,2021.02.03,,5점",
        "B-3,2021.02.03,배송이 늦어요,최고",
    ]
    export = "접수번호,접수일시,문의내용,만족도\r\n" + "\r\n".join(lines) + "\r\n"
    (folder / "문의.csv").write_bytes(export.encode("cp949"))
    (folder / "settings.toml").write_text('[interface]\nlanguage = "ko"\n', encoding="utf-8")
    done = issuemine(
        "run", "문의.csv", "--config", "settings.toml", folder=folder, variables={"LANG": "en_US.UTF-8"}
    )
    return folder, done


def test_a_run_tells_all_in_the_language_of_its_settings_whatever_the_locale(
    mined: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, done = mined
    assert done.returncode == 0, done.stderr
    for told in ("읽는 중: 문의.csv", "93행, csv, cp949", "되풀이되는 주요 이슈", "언급", "더 보기:"):
        assert told in done.stdout
    assert not ENGLISH_SENTENCE.search(done.stdout), done.stdout


def test_reasons_stored_in_english_are_retold_in_korean(
    mined: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, done = mined
    told = " ".join(done.stdout.split())
    assert "전부 또는 일부 값이 제외된 행: 3개" in told
    assert "created_at: 날짜로 읽을 수 없습니다(ymd 순서) (첫 사례: 문의.csv, 91행)" in told
    assert "body: 값이 없습니다 (첫 사례: 문의.csv, 92행)" in told
    assert "csat: 값만 제외하고 기록은 유지함: 허용 범위의 숫자가 아닙니다 (첫 사례: 문의.csv, 93행)" in told


@pytest.mark.parametrize(
    "variables",
    [
        {"ISSUEMINE_INTERFACE__LANGUAGE": "en", "LANG": "ko_KR.UTF-8"},
        {"LANG": "en_US.UTF-8"},
        {"LANG": "C"},
        {},
    ],
)
def test_english_stays_english(
    mined: tuple[Path, subprocess.CompletedProcess[str]], variables: dict[str, str], tmp_path: Path
) -> None:
    folder, _ = mined
    done = issuemine("topics", "--top", "1", folder=folder, variables=variables)
    assert done.stdout.startswith("Top recurring issues in 91 records")
    shown = issuemine("--help", folder=folder, variables=variables)
    assert "Usage:" in shown.stdout
    assert not KOREAN.search(shown.stdout)
    failed = issuemine("topics", "--warehouse", tmp_path, folder=folder, variables=variables)
    assert failed.stderr.startswith("error: Nothing has been published")
    assert not KOREAN.search(failed.stderr)


def test_figures_of_an_evaluation_are_named_in_korean(tmp_path: Path) -> None:
    rows = [f"{text.format(when)},{i}" for i, text in enumerate(TEXTS) for when in TIMES]
    (tmp_path / "labelled.csv").write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    arguments = ("evaluate", "labelled.csv", "--text", "text", "--label", "label", "--language", "ko")
    done = issuemine(*arguments, folder=tmp_path, variables=ASKED_BY["setting"])
    assert done.returncode == 0, done.stderr
    assert re.search(r"텍스트 수\s+18\b", done.stdout)
    assert "수정 랜드 지수(ARI)" in done.stdout
    assert len(done.stdout.strip().splitlines()) == 9
    assert all(KOREAN.search(line) for line in done.stdout.strip().splitlines())


def test_an_interrupted_run_says_that_nothing_is_lost(tmp_path: Path) -> None:
    line = '{"id": %d, "date": "2026-01-05", "text": "카드 결제가 안 됩니다 %d"}'
    (tmp_path / "long.jsonl").write_text(
        "\n".join(line % (i, i) for i in range(200_000)) + "\n", encoding="utf-8"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "run", "long.jsonl"],
        cwd=tmp_path,
        env=environment(ASKED_BY["setting"]),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "읽는 중: long.jsonl" in process.stdout.readline()
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130
    assert stderr.strip().splitlines()[-2:] == [
        "오류: 중단했습니다.",
        "  같은 명령을 다시 실행하면 이어서 진행합니다. 지금까지의 결과는 남아 있습니다.",
    ]


@pytest.mark.parametrize("asked", ASKED_BY)
def test_the_reference_pages_are_english_whatever_the_environment_speaks(asked: str) -> None:
    program = "import sys, docs.generate as d; sys.stdout.write(chr(0).join(m() for m in d.PAGES.values()))"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(ASKED_BY[asked]),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    for name, made in zip(PAGES, done.stdout.split("\0"), strict=True):
        assert made == (FOLDER / name).read_text(encoding="utf-8"), name
