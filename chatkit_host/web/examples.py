"""A curl for each of the sixteen operations; pasted into a shell, each works by itself."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

THREAD = "$THREAD"
ITEM = "$ITEM"
AUDIO = "$AUDIO"
ATTACHMENT = "$ATTACHMENT"
# The first `thr_…` of a stream is the new thread, the first `msg_…` what the user said.
FIRST_THREAD = "grep -o 'thr_[0-9a-z]*' | head -n 1"
FIRST_ITEM = "grep -o 'msg_[0-9a-z]*' | head -n 1"
FIRST_ATTACHMENT = "grep -o 'atc_[0-9a-z]*' | head -n 1"
FIRST_QUESTIONS = "grep -o 'qst_[0-9a-z]*' | head -n 1"
# A second of silence: a WAV header, and 8,000 samples of 16 bits.
SILENCE = (
    r"AUDIO=$({ printf 'RIFF\244\076\000\000WAVEfmt \020\000\000\000\001\000\001\000"
    r"\100\037\000\000\200\076\000\000\002\000\020\000data\200\076\000\000'; "
    r"head -c 16000 /dev/zero; } | base64 | tr -d '\n')"
)


def _message(text: str) -> dict[str, Any]:
    """The parameters of a message."""
    content = [{"type": "input_text", "text": text}]
    return {"input": {"content": content, "attachments": [], "inference_options": {}}}


CREATE = _message("Hello!")


@dataclass(frozen=True, slots=True)
class Example:
    """One operation: what it does, and a command that does it.

    `wants` says what the bot must have for more than a refusal to come back.
    """

    type: str
    title: str
    streams: bool
    command: str
    wants: str | None = None


@dataclass(frozen=True, slots=True)
class _Recipe:
    type: str
    title: str
    params: Mapping[str, Any]
    streams: bool = False
    wants: str | None = None
    first: str = "Hello!"
    item: str = FIRST_ITEM
    file: Mapping[str, Any] | None = None


def examples(
    url: str, *, uses_keys: bool, parts: Mapping[str, Sequence[str]] | None = None
) -> list[Example]:
    """All sixteen, for the endpoint at `url`.

    Args:
        url: the endpoint.
        uses_keys: show a key from $CHATKIT_KEY instead of keeping the visitor's cookie.
        parts: what the bot has, as `Host.describe` tells it; its actions are acted.
    """
    curl = _curl(url, uses_keys=uses_keys)
    action = _first(parts or {}, "page_actions", "actions")
    sync_action = _first(parts or {}, "sync_actions", "actions")
    recipes = [
        *_streaming(action),
        *_waiting(parts or {}),
        *_threads(),
        *_rest(sync_action, (parts or {}).get("attachments", ())),
    ]
    return [_example(recipe, curl) for recipe in recipes]


def _first(parts: Mapping[str, Sequence[str]], *kinds: str) -> str:
    """The first name of the first kind that has any."""
    return next((name for kind in kinds for name in parts.get(kind, ())), "say.hello")


def _streaming(action: str) -> list[_Recipe]:
    acted = {"thread_id": THREAD, "action": {"type": action, "payload": {}}}
    return [
        _Recipe("threads.create", "Begin a thread with a message", CREATE, True),
        _Recipe(
            "threads.add_user_message",
            "Say something more in a thread",
            {"thread_id": THREAD, **CREATE},
            True,
        ),
        _Recipe(
            "threads.retry_after_item",
            "Answer a message once more",
            {"thread_id": THREAD, "item_id": ITEM},
            True,
        ),
        _Recipe(
            "threads.custom_action",
            "Act, as a widget's button or the page does",
            acted,
            True,
            "an action that pages may send; one of a widget also needs the item_id of that widget",
        ),
    ]


def _waiting(parts: Mapping[str, Sequence[str]]) -> list[_Recipe]:
    """What begins a turn after the bot has asked; the first message has it ask, if one is known."""
    question = next(iter(parts.get("questions", ())), "q1")
    answer = {"status": "answered", "answers": {question: {"values": ["yes"]}}}
    return [
        _Recipe(
            "threads.add_client_tool_output",
            "Give a client tool's result",
            {"thread_id": THREAD, "result": {"selected": "nothing"}},
            True,
            "a thread that waits for a client tool",
            first=next(iter(parts.get("asks_the_page_when_told", ())), "Hello!"),
        ),
        _Recipe(
            "threads.add_structured_input",
            "Answer questions that the bot put",
            {"thread_id": THREAD, "item_id": ITEM, "input": answer},
            True,
            "a thread that waits for answers",
            first=next(iter(parts.get("puts_questions_when_told", ())), "Hello!"),
            item=FIRST_QUESTIONS if parts.get("puts_questions_when_told") else FIRST_ITEM,
        ),
    ]


def _threads() -> list[_Recipe]:
    one = {"thread_id": THREAD}
    return [
        _Recipe("threads.list", "Your threads, the newest first", {"limit": 20}),
        _Recipe("threads.get_by_id", "A thread and its first items", one),
        _Recipe("items.list", "A thread's items", {**one, "limit": 20, "order": "asc"}),
        _Recipe("threads.update", "Give a thread a title", {**one, "title": "A new title"}),
        _Recipe("threads.delete", "Delete a thread", one),
    ]


def _rest(action: str, accepted: Sequence[str]) -> list[_Recipe]:
    file = _file(accepted)
    return [
        _Recipe(
            "threads.sync_custom_action",
            "Act, and get one updated item",
            {"thread_id": THREAD, "action": {"type": action, "payload": {}}},
            wants="an action with `sync: true`",
        ),
        _Recipe(
            "items.feedback",
            "Thumbs up",
            {"thread_id": THREAD, "item_ids": [ITEM], "kind": "positive"},
        ),
        _Recipe(
            "attachments.create",
            "Announce an upload",
            file,
            wants="a place for attachments",
        ),
        _Recipe(
            "attachments.delete",
            "Remove an upload",
            {"attachment_id": ATTACHMENT},
            wants="a place for attachments",
            file=file,
        ),
        _Recipe(
            "input.transcribe",
            "Turn speech into text",
            {"audio_base64": AUDIO, "mime_type": "audio/wav"},
            wants="a transcription model",
        ),
    ]


def _file(accepted: Sequence[str]) -> dict[str, Any]:
    """A file that is taken, to be announced."""
    of_text = not accepted or {"text/*", "text/plain", "*/*"} & {*accepted}
    kind = "text/plain" if of_text else accepted[0].replace("*", "png")
    ending = "txt" if of_text else kind.partition("/")[2]
    return {"name": f"notes.{ending}", "size": 12, "mime_type": kind}


def _curl(url: str, *, uses_keys: bool) -> str:
    who = '-H "Authorization: Bearer $CHATKIT_KEY"' if uses_keys else "-c jar -b jar"
    return f"curl -sN {who} -H 'Content-Type: application/json' {shlex.quote(url)}"


def _example(recipe: _Recipe, curl: str) -> Example:
    body = _body(recipe.type, recipe.params)
    command = "\n".join([*_preparation(recipe, body, curl), f"{curl} -d {body}"])
    return Example(recipe.type, recipe.title, recipe.streams, command, recipe.wants)


def _preparation(recipe: _Recipe, body: str, curl: str) -> list[str]:
    """Lines that make the thread, and find the ids, that the body names."""
    if AUDIO in body:
        return [SILENCE]
    if ATTACHMENT in body:
        announce = _body("attachments.create", recipe.file or {})
        return [f"ATTACHMENT=$({curl} -d {announce} | {FIRST_ATTACHMENT})"]
    if THREAD not in body:
        return []
    lines = [
        f"EVENTS=$({curl} -d {_body('threads.create', _message(recipe.first))})",
        f'THREAD=$(printf %s "$EVENTS" | {FIRST_THREAD})',
    ]
    if ITEM in body:
        lines.append(f'ITEM=$(printf %s "$EVENTS" | {recipe.item})')
    return lines


def _body(type: str, params: Mapping[str, Any]) -> str:
    """The request as one word of the shell, with the variables open."""
    word = shlex.quote(json.dumps({"type": type, "params": params}))
    for variable in (THREAD, ITEM, AUDIO, ATTACHMENT):
        word = word.replace(f'"{variable}"', f"\"'{variable}'\"")
    return word
