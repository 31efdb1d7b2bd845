"""SIGTERM, with streams open."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.processes import serving
from tests.server.servers import create

REPOSITORY = str(Path(__file__).parents[2])
JSON = {"content-type": "application/json"}


def command(grace: float) -> list[str]:
    return [sys.executable, "-m", "tests.web.stopping_server", str(grace)]


def read_until(parts: Iterator[str], word: str) -> str:
    text = ""
    for part in parts:
        text += part
        if word in text:
            return text
    raise AssertionError(f"ended without {word!r}: {text}")


def wait_until_refused(url: str) -> None:
    """Come back when the server accepts nobody any more."""
    while True:
        try:
            httpx.get(f"{url}/readyz")
        except httpx.ConnectError:
            return
        except httpx.TransportError:
            continue  # taken by the listener in the very moment in which it closed


def log_of(child: subprocess.Popen[str]) -> str:
    return child.communicate(timeout=20)[1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_turns_that_run_are_finished(tmp_path: Path, number: signal.Signals) -> None:
    with (
        serving(command(30), tmp_path, {"PYTHONPATH": REPOSITORY}) as (url, child),
        httpx.stream("POST", f"{url}/chatkit", content=create("Hi"), headers=JSON) as response,
    ):
        parts = response.iter_text()
        read_until(parts, "first ")
        child.send_signal(number)
        wait_until_refused(url)
        (tmp_path / "go").touch()
        assert "first last" in "".join(parts)
        assert child.wait(timeout=20) == 0
        assert "Traceback" not in log_of(child)
    assert (tmp_path / "closed").exists()
    assert not (tmp_path / "saved").exists()


def test_turns_that_take_too_long_are_cancelled_and_saved(tmp_path: Path) -> None:
    with (
        serving(command(0.1), tmp_path, {"PYTHONPATH": REPOSITORY}) as (url, child),
        httpx.stream("POST", f"{url}/chatkit", content=create("Hi"), headers=JSON) as response,
    ):
        parts = response.iter_text()
        read_until(parts, "first ")
        child.terminate()
        "".join(parts)  # the stream ends properly: httpx would raise if it broke off
        assert child.wait(timeout=20) == 0
        assert "Traceback" not in log_of(child)
    assert "first " in (tmp_path / "saved").read_text()
    assert (tmp_path / "closed").exists()


def test_a_second_signal_waits_for_nobody(tmp_path: Path) -> None:
    with (
        serving(command(3600), tmp_path, {"PYTHONPATH": REPOSITORY}) as (url, child),
        httpx.stream("POST", f"{url}/chatkit", content=create("Hi"), headers=JSON) as response,
    ):
        read_until(response.iter_text(), "first ")
        child.terminate()
        wait_until_refused(url)
        child.terminate()
        assert child.wait(timeout=20) == 0
    assert (tmp_path / "saved").exists()


def test_without_turns_it_ends_at_once(tmp_path: Path) -> None:
    with (
        serving(command(3600), tmp_path, {"PYTHONPATH": REPOSITORY}) as (url, child),
        httpx.Client(base_url=url) as idle,
    ):
        assert idle.get("/healthz").is_success  # and its connection is kept
        child.terminate()
        assert child.wait(timeout=5) == 0
