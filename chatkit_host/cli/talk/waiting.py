"""What the bot waits for, and what the next lines say to it."""

from __future__ import annotations

import json
from typing import Any, Protocol

Json = dict[str, Any]


class Waiting(Protocol):
    """Something that a thread waits for."""

    def hint(self) -> str:
        """What the next line is taken for."""

    def take(self, line: str) -> tuple[str, Json] | None:
        """Take a line; gives the request to send, once there is one."""

    def skip(self) -> tuple[str, Json] | None:
        """Go on without; gives the request that says so, if one is needed."""


class PageCall:
    """A tool of the page, which a terminal is not: the person says what it gives."""

    def __init__(self, item: Json) -> None:
        self._name = item["name"]

    def hint(self) -> str:
        return (
            f"(no page here: type what {self._name} gives, JSON or text, or an empty line for "
            "nothing; /skip goes on without)"
        )

    def take(self, line: str) -> tuple[str, Json] | None:
        return "threads.add_client_tool_output", {"result": _value(line)}

    def skip(self) -> tuple[str, Json] | None:
        return None  # the next message closes the call


class Questions:
    """Questions, asked one after the other and answered all at once."""

    def __init__(self, item: Json) -> None:
        self._item_id = item["id"]
        self._open = list(item["inputs"])
        self._answers: dict[str, Json] = {}

    def hint(self) -> str:
        question = self._open[0]
        options = question.get("options") or ()
        numbered = [f"{n} {option['value']}" for n, option in enumerate(options, 1)]
        several = "several, with commas; " if question.get("multiple") else ""
        choice = f" {', '.join(numbered)};" if numbered else ""
        return f"({question['question']}{choice} {several}an empty line skips it, /skip all)"

    def take(self, line: str) -> tuple[str, Json] | None:
        question = self._open.pop(0)
        values = _chosen(question, line)
        self._answers[question["id"]] = {"values": values} if values else {"skipped": True}
        return None if self._open else self._submit("answered", self._answers)

    def skip(self) -> tuple[str, Json] | None:
        return self._submit("skipped", {})

    def _submit(self, status: str, answers: Json) -> tuple[str, Json]:
        given = {"status": status, "answers": answers}
        return "threads.add_structured_input", {"item_id": self._item_id, "input": given}


def waits_for(item: Json) -> Waiting | None:
    """What an item waits for, if it does."""
    if item.get("status") != "pending":
        return None
    if item["type"] == "client_tool_call":
        return PageCall(item)
    return Questions(item) if item["type"] == "structured_input" and item["inputs"] else None


def _value(line: str) -> Any:
    if not line:
        return None
    try:
        return json.loads(line)
    except ValueError:
        return line


def _chosen(question: Json, line: str) -> list[str]:
    """The texts that a line stands for: numbers are options, all else is what was meant."""
    options = [option["value"] for option in question.get("options") or ()]
    words = line.split(",") if question.get("multiple") else [line]
    return [_option(word.strip(), options) for word in words if word.strip()]


def _option(word: str, options: list[str]) -> str:
    number = int(word) if word.isdecimal() and word not in options else 0
    return options[number - 1] if 1 <= number <= len(options) else word
