"""`serve`, as a process."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from chatkit_host.web.listening import bind
from tests.cli.processes import run, serve_command, serving
from tests.server.servers import request

BOT = """\
name: ${BOT_NAME:-Echo}
models: { default: { provider: rules, rules: [{ say: "You said: {{ text }}" }] } }
agents: { helper: { instructions: Be brief., model: default } }
storage: "memory:"
"""


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """A folder with a bot in it."""
    (tmp_path / "chatkit.yaml").write_text(BOT)
    return tmp_path


def ask(url: str) -> httpx.Response:
    """Ask for the threads; the first answer waits for the Agents SDK."""
    return httpx.post(
        f"{url}/chatkit",
        content=request("threads.list"),
        headers={"content-type": "application/json"},
        timeout=60,
    )


def test_a_bot_is_served_and_stops_when_it_is_told(bot: Path) -> None:
    with serving(serve_command(), bot) as (url, child):
        assert ask(url).json()["data"] == []
        assert httpx.get(f"{url}/readyz").json() == {"status": "ready"}
        child.terminate()
        output, log = child.communicate(timeout=20)
    assert child.returncode == 0, log
    assert output == ""
    assert "Traceback" not in log


def test_env_files_reach_settings_and_yaml(bot: Path) -> None:
    (bot / "other.yaml").write_text(BOT)
    (bot / "chatkit.yaml").unlink()
    (bot / ".env").write_text("CHATKIT_CONFIG=other.yaml\nBOT_NAME=From the file\n")
    with serving(serve_command(), bot) as (url, _):
        assert "<h1>From the file</h1>" in httpx.get(f"{url}/about").text


def test_storage_may_come_from_the_environment(bot: Path) -> None:
    environ = {"CHATKIT_STORAGE": "sqlite:///kept/bot.db"}
    with serving(serve_command(), bot, environ) as (url, _):
        ask(url).raise_for_status()
    assert (bot / "kept" / "bot.db").exists()
    assert (bot / "kept" / "secret.key").exists()


def test_more_than_one_worker_is_refused_with_a_reason(bot: Path) -> None:
    done = run("serve", "--workers", "2", cwd=bot)
    assert done.returncode == 1
    assert "memory" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_said_in_one_line(bot: Path) -> None:
    with bind("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port, cwd=bot)
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is in use" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_listening_beyond_this_machine_wants_users_with_names(bot: Path) -> None:
    done = run("serve", "--host", "0.0.0.0", "--port", "0", cwd=bot)
    assert done.returncode == 1
    assert "auth: { anonymous: { public: true } }" in done.stderr


def test_nothing_starts_on_a_file_with_a_problem(bot: Path) -> None:
    (bot / "chatkit.yaml").write_text(BOT.replace("instructions", "instructons"))
    done = run("serve", "--port", "0", cwd=bot)
    assert done.returncode == 1
    assert "chatkit.yaml:3:" in done.stderr
    assert "did you mean 'instructions'" in done.stderr
    assert done.stdout == ""


def test_nothing_starts_without_a_file(tmp_path: Path) -> None:
    done = run("serve", "--port", "0", cwd=tmp_path)
    assert done.returncode == 1
    assert "chatkit.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_away_ends_the_start(bot: Path) -> None:
    environ = {"CHATKIT_STORAGE": "postgresql://u:hunter2@127.0.0.1:1/none"}
    done = run("serve", "--port", "0", cwd=bot, env=environ)
    assert done.returncode == 1
    assert "hunter2" not in done.stderr
