"""The generated server: a `ChatKitServer` whose `respond` and `action` come from the file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from chatkit_host.actions import Action
from chatkit_host.compiler.approvals import is_approval
from chatkit_host.compiler.hooks import NEW_KEY
from chatkit_host.compiler.program import Program
from chatkit_host.config.root import Config
from chatkit_host.context import RequestContext
from chatkit_host.server import ChatKitServer, TurnPolicy
from chatkit_host.store import AttachmentStore, Store
from chatkit_host.types import (
    AudioInput,
    FeedbackKind,
    StreamEvent,
    StreamOptions,
    SyncCustomActionResponse,
    ThreadMetadata,
    TranscriptionResult,
    UserMessageItem,
    WidgetItem,
)


def compile_server(
    config: Config,
    program: Program,
    store: Store[RequestContext],
    attachment_store: AttachmentStore[RequestContext] | None = None,
) -> ChatKitServer[RequestContext]:
    """The server of one configuration."""
    allow_cancel = config.respond.allow_cancel

    class CompiledServer(ChatKitServer[RequestContext]):
        def respond(
            self,
            thread: ThreadMetadata,
            input_user_message: UserMessageItem | None,
            context: RequestContext,
        ) -> AsyncIterator[StreamEvent]:
            return program.respond_to(thread, input_user_message, context)

        async def check_user_message(
            self, thread: ThreadMetadata, message: UserMessageItem, context: RequestContext
        ) -> None:
            program.picks.check(message.inference_options)

        async def check_action(
            self,
            thread: ThreadMetadata,
            action: Action[str, Any],
            sender: WidgetItem | None,
            context: RequestContext,
            *,
            sync: bool,
        ) -> None:
            if is_approval(action):
                await program.approvals.check(thread, action, sender, context, sync=sync)
            else:
                program.actions.check(action, sender, sync=sync)

        def action(
            self,
            thread: ThreadMetadata,
            action: Action[str, Any],
            sender: WidgetItem | None,
            context: RequestContext,
        ) -> AsyncIterator[StreamEvent]:
            return program.act(thread, action, sender, context)

        async def sync_action(
            self,
            thread: ThreadMetadata,
            action: Action[str, Any],
            sender: WidgetItem | None,
            context: RequestContext,
        ) -> SyncCustomActionResponse:
            return await program.act_sync(thread, action, sender, context)

        async def settle_thread(
            self, thread: ThreadMetadata, context: RequestContext
        ) -> Sequence[StreamEvent]:
            return await program.settle(thread, context)

        def build_thread(self, thread_id: str, context: RequestContext) -> ThreadMetadata:
            thread = super().build_thread(thread_id, context)
            program.limit_images(thread)
            if program.hooks.welcomes:
                thread.metadata[NEW_KEY] = True
            return thread

        async def add_feedback(
            self,
            thread_id: str,
            item_ids: list[str],
            feedback: FeedbackKind,
            context: RequestContext,
        ) -> None:
            await super().add_feedback(thread_id, item_ids, feedback, context)
            if program.hooks.hears_feedback:
                async with self.changing_thread(thread_id, context) as thread:
                    await program.hear(thread, item_ids, feedback, context)

        async def transcribe(
            self, audio_input: AudioInput, context: RequestContext
        ) -> TranscriptionResult:
            if program.transcriber is None:
                return await super().transcribe(audio_input, context)
            return TranscriptionResult(text=await program.transcriber.transcribe(audio_input))

        def get_stream_options(
            self, thread: ThreadMetadata, context: RequestContext
        ) -> StreamOptions:
            return StreamOptions(allow_cancel=allow_cancel)

    server = CompiledServer(store, attachment_store, policy=turn_policy(config))
    server.live_threads = program.live_threads
    return server


def turn_policy(config: Config) -> TurnPolicy:
    """What `respond:` says of turns."""
    return TurnPolicy(
        on_disconnect=config.respond.on_disconnect, concurrency=config.respond.concurrency
    )
