"""The coverage page names tests that exist, and leaves nothing out."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.docs.fences import ROOT

PAGE = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_named_test_exists(path: str, name: str) -> None:
    assert name.startswith("test_")
    assert name in names_in(path)


def rows(heading: str) -> list[list[str]]:
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("heading", ["Features of the SDK", "Faults of the SDK that are not here"])
def test_every_row_names_a_test(heading: str) -> None:
    assert [row[0] for row in rows(heading) if "::" not in row[-1]] == []


def test_every_fault_is_there() -> None:
    assert len(rows("Faults of the SDK that are not here")) == 20
