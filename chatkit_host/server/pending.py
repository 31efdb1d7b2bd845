"""Items that are still streaming, kept so that nothing is lost when a turn ends early."""

from __future__ import annotations

from collections import deque

from chatkit_host.types import (
    ApprovalItem,
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    GeneratedImageItem,
    GeneratedImageUpdated,
    ThreadItem,
    ThreadItemUpdate,
    ToolCallItem,
    WidgetItem,
    WidgetRootUpdated,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)

_NOWHERE: deque[str] = deque(maxlen=0)
"""Takes the text of items that nobody announced, and keeps nothing."""


class _Draft:
    """One item as last seen, and the text deltas that are not yet joined to it."""

    __slots__ = ("_deltas", "_item")

    def __init__(self, item: ThreadItem) -> None:
        self._item = _own_copy(item)
        self._deltas: dict[int, list[str]] = {}

    def text(self, content_index: int) -> list[str]:
        """Where a part's deltas go, until `item` or `apply` join them."""
        # Joined once, when wanted: adding to a growing string for every token is quadratic.
        return self._deltas.setdefault(content_index, [])

    def apply(self, update: ThreadItemUpdate) -> None:
        item = self.item()
        match item:
            case AssistantMessageItem():
                _apply_to_message(item, update)
            case WorkflowItem():
                _apply_to_workflow(item, update)
            case WidgetItem() if isinstance(update, WidgetRootUpdated):
                item.widget = update.widget
            case GeneratedImageItem() if isinstance(update, GeneratedImageUpdated):
                item.image = update.image

    def item(self) -> ThreadItem:
        """The item as it stands now."""
        if isinstance(self._item, AssistantMessageItem):
            for index, deltas in self._deltas.items():
                _part(self._item, index).text += "".join(deltas)
        self._deltas.clear()
        return self._item


class PendingItems:
    """The drafts of a turn, by item id."""

    def __init__(self) -> None:
        self._drafts: dict[str, _Draft] = {}
        self._open_item: str | None = None
        self._open_part = 0
        self._text: list[str] | deque[str] = _NOWHERE

    def add(self, item: ThreadItem) -> None:
        self._drafts[item.id] = _Draft(item)
        self._close_text()

    def add_text(self, item_id: str, content_index: int, delta: str) -> None:
        if item_id != self._open_item or content_index != self._open_part:
            self._open_text(item_id, content_index)
        self._text.append(delta)

    def apply(self, item_id: str, update: ThreadItemUpdate) -> None:
        draft = self._drafts.get(item_id)
        if draft is not None:
            draft.apply(update)
        self._close_text()

    def settle(self, item_id: str) -> None:
        """The item is stored, or gone: no longer pending."""
        self._drafts.pop(item_id, None)
        self._close_text()

    def settle_calls(self, stored: ThreadItem) -> None:
        """The calls that a stored item tells of are pending under no other item's id."""
        told = _calls_told_by(stored)
        for item_id, draft in list(self._drafts.items()) if told else ():
            item = draft.item()
            if isinstance(item, ToolCallItem) and item.call_id in told:
                del self._drafts[item_id]

    def _open_text(self, item_id: str, content_index: int) -> None:
        """Remember where this part's deltas go: hundreds come one after another."""
        draft = self._drafts.get(item_id)
        self._open_item, self._open_part = item_id, content_index
        self._text = _NOWHERE if draft is None else draft.text(content_index)

    def _close_text(self) -> None:
        self._open_item = None
        self._text = _NOWHERE

    def __bool__(self) -> bool:
        return bool(self._drafts)

    def take(self) -> list[ThreadItem]:
        """All that is pending, in the order it began; afterwards nothing is."""
        items = [draft.item() for draft in self._drafts.values()]
        self._drafts.clear()
        self._close_text()
        return items


def is_worth_keeping(item: ThreadItem) -> bool:
    """Whether what there is of an item stays when its turn breaks off.

    A tool that was called may have taken effect, and the next turn's model is to know.
    """
    if isinstance(item, AssistantMessageItem):
        return any(part.text.strip() for part in item.content)
    return isinstance(item, ToolCallItem)


def _calls_told_by(item: ThreadItem) -> set[str]:
    match item:
        case ToolCallItem():
            return {item.call_id}
        case ApprovalItem():  # writes them down when it is answered or closed
            return {call.call_id for call in item.open_calls}
        case _:
            return set()


def _own_copy(item: ThreadItem) -> ThreadItem:
    """A copy that shares nothing that an update changes. Deep copies cost ten times as much."""
    if not isinstance(item, AssistantMessageItem):
        return item.model_copy(deep=True)
    content = [
        part.model_copy(update={"annotations": list(part.annotations)}) for part in item.content
    ]
    return item.model_copy(update={"content": content})


def _part(item: AssistantMessageItem, index: int) -> AssistantMessageContent:
    # Updates may name a part that nobody announced.
    while len(item.content) <= index:
        item.content.append(AssistantMessageContent(text=""))
    return item.content[index]


def _apply_to_message(item: AssistantMessageItem, update: ThreadItemUpdate) -> None:
    match update:
        case AssistantMessageContentPartAdded() | AssistantMessageContentPartDone():
            part = _part(item, update.content_index)
            part.text = update.content.text
            # `done` carries no citations in some streams; those that were announced stay.
            part.annotations = list(update.content.annotations) or part.annotations
        case AssistantMessageContentPartTextDelta():
            _part(item, update.content_index).text += update.delta
        case AssistantMessageContentPartAnnotationAdded():
            annotations = _part(item, update.content_index).annotations
            annotations.insert(update.annotation_index, update.annotation)


def _apply_to_workflow(item: WorkflowItem, update: ThreadItemUpdate) -> None:
    tasks = item.workflow.tasks
    match update:
        case WorkflowTaskAdded():
            tasks.append(update.task)
        case WorkflowTaskUpdated() if update.task_index < len(tasks):
            tasks[update.task_index] = update.task
