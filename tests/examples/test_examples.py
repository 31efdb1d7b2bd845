"""Every example is a bot that runs, is listed, and is talked to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.fences import EXAMPLES
from tests.examples.visitor import load_in_memory

FOLDERS = sorted(path for path in EXAMPLES.iterdir() if path.is_dir())

each = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@each
def test_it_has_no_problem_and_a_readme(folder: Path) -> None:
    load_in_memory(folder / "chatkit.yaml")
    assert (folder / "README.md").exists()


@each
def test_it_is_in_the_list(folder: Path) -> None:
    assert f"]({folder.name}/README.md)" in (EXAMPLES / "README.md").read_text(encoding="utf-8")


@each
def test_a_test_talks_to_it(folder: Path) -> None:
    name = f"test_{folder.name.replace('-', '_')}.py"
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    assert f'EXAMPLES / "{folder.name}"' in text
    assert "visiting(" in text
