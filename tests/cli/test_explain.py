"""`chatkit-host explain`, as a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.processes import run

BOT = """\
models: { m: { provider: openai, model: x, api_key: "${SHOP_KEY}" } }
agents: { a: { instructions: "Hi, ${TOWN:-Rome}", model: m } }
data: { token: "${SHOP_KEY}" }
"""


def test_it_tells_values_and_origins(tmp_path: Path) -> None:
    (tmp_path / "chatkit.yaml").write_text(BOT)
    (tmp_path / ".env").write_text("SHOP_KEY=very-secret\n")
    told = run("explain", "agents.a.instructions", cwd=tmp_path, env={"TOWN": "Bari"})
    assert told.stdout == (
        'agents.a.instructions = "Hi, Bari"  # chatkit.yaml:2:30; TOWN from the environment\n'
    )
    told = run("explain", "data", cwd=tmp_path)
    assert told.stdout == 'data.token = "***"  # chatkit.yaml:3:16; SHOP_KEY from .env\n'


def test_nothing_secret_is_told(tmp_path: Path) -> None:
    (tmp_path / "chatkit.yaml").write_text(BOT)
    told = run("explain", cwd=tmp_path, env={"SHOP_KEY": "very-secret"})
    assert told.returncode == 0
    assert "very-secret" not in told.stdout


SECRETS = """\
models:
  m:
    provider: openai
    model: x
    base_url: "https://bob:SECRET@llm.example/v1?api_key=SECRET&v=1"
    settings: { extra_headers: { authorization: Bearer SECRET } }
agents: { a: { instructions: Hi, model: m, tools: [t] } }
tools: { t: { hosted: { mcp: { url: "https://u:SECRET@mcp.example/?token=SECRET" } } } }
storage: "postgresql://app:SECRET@db/x"
"""


@pytest.mark.parametrize("form", ["text", "json"])
def test_passwords_in_urls_and_headers_are_masked_in_the_file_and_in_overrides(
    tmp_path: Path, form: str
) -> None:
    (tmp_path / "chatkit.yaml").write_text(SECRETS)
    env = {"CHATKIT_STORAGE": "postgresql://app:SECRET@db/y"}
    told = run("explain", "--format", form, cwd=tmp_path, env=env)
    assert told.returncode == 0
    assert "SECRET" not in told.stdout
    assert "https://***@llm.example/v1?api_key=***&v=1" in told.stdout
    assert "CHATKIT_STORAGE" in told.stdout


def test_what_serve_takes_from_the_environment_is_told(tmp_path: Path) -> None:
    (tmp_path / "chatkit.yaml").write_text(BOT)
    env = {"SHOP_KEY": "very-secret", "CHATKIT_PORT": "9000"}
    told = run("explain", "server.port", "--format", "json", cwd=tmp_path, env=env)
    [row] = json.loads(told.stdout)
    assert (row["value"], row["override"]) == ("9000", "CHATKIT_PORT")


def test_a_wrong_path_is_a_mistake_of_the_users(tmp_path: Path) -> None:
    (tmp_path / "chatkit.yaml").write_text(BOT)
    told = run("explain", "agnts", cwd=tmp_path, env={"SHOP_KEY": "x"})
    assert (told.returncode, told.stderr.strip()) == (
        1,
        "there is no 'agnts'; did you mean 'agents'?",
    )
