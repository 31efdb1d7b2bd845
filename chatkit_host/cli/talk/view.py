"""Events as a person reads them in a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TextIO

from chatkit_host.cli.talk.waiting import Waiting, waits_for
from chatkit_host.cli.talk.widget_lines import Clickable, clickables, widget_lines

Json = dict[str, Any]


class View:
    """Writes events to a terminal or a pipe: text as it comes, all else as lines.

    Args:
        out: where to write.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._written: dict[tuple[str, int], str] = {}
        self._told: set[tuple[str, str]] = set()
        self._in_text = False
        self._title: str | None = None
        self.thread_id: str | None = None
        self.clickables: list[Clickable] = []
        self.waiting: dict[str, Waiting] = {}

    def show(self, event: Json) -> None:
        """Write one event. What is unknown is left out: protocols grow."""
        shower = SHOWERS.get(str(event.get("type")))
        if shower is not None:
            shower(self, event)

    def forget(self) -> None:
        """Another thread begins."""
        self.thread_id = self._title = None
        self._written.clear()
        self._told.clear()
        self.clickables = []
        self.waiting = {}

    def end(self) -> None:
        """The answer is complete."""
        self._break()

    def line(self, text: str) -> None:
        """A line of its own, whatever stands before it."""
        self._break()
        print(text, file=self._out, flush=True)

    def once(self, item_id: str, text: str) -> None:
        """A line of an item, unless it has been written before."""
        if (item_id, text) not in self._told:
            self._told.add((item_id, text))
            self.line(text)

    def show_item(self, item: Json) -> None:
        """Write a whole item, as far as it is not written yet; remember what waits."""
        self.waiting.pop(str(item.get("id")), None)
        waiting = waits_for(item)
        if waiting is not None:
            self.waiting[item["id"]] = waiting
        shower = ITEM_SHOWERS.get(str(item.get("type")))
        if shower is not None:
            shower(self, item)

    def show_thread(self, thread: Json) -> None:
        """Remember the thread, and say its title when it is new."""
        self.thread_id = thread["id"]
        title = thread.get("title")
        if title and title != self._title:
            self.line(f"# {title}")
        self._title = title

    def show_update(self, event: Json) -> None:
        """Write a change of an item."""
        update = event["update"]
        shower = UPDATE_SHOWERS.get(str(update.get("type")))
        if shower is not None:
            shower(self, event["item_id"], update)

    def show_widget(self, item_id: str, widget: Json) -> None:
        """Write a widget, and number what can be clicked in it."""
        for text in widget_lines(widget):
            self.line(f"| {text}")
        self.clickables = [known for known in self.clickables if known.item_id != item_id]
        for found in clickables(widget, item_id):
            self.clickables.append(found)
            asked = "".join(f" {name}=…" for name in found.asked)
            number = f"/click {len(self.clickables)}{asked}"
            self.line(f"|   {number}  {found.label} ({found.action['type']})")

    def text(self, item_id: str, index: int, delta: str) -> None:
        """More of a message's text."""
        key = (item_id, index)
        self._written[key] = self._written.get(key, "") + delta
        self._out.write(delta)
        self._out.flush()
        self._in_text = True

    def whole_text(self, item_id: str, index: int, text: str) -> None:
        """What a part's text is in the end: write what is missing of it."""
        written = self._written.get((item_id, index), "")
        if text.startswith(written):
            self.text(item_id, index, text[len(written) :])
        elif text != written:
            self._break()
            self.text(item_id, index, text)

    def _break(self) -> None:
        if self._in_text:
            print(file=self._out, flush=True)
        self._in_text = False


def _message(view: View, item: Json) -> None:
    for index, part in enumerate(item["content"]):
        view.whole_text(item["id"], index, part["text"])
    view.end()
    cited = [each["source"] for part in item["content"] for each in part.get("annotations", ())]
    for number, source in enumerate(cited, 1):
        view.once(item["id"], f"  [{number}] {_cited(source)}")


def _cited(source: Json) -> str:
    """A source by its title, and where it is."""
    place = source.get("url") or source.get("filename")
    title = source.get("title") or place or source.get("id")
    return f"{title} ({place})" if place and place != title else str(title)


def _user_message(view: View, item: Json) -> None:
    text = "".join(part["text"] for part in item["content"])
    view.line(f"> {text}")


def _client_tool(view: View, item: Json) -> None:
    if item["status"] == "pending":
        view.line(f"[asks the page for {item['name']} {_compact(item['arguments'])}]")


def _task(view: View, item_id: str, task: Json) -> None:
    words = [task.get("title"), task.get("content"), task.get("title_query")]
    view.once(item_id, "* " + (" · ".join(word for word in words if word) or str(task["type"])))


def _workflow(view: View, item: Json) -> None:
    for task in item["workflow"]["tasks"]:
        _task(view, item["id"], task)


def _questions(view: View, item: Json) -> None:
    for question in item["inputs"]:
        options = [option["value"] for option in question.get("options", ())]
        answer = question.get("answer")
        if answer is not None:
            view.line(f"? {question['question']} {', '.join(answer['values']) or '(skipped)'}")
        else:
            choice = f" ({' / '.join(options)})" if options else ""
            view.line(f"? {question['question']}{choice}")


def _image(view: View, item: Json) -> None:
    if item.get("image"):
        view.line(f"[image {item['image']['url']}]")


def _part_done(view: View, item_id: str, update: Json) -> None:
    view.whole_text(item_id, update["content_index"], update["content"]["text"])


def _notice(view: View, event: Json) -> None:
    title = f"{event['title']}: " if event.get("title") else ""
    view.line(f"({event['level']}) {title}{event['message']}")


def _error(view: View, event: Json) -> None:
    again = " You can try again." if event.get("allow_retry") else ""
    view.line(f"! {event.get('message') or event['code']}{again}")


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


SHOWERS: dict[str, Callable[[View, Json], None]] = {
    "thread.created": lambda view, event: view.show_thread(event["thread"]),
    "thread.updated": lambda view, event: view.show_thread(event["thread"]),
    "thread.item.done": lambda view, event: _done(view, event["item"]),
    "thread.item.replaced": lambda view, event: view.show_item(event["item"]),
    "thread.item.updated": View.show_update,
    "thread.item.removed": lambda view, _event: view.line("(taken back)"),
    "progress_update": lambda view, event: view.line(f"… {event['text']}"),
    "client_effect": lambda view, event: view.line(
        f"[effect {event['name']} {_compact(event['data'])}]"
    ),
    "notice": _notice,
    "error": _error,
}
ITEM_SHOWERS: dict[str, Callable[[View, Json], None]] = {
    "assistant_message": _message,
    "user_message": _user_message,
    "client_tool_call": _client_tool,
    "widget": lambda view, item: view.show_widget(item["id"], item["widget"]),
    "task": lambda view, item: _task(view, item["id"], item["task"]),
    "workflow": _workflow,
    "structured_input": _questions,
    "generated_image": _image,
}
UPDATE_SHOWERS: dict[str, Callable[[View, str, Json], None]] = {
    "assistant_message.content_part.text_delta": lambda view, item_id, update: view.text(
        item_id, update["content_index"], update["delta"]
    ),
    "assistant_message.content_part.done": _part_done,
    "widget.streaming_text.value_delta": lambda view, item_id, update: view.text(
        f"{item_id}/{update['component_id']}", 0, update["delta"]
    ),
    "widget.root.updated": lambda view, item_id, update: view.show_widget(
        item_id, update["widget"]
    ),
    "workflow.task.added": lambda view, item_id, update: _task(view, item_id, update["task"]),
}


def _done(view: View, item: Json) -> None:
    """An item is complete; what the user said stands in the terminal already."""
    if item["type"] != "user_message":
        view.show_item(item)
