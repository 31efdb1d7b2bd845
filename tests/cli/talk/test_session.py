"""A conversation in the terminal, with a real server."""

from __future__ import annotations

import asyncio
import io
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from litestar import Litestar

from chatkit_host.cli.entry import main
from chatkit_host.cli.talk.client import Client, read_events
from chatkit_host.cli.talk.session import Session
from chatkit_host.config.auth import ApiKey
from chatkit_host.web.auth.api_keys import ApiKeysAuth
from tests.web.bots import app_of
from tests.web.live import serve


@pytest.fixture(autouse=True)
def _own_jar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATKIT_COOKIES", str(tmp_path / "jar"))


@contextmanager
def served(app: Litestar) -> Iterator[str]:
    """Serve the app from another thread; gives the endpoint."""
    known, leave = threading.Event(), asyncio.Event()
    found: list[tuple[str, asyncio.AbstractEventLoop]] = []

    async def until_left() -> None:
        async with serve(app) as url:
            found.append((url, asyncio.get_running_loop()))
            known.set()
            await leave.wait()

    thread = threading.Thread(target=asyncio.run, args=(until_left(),))
    thread.start()
    assert known.wait(10)
    url, loop = found[0]
    try:
        yield f"{url}/chatkit"
    finally:
        loop.call_soon_threadsafe(leave.set)
        thread.join()


def talk(url: str, *lines: str, key: str | None = None) -> tuple[int, str]:
    """Say the lines; gives the exit status and what was shown."""
    out = io.StringIO()
    with Client(url, key) as client:
        said = io.StringIO("".join(f"{line}\n" for line in lines))
        status = Session(client, said, out).run()
    return status, out.getvalue()


def test_lines_are_messages_in_one_thread() -> None:
    with served(app_of()) as url:
        status, shown = talk(url, "Hello", "", "Again", "/threads")
    assert status == 0
    assert shown.startswith("Echo: Hello\nEcho: Again\n1  untitled  (")
    assert "2  " not in shown


def test_the_visitor_is_the_same_one_next_time(tmp_path: Path) -> None:
    with served(app_of()) as url:
        talk(url, "Hello")
        _, shown = talk(url, "/threads", "/open 1", "More")
    assert shown.splitlines()[1:] == ["> Hello", "Echo: Hello", "Echo: More"]
    assert stat.S_IMODE((tmp_path / "jar").stat().st_mode) == 0o600


def test_a_thread_is_shown_again_as_often_as_it_is_opened() -> None:
    with served(app_of()) as url:
        _, shown = talk(url, "Hello", "/threads", "/open 1", "/open 1")
    assert shown.count("> Hello\nEcho: Hello\n") == 2


def test_new_begins_another_thread() -> None:
    with served(app_of()) as url:
        _, shown = talk(url, "One", "/new", "Two", "/threads")
    assert "(a new thread)" in shown
    assert "\n2  " in shown


def test_quit_ends_it() -> None:
    with served(app_of()) as url:
        assert talk(url, "/quit", "Hello") == (0, "")


@pytest.mark.parametrize("line", ["/nonsense", "/open 3", "/open x", "/click", "/click 1"])
def test_what_cannot_be_is_said_and_the_talk_goes_on(line: str) -> None:
    with served(app_of()) as url:
        status, shown = talk(url, line)
        again, _ = talk(url, line, "Hello")
    assert shown.startswith("! ")
    assert (status, again) == (1, 0)


def test_help_tells_the_commands() -> None:
    with served(app_of()) as url:
        _, shown = talk(url, "/help")
    assert "/threads" in shown


def test_a_refusal_is_told_in_the_servers_words() -> None:
    keys = [ApiKey.model_validate({"key": "right", "user": "ann"})]
    with served(app_of(auth=ApiKeysAuth(keys))) as url:
        assert talk(url, "Hello", key="wrong") == (1, "! This API key is not known here.\n")
        assert talk(url, "Hello", key="right") == (0, "Echo: Hello\n")


def test_nobody_there_is_said_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Hello\n"))
    assert main(["chat", "--url", "http://127.0.0.1:1/chatkit"]) == 1
    assert "chatkit-host serve" in capsys.readouterr().err


def test_a_url_that_is_none_is_said_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Hello\n"))
    assert main(["chat", "--url", "localhost"]) == 1
    assert "Talking to localhost failed" in capsys.readouterr().err


def test_events_are_read_however_the_bytes_fall() -> None:
    text = 'data: {"a": "\u2028é"}\n\n: keep-alive\n\ndata: {"b": 2}\n\n'.encode()
    pieces = [text[start : start + 1] for start in range(len(text))]
    assert list(read_events(iter(pieces))) == [{"a": "\u2028é"}, {"b": 2}]
    assert list(read_events(iter([text]))) == [{"a": "\u2028é"}, {"b": 2}]
