"""Lines in, answers out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from chatkit_host.cli.talk.client import Client, RefusedError
from chatkit_host.cli.talk.fields import fill
from chatkit_host.cli.talk.view import View
from chatkit_host.cli.talk.widget_lines import Clickable

Json = dict[str, Any]

HELP = """\
/new        begin a new thread
/threads    your threads
/open N     go on in one of them
/click N    click what a widget offers; fields: /click N name=value …
/skip       leave a question, or what the page is asked for, unanswered
/quit       leave"""


class Session:
    """A conversation, from the first line to the last.

    Args:
        client: whom to talk to.
        lines: what the person says; the standard input by default.
        out: where to write; the standard output by default.
    """

    def __init__(
        self, client: Client, lines: TextIO | None = None, out: TextIO | None = None
    ) -> None:
        self._client = client
        self._lines = lines or sys.stdin
        self._view = View(out or sys.stdout)
        self._threads: list[Json] = []
        self._refused = False

    def run(self) -> int:
        """Take lines until they end; 1 if the last one was refused."""
        for line in self._read():
            if line == "/quit":
                break
            try:
                self._refused = False
                self._take(line)
            except RefusedError as error:
                self._refuse(str(error))
            except KeyboardInterrupt:
                self._view.line("(stopped)")
        return int(self._refused)

    def _read(self) -> Iterator[str]:
        prompt = "> " if self._lines.isatty() else ""
        while True:
            try:
                print(prompt, end="", flush=True)
                line = self._lines.readline()
            except KeyboardInterrupt:
                return
            if not line:
                return
            if line.strip() or self._view.waiting:
                yield line.strip()

    def _take(self, line: str) -> None:
        if not line.startswith("/"):
            return self._reply(line) if self._view.waiting else self._say(line)
        name, _, rest = line.partition(" ")
        command = COMMANDS.get(name)
        if command is None:
            return self._refuse(f"{name} is no command.\n{HELP}")
        return command(self, rest.strip())

    def _reply(self, line: str) -> None:
        """The line is for the newest of what waits."""
        item_id, waiting = self._view.waiting.popitem()
        request = waiting.take(line)
        if request is None:
            self._view.waiting[item_id] = waiting
            self._hint()
        else:
            self._send(*request)

    def _skip(self, _rest: str) -> None:
        if not self._view.waiting:
            return self._refuse("Nothing waits for an answer.")
        request = self._view.waiting.popitem()[1].skip()
        return self._hint() if request is None else self._send(*request)

    def _send(self, type: str, params: Json) -> None:
        self._follow(type, thread_id=self._view.thread_id, **params)

    def _hint(self) -> None:
        if self._view.waiting:
            self._view.line(list(self._view.waiting.values())[-1].hint())

    def _say(self, text: str) -> None:
        message = {
            "content": [{"type": "input_text", "text": text}],
            "attachments": [],
            "inference_options": {},
        }
        thread_id = self._view.thread_id
        if thread_id is None:
            self._follow("threads.create", input=message)
        else:
            self._follow("threads.add_user_message", thread_id=thread_id, input=message)

    def _follow(self, type: str, **params: Any) -> None:
        try:
            for event in self._client.stream(type, **params):
                self._view.show(event)
        finally:
            self._view.end()
        self._hint()

    def _refuse(self, message: str) -> None:
        self._refused = True
        self._view.line(f"! {message}")

    def _help(self, _rest: str) -> None:
        self._view.line(HELP)

    def _new(self, _rest: str) -> None:
        self._view.forget()
        self._view.line("(a new thread)")

    def _list(self, _rest: str) -> None:
        self._threads = self._client.ask("threads.list", limit=20)["data"]
        if not self._threads:
            self._view.line("(no threads yet)")
        for number, thread in enumerate(self._threads, 1):
            title = thread.get("title") or "untitled"
            self._view.line(f"{number}  {title}  ({thread['created_at'][:16]})")

    def _open(self, rest: str) -> None:
        thread = _numbered(self._threads, rest)
        if thread is None:
            return self._refuse("Which one? /threads tells their numbers.")
        self._view.forget()
        whole = self._client.ask("threads.get_by_id", thread_id=thread["id"])
        self._view.show_thread(whole)
        items = self._client.ask("items.list", thread_id=thread["id"], limit=20)["data"]
        for item in reversed(items):
            self._view.show_item(item)
        return self._hint()

    def _click(self, rest: str) -> None:
        number, _, words = rest.partition(" ")
        found = _numbered(self._view.clickables, number)
        if found is None:
            return self._refuse("Which one? Widgets tell their numbers.")
        if found.action.get("handler") == "client":
            return self._refuse("That one is for the page that the chat is in.")
        fields = fill(found.fields, words.strip())
        if fields is None:
            named = ", ".join(f"{field.name}=…" for field in found.fields) or "none"
            return self._refuse(f"Which fields? There are: {named}")
        where = {"thread_id": self._view.thread_id, "item_id": found.item_id}
        return self._act(found, {**where, "action": found.sent(fields)})

    def _act(self, found: Clickable, params: Json) -> None:
        if found.action.get("streaming", True):
            return self._follow("threads.custom_action", **params)
        updated = self._client.ask("threads.sync_custom_action", **params).get("updated_item")
        return self._view.show_item(updated) if updated else None


def _numbered(found: list[Any], number: str) -> Any:
    """The one with this number, as they were listed, from 1; or None."""
    index = int(number) if number.isdecimal() else 0
    return found[index - 1] if 1 <= index <= len(found) else None


COMMANDS: dict[str, Callable[[Session, str], None]] = {
    "/help": Session._help,
    "/new": Session._new,
    "/threads": Session._list,
    "/open": Session._open,
    "/click": Session._click,
    "/skip": Session._skip,
}
