"""Pictures that a model makes."""

from __future__ import annotations

from typing import Any

from chatkit_host import clock
from chatkit_host.agents.context import AgentContext
from chatkit_host.agents.response_converter import ResponseStreamConverter
from chatkit_host.types import (
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemUpdatedEvent,
)


class Images:
    """Shows pictures as they take shape, each under an id of our own."""

    def __init__(self, context: AgentContext[Any], converter: ResponseStreamConverter) -> None:
        self._context = context
        self._converter = converter
        self._items: dict[int, GeneratedImageItem] = {}

    def begin(self, place: int) -> None:
        """The model begins a picture, at that place of its output."""
        item = GeneratedImageItem(
            id=self._context.generate_id("message"),
            thread_id=self._context.thread.id,
            created_at=clock.now(),
        )
        self._items[place] = self._context.generated_image_item = item
        # A workflow goes on around pictures: the model may think on, and draw again.
        self._context.emit(ThreadItemAddedEvent(item=item.model_copy()), ends_workflow=False)

    async def show_partial(self, event: Any) -> None:
        """An unfinished version is there."""
        item = self._items.get(event.output_index)
        if item is None:
            return
        number = event.partial_image_index
        item.image = await self._image(event.item_id, event.partial_image_b64, number)
        progress = self._converter.partial_image_index_to_progress(number)
        update = GeneratedImageUpdated(image=item.image, progress=progress)
        self._context.emit(ThreadItemUpdatedEvent(item_id=item.id, update=update))

    async def finish(self, place: int, call: Any) -> None:
        """The picture is there; if it came to nothing, it goes away again."""
        item = self._items.pop(place, None)
        if item is None:
            return
        if call.result:
            item.image = await self._image(call.id, call.result)
            self._context.emit(ThreadItemDoneEvent(item=item.model_copy()), ends_workflow=False)
        else:
            self._context.emit(ThreadItemRemovedEvent(item_id=item.id))
        if self._context.generated_image_item is item:
            self._context.generated_image_item = None

    async def _image(self, image_id: str, data: str, number: int | None = None) -> GeneratedImage:
        url = await self._converter.base64_image_to_url(image_id, data, number)
        return GeneratedImage(id=image_id, url=url)
