"""Two `chatkit-host serve` on one database."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import httpx
import pytest

from tests.cli.processes import run, serving
from tests.examples.visitor import Visitor
from tests.store.postgres import empty_schema

HOLD_SECONDS = 1.0
HERE = Path(__file__).parent
DATABASES = ("sqlite", "postgresql")

Servers = list[tuple[str, Popen[str]]]
"""The URL and the process of each."""


@dataclass
class Host:
    """One of them, and Ann's way to it."""

    visitor: Visitor
    process: Popen[str]

    async def post(self, path: str, **body: object) -> httpx.Response:
        return await self.visitor.browser.post(path, json=body)


@contextmanager
def two_servers(database: str, folder: Path) -> Iterator[Servers]:
    """Start both."""
    for name in ("chatkit.yaml", "naps.py"):
        (folder / name).write_text((HERE / name).read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-m", "tests.web.two_hosts.host", str(HOLD_SECONDS), "--port", "0"]
    command += ["--config", str(folder / "chatkit.yaml")]
    with ExitStack() as stack:
        url = stack.enter_context(empty_schema()) if database == "postgresql" else ""
        env = {"STORE": url or f"sqlite:///{folder}/both.db"}
        assert run("migrate", cwd=folder, env=env).returncode == 0
        yield [stack.enter_context(serving(command, Path.cwd(), env)) for _ in range(2)]


@pytest.fixture(scope="module", params=DATABASES)
def servers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Servers]:
    """Both, for all tests of the module that leave them alive."""
    with two_servers(request.param, tmp_path_factory.mktemp("hosts")) as both:
        yield both


@pytest.fixture(params=DATABASES)
def mortal_servers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Servers]:
    """Both, for one test."""
    with two_servers(request.param, tmp_path) as both:
        yield both


@pytest.fixture
async def hosts(servers: Servers) -> AsyncIterator[tuple[Host, Host]]:
    """Both; Ann is in a new thread of hers, in both."""
    async with AsyncExitStack() as stack:
        yield await visited(servers, stack)


@pytest.fixture
async def mortals(mortal_servers: Servers) -> AsyncIterator[tuple[Host, Host]]:
    """The same, of hosts that may be killed."""
    async with AsyncExitStack() as stack:
        yield await visited(mortal_servers, stack)


async def visited(servers: Servers, stack: AsyncExitStack) -> tuple[Host, Host]:
    """Ann at both, in a thread that the first has begun."""
    key = {"authorization": "Bearer key-of-ann"}
    one, two = [
        Host(
            Visitor(
                await stack.enter_async_context(
                    httpx.AsyncClient(base_url=url, headers=key, timeout=60)
                ),
                "/chatkit",
            ),
            process,
        )
        for url, process in servers
    ]
    await one.visitor.say("hello")
    two.visitor.thread_id = one.visitor.thread_id
    return one, two
