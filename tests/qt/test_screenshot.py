"""Pictures of a project, taken without a screen and without touching it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from annotator.core.resources import sample_projects

ROOT = Path(__file__).parents[2]


def screenshot(project: Path, out: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "QT_SCALE_FACTOR"}
    return subprocess.run(
        [sys.executable, "-m", "annotator", "screenshot", str(project), "--out", str(out), *flags],
        cwd=ROOT,
        env={**environment, "ANNOTATOR_HOME": str(out.parent / "home")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_projects() / "readout", tmp_path / "readout"))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_picture_has_the_size_and_scale_asked_for_and_the_project_is_untouched(
    project: Path, tmp_path: Path
) -> None:
    before = files(project)
    out = tmp_path / "dark.png"
    done = screenshot(project, out, "--size", "900x600", "--scale", "2", "--theme", "dark", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    picture = QImage(str(out))
    assert (picture.width(), picture.height()) == (1800, 1200)
    assert picture.pixelColor(3, 1190).lightness() < 100
    assert files(project) == before


def test_the_light_theme_is_light(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "light.png"
    assert screenshot(project, out, "--size", "1200x700").returncode == 0
    assert QImage(str(out)).pixelColor(3, 690).lightness() > 180


def test_an_unknown_document_is_named_and_no_picture_is_left(project: Path, tmp_path: Path) -> None:
    done = screenshot(project, tmp_path / "a.png", "--document", "none")
    assert done.returncode == 3
    assert "none" in done.stderr
    assert not (tmp_path / "a.png").exists()


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path) -> None:
    assert screenshot(tmp_path, tmp_path / "a.png").returncode == 3


def test_the_first_document_that_can_be_read_is_shown(project: Path, tmp_path: Path) -> None:
    (project / "docs" / "a.json").write_text("{", encoding="utf-8")
    out = tmp_path / "a.png"
    assert screenshot(project, out, "--size", "600x400").returncode == 0
    for flags in (("--document", "a"), ("--select", "none")):
        done = screenshot(project, out, *flags)
        assert done.returncode == 3, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are other things there")
def test_what_is_not_the_projects_is_left_alone(project: Path, tmp_path: Path) -> None:
    os.mkfifo(project / "pipe")
    assert screenshot(project, tmp_path / "a.png", "--size", "600x400").returncode == 0
