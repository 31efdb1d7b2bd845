"""The wheel has the page in it, built from the sources that it is made of."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.docs.fences import ROOT

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "static", "__pycache__", ".*_cache", ".chatkit", "results"
)


def test_the_wheel_brings_the_page_and_the_migrations_and_no_sources_of_either(
    tmp_path: Path,
) -> None:
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=LEFT_OUT)
    (source / ".git").mkdir()  # as in a checkout, where the element is built anew
    (source / "ui/node_modules").symlink_to(ROOT / "ui/node_modules")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "dist"],
        cwd=source,
        env={**os.environ, "REQUIRE_ALL": "1"},
        check=True,
        capture_output=True,
    )
    [wheel] = (tmp_path / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "chatkit_host/web/static/chatkit.js" in names
    assert "chatkit_host/web/static/manifest.json" in names
    assert any(name.startswith("chatkit_host/store/sql/migrations/versions/") for name in names)
    assert [name for name in names if name.split("/")[0] in ("ui", "tests", "bench")] == []
