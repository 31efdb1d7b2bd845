"""Every example is a bot that runs, and is told of, shown and talked to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.fences import EXAMPLES, ROOT
from tests.examples.visitor import load_in_memory

FOLDERS = sorted(path for path in EXAMPLES.iterdir() if path.is_dir())
DOCS = ROOT / "docs" / "examples"

each = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@each
def test_it_has_no_problem(folder: Path) -> None:
    load_in_memory(folder / "chatkit.yaml")


@each
def test_it_has_a_readme_that_tells_how_to_run_it_and_leads_to_its_page(folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert f"chatkit-host serve --config examples/{folder.name}/chatkit.yaml" in text
    assert f"](../../docs/examples/{folder.name}.md)" in text


@each
def test_it_is_in_both_lists(folder: Path) -> None:
    assert f"]({folder.name}/README.md)" in (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert f"]({folder.name}.md)" in (DOCS / "index.md").read_text(encoding="utf-8")


@each
def test_its_page_shows_some_of_it_and_leads_to_the_whole(folder: Path) -> None:
    text = (DOCS / f"{folder.name}.md").read_text(encoding="utf-8")
    assert "```yaml\n" in text
    assert f"](../../examples/{folder.name}/chatkit.yaml)" in text


@each
def test_a_test_talks_to_it(folder: Path) -> None:
    name = f"test_{folder.name.replace('-', '_')}.py"
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    assert f'"{folder.name}"' in text
    assert "visiting(" in text
