"""The floors of the house (CONTRIBUTING.md): imports go downwards only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "chatkit_host"

# From the ground up. A room may import rooms of lower floors; rooms on one floor are strangers.
FLOORS: list[set[str]] = [
    {"actions", "errors", "icons", "logger", "ids", "clock", "context"},
    {"components"},
    {"types"},
    {"config", "templates"},
    {"store", "widgets", "checks"},
    {"server", "agents"},
    {"tools", "steps"},
    {"compiler"},
    {"gallery"},
    {"web"},
    {"cli"},
    {"__main__"},
    {"testing"},
]
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

# What must start in a blink may not know what is slow to import.
SLOW = {"agents", "openai", "sqlalchemy", "sqlmodel", "litestar", "alembic", "uvicorn"}
LIGHT_ROOMS = set().union(*FLOORS[:4]) | {"checks"}
ONLY_AGENTS_SDK = {"agents", "tools", "compiler"}


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_modules(path: Path) -> Iterator[tuple[str, int]]:
    """Every module the file names in an import, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            if node.module == "chatkit_host":
                yield from ((f"chatkit_host.{alias.name}", node.lineno) for alias in node.names)


def is_face(path: Path) -> bool:
    """A room's `__init__` is its deliberate face, the one place that may reach upwards."""
    return path.name == "__init__.py"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_downwards(path: Path) -> None:
    room = room_of(path)
    if room == "__init__" or is_face(path):
        return
    for module, line in imported_modules(path):
        parts = module.split(".")
        if parts[0] != "chatkit_host" or len(parts) < 2 or parts[1] in (room, "__version__"):
            continue
        assert FLOOR_OF[parts[1]] < FLOOR_OF[room], f"{path}:{line}: {room} may not import {module}"


def test_every_room_has_a_floor() -> None:
    rooms = {room_of(path) for path in sources()} - {"__init__"}
    assert rooms <= set(FLOOR_OF), f"give these a floor: {rooms - set(FLOOR_OF)}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_light_rooms_import_nothing_slow(path: Path) -> None:
    if room_of(path) in LIGHT_ROOMS:
        slow = [m for m, _ in imported_modules(path) if m.split(".")[0] in SLOW]
        assert not slow, f"{path} imports {slow}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_bridge_knows_the_agents_sdk(path: Path) -> None:
    if room_of(path) not in ONLY_AGENTS_SDK:
        known = [m for m, _ in imported_modules(path) if m.split(".")[0] == "agents"]
        assert not known, f"{path} imports the Agents SDK"
