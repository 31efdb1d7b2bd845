"""The fences of the Markdown files, and the chatkit.yaml that each of YAML stands for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatkit_host.config.problems import ConfigProblems
from chatkit_host.config.yaml import parse

ROOT = Path(__file__).parents[2]
FILES = Path(__file__).parent / "files"
BASE = Path(__file__).parent / "base.yaml"
EXAMPLES = ROOT / "examples"

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MISTAKE = re.compile(r"# mistake (CK\d+)( in a whole file)?")
WHOLE = " in a whole file"
PART = "# part of chatkit.yaml"
EXCERPT = "# from chatkit.yaml"
STEPS = "# steps"
ACTION_STEPS = "# steps of an action"


@dataclass(frozen=True, slots=True)
class Fence:
    """One block of code in a page."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def mark(self) -> str:
        """What its first line says it is."""
        return self.text.partition("\n")[0].strip()

    @property
    def mistake(self) -> str | None:
        """The code of the problem that it shows, if it shows one."""
        found = MISTAKE.fullmatch(self.mark)
        return found[1] if found else None

    @property
    def example(self) -> Path | None:
        """The folder of the example that its page is about, if it is about one."""
        folder = EXAMPLES / self.page.stem
        about = self.page.parent == ROOT / "docs" / "examples" and folder.is_dir()
        return folder if about else None

    @property
    def base(self) -> Path:
        """The file that has what a part lacks."""
        return BASE if self.example is None else self.example / "chatkit.yaml"

    @property
    def files(self) -> Path:
        """What lies beside it."""
        return FILES if self.example is None else self.example


def pages() -> list[Path]:
    """Every Markdown file of the project that people read."""
    top = [path for path in ROOT.glob("*.md") if path.is_file()]
    return sorted([*top, *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])


def fences(language: str) -> list[Fence]:
    """All fences in one language."""
    return [fence for page in pages() for fence in _of(page) if fence.language == language]


def _of(page: Path) -> Iterator[Fence]:
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        yield Fence(page, text.count("\n", 0, match.start()) + 2, match[1], match[2])


def whole_file(fence: Fence) -> str:
    """The text of the chatkit.yaml that a fence stands for.

    A part gets from the base what it lacks: whole sections, and names within them.
    """
    if fence.mark == ACTION_STEPS:
        return _with(fence, {"actions": {"shelf.choose": {**_chosen(), "steps": _data(fence)}}})
    if fence.mark == STEPS:
        return _with(fence, {"tools": {"example": {"steps": _data(fence)}}})
    if fence.mark == PART or (fence.mistake and not fence.mark.endswith(WHOLE)):
        data = _data(fence)
        return _with(fence, data) if isinstance(data, dict) else fence.text
    return fence.text


def stands_in(excerpt: str, text: str) -> bool:
    """Whether an excerpt's lines stand in a text, in their order; `# …` is what is left out."""
    place = 0
    for run in re.split(r"^ *# …\n", excerpt, flags=re.MULTILINE):
        place = f"\n{text}".find(f"\n{run}", place)
        if place < 0:
            return False
        place += len(run)
    return True


def _chosen() -> dict[str, Any]:
    return {"payload": {"id": "string"}}


def _data(fence: Fence) -> Any:
    """The fence as data; None where it is not YAML, which is a mistake that some want to show."""
    try:
        data, _, found = parse(fence.text, str(fence))
    except ConfigProblems:
        return None
    return None if found.problems else data


def _with(fence: Fence, part: dict[str, Any]) -> str:
    base, _, _ = parse(fence.base.read_text(encoding="utf-8"), str(fence.base))
    merged = {**base, **part}
    for section, given in part.items():
        if isinstance(given, dict) and isinstance(base.get(section), dict):
            merged[section] = {**base[section], **given}
    return json.dumps(merged, ensure_ascii=False, indent=1)  # JSON is YAML
