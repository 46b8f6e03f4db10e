"""The documentation says what the code does."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from docs.generate import FOLDER, PAGES
from issuemine import errors
from issuemine.config import AlertRule, Settings
from issuemine.config.channels import CHANNELS

ROOT = Path(__file__).parent.parent
PROSE = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_has_not_drifted(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run make docs"


def test_every_setting_says_what_it_means() -> None:
    sections = [field.annotation for field in Settings.model_fields.values()]
    for section in (*sections, AlertRule, *CHANNELS):
        for name, setting in section.model_fields.items():  # type: ignore[union-attr]
            assert setting.description, f"{section}.{name}"


@pytest.mark.parametrize("page", PROSE, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_within_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"^make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


def fenced(page: Path, language: str) -> list[str]:
    """The blocks of a language on a page."""
    return re.findall(
        rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


def test_the_kubernetes_examples_parse_and_keep_the_warehouse_below_the_volume() -> None:
    (text,) = fenced(ROOT / "docs" / "operate.md", "yaml")
    claim, job = yaml.safe_load_all(text)
    assert (claim["kind"], job["kind"]) == ("PersistentVolumeClaim", "CronJob")
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    named = {volume["name"] for volume in pod["volumes"]}
    assert {mount["name"] for mount in container["volumeMounts"]} == named
    folder = Path(container["args"][container["args"].index("--warehouse") + 1])
    assert str(folder.parent) in {mount["mountPath"] for mount in container["volumeMounts"]}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_systemd_examples_are_valid(tmp_path: Path) -> None:
    service, timer = fenced(ROOT / "docs" / "operate.md", "ini")
    (tmp_path / "issuemine.service").write_text(service.replace("User=issuemine\n", ""))
    (tmp_path / "issuemine.timer").write_text(timer)
    done = subprocess.run(  # noqa: S603 - our own files
        ["systemd-analyze", "verify", "--man=no", *map(str, tmp_path.iterdir())],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if str(tmp_path) in line], done.stderr


def test_every_exit_code_is_documented() -> None:
    page = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    kinds: list[type[errors.IssuemineError]] = [errors.IssuemineError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    for code in {kind.exit_code for kind in kinds}:
        assert f"\n| {code} |" in page


def test_every_metric_and_event_is_documented() -> None:
    page = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    sources = [(ROOT / "pipelines" / name).read_text(encoding="utf-8") for name in ("metrics.py", "watch.py")]
    metrics = re.findall(r'"([a-z_]+)",\s+"[A-Z]', "".join(sources))
    assert len(metrics) > 8
    for name in metrics:
        assert name.removeprefix("last_run_") in page, name
    for event in ("run started", "stage finished", "snapshot published", "run refused", "run interrupted"):
        assert f"`{event}`" in page
