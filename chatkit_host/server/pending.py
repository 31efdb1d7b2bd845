"""Items that are still streaming, kept so that nothing is lost when a turn ends early."""

from __future__ import annotations

from chatkit_host.types import (
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
    WidgetItem,
    WidgetRootUpdated,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)


class _Draft:
    """One item as last seen, and the text deltas that are not yet joined to it."""

    __slots__ = ("_deltas", "_item")

    def __init__(self, item: ThreadItem) -> None:
        self._item = item.model_copy(deep=True)
        self._deltas: dict[int, list[str]] = {}

    def add_text(self, content_index: int, delta: str) -> None:
        # Joined once, when wanted: adding to a growing string for every token is quadratic.
        try:
            self._deltas[content_index].append(delta)
        except KeyError:
            self._deltas[content_index] = [delta]

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

    def add(self, item: ThreadItem) -> None:
        self._drafts[item.id] = _Draft(item)

    def add_text(self, item_id: str, content_index: int, delta: str) -> None:
        draft = self._drafts.get(item_id)
        if draft is not None:
            draft.add_text(content_index, delta)

    def apply(self, item_id: str, update: ThreadItemUpdate) -> None:
        draft = self._drafts.get(item_id)
        if draft is not None:
            draft.apply(update)

    def settle(self, item_id: str) -> None:
        """The item is stored, or gone: no longer pending."""
        self._drafts.pop(item_id, None)

    def take(self) -> list[ThreadItem]:
        """All that is pending, in the order it began; afterwards nothing is."""
        items = [draft.item() for draft in self._drafts.values()]
        self._drafts.clear()
        return items


def is_empty_message(item: AssistantMessageItem) -> bool:
    """Whether a message holds no text worth keeping."""
    return not any(part.text.strip() for part in item.content)


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
