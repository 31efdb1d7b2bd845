"""`server: { python: … }`: a class of the author's own, made and checked when the host boots."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatkit_host.compiler import App, compile_app
from chatkit_host.config import load
from chatkit_host.errors import ConfigError
from tests.compiler.bots import Conversation, said
from tests.plugins import forget_plugins
from tests.server.servers import ask, request
from tests.web.attachments.files import TAKING, send, send_announced, uploading

FILE = """
server: { python: "bot_of_test:Bot" }
plugins: [bot_of_test]
storage: "memory:"
"""

START = """
from datetime import datetime
from chatkit_host.server import ChatKitServer, TurnPolicy
from chatkit_host.types import *

class Base(ChatKitServer):
    async def respond(self, thread, input_user_message, context):
        text = input_user_message.content[0].text
        yield ThreadItemDoneEvent(item=AssistantMessageItem(
            id=self.store.generate_item_id("message", thread, context),
            thread_id=thread.id,
            created_at=datetime.now(),
            content=[AssistantMessageContent(text=f"{context.user['name']}: {text}")],
        ))

"""


@pytest.fixture(autouse=True)
def _imported_anew() -> Iterator[None]:
    with forget_plugins("bot_of_test"):
        yield


def app_of(folder: Path, code: str, more: str = "", start: str = START) -> App:
    text = textwrap.dedent(code)
    (folder / "bot_of_test.py").write_text(start + text, encoding="utf-8")
    (folder / "chatkit.yaml").write_text(FILE + more, encoding="utf-8")
    return compile_app(load(folder / "chatkit.yaml", {}))


@pytest.mark.parametrize(
    "init",
    [
        "pass",
        "def __init__(self, store, attachment_store=None): super().__init__(store)",
        "def __init__(self, data_store, attachment_store): super().__init__(data_store)",
        "def __init__(self, *, store): super().__init__(store=store)",
        "def __init__(self, **given): super().__init__(**given)",
        "def __init__(self, store, extra=1): super().__init__(store)",
    ],
)
async def test_a_class_is_made_with_the_host_s_store(tmp_path: Path, init: str) -> None:
    app = app_of(tmp_path, f"class Bot(Base):\n    {init}\n")
    assert app.server.store is app.store
    await app.start()
    talk = Conversation(app)
    assert said(await talk.say("Hello")) == ["Ann: Hello"]
    assert len(await talk.items()) == 2
    await app.ready()
    await app.close()


WRONG = {
    "class Other: pass": "cannot be loaded: AttributeError: .*'Bot'",
    "1 / 0": r"cannot be loaded: ZeroDivisionError: .* \(.*bot_of_test.py, line \d+\)",
    "import nowhere_to_be_found": "cannot be loaded: ModuleNotFoundError",
    "class Bot: pass": "is no subclass of chatkit_host.server.ChatKitServer",
    "Bot = 5": "is no class",
    "Bot = Base(None)": "is a server, and not a class",
    "class Bot(ChatKitServer): pass": r"does not define respond\(\)",
    "class Bot(Base):\n    def __init__(self): super().__init__(None)": (
        r"\(\) takes no `store`, and the host gives it one; write def __init__\(self, store"
    ),
    "class Bot(Base):\n    def __init__(self, store, db): pass": (
        r"\(store, db\) asks for more than the host has \(missing a required argument: 'db'\)"
    ),
    "class Bot(Base):\n    def __init__(self, store): pass": (
        r"has an __init__ that does not call super\(\).__init__\(store"
    ),
    "class Bot(Base):\n    def __init__(self, store): raise KeyError('DB_URL')": (
        "cannot be made: KeyError: 'DB_URL'"
    ),
}


@pytest.mark.parametrize("code", WRONG)
def test_what_cannot_answer_is_refused_at_boot(tmp_path: Path, code: str) -> None:
    with pytest.raises(ConfigError, match=f"^server.python: bot_of_test:Bot ?{WRONG[code]}"):
        app_of(tmp_path, code)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_class_of_the_sdk_is_told_what_to_import(tmp_path: Path) -> None:
    code = """
    class Bot(ChatKitServer):
        async def respond(self, thread, input_user_message, context):
            yield
    """
    with pytest.raises(ConfigError, match="write chatkit_host for chatkit in its imports"):
        app_of(tmp_path, code, start="from chatkit.server import ChatKitServer\n")


async def test_the_file_s_policy_holds_where_it_says_one_and_else_the_class_s(
    tmp_path: Path,
) -> None:
    code = """
    class Bot(Base):
        def __init__(self, store):
            super().__init__(store, policy=TurnPolicy(concurrency="interrupt"))
    """
    with forget_plugins("bot_of_test"):
        assert app_of(tmp_path, code).server.turns.policy.concurrency == "interrupt"
    app = app_of(tmp_path, code, "respond: { concurrency: queue, on_disconnect: continue }")
    assert app.server.turns.policy.concurrency == "queue"
    assert app.server.turns.policy.on_disconnect == "continue"


HEARING = """
transcription: { model: openai/whisper-1, api_key: none }
"""


async def test_dictation_is_the_host_s_unless_the_class_hears_itself(tmp_path: Path) -> None:
    body = request("input.transcribe", audio_base64="AAEC", mime_type="audio/webm")
    code = """
    class Bot(Base):
        async def transcribe(self, audio_input, context):
            return TranscriptionResult(text="heard")
    """
    with forget_plugins("bot_of_test"):
        app = app_of(tmp_path, code, HEARING)
        assert await ask(app.server, body, None) == {"text": "heard"}
        await app.close()
    app = app_of(tmp_path, "class Bot(Base): pass", HEARING)
    with pytest.raises(Exception, match=r"[Rr]ecording|audio"):  # the host's own check of sound
        await app.server.process(body, None)  # type: ignore[arg-type]
    await app.close()


def test_people_read_which_class_it_is(tmp_path: Path) -> None:
    app = app_of(tmp_path, "class Bot(Base): pass")
    assert app.describe() == {
        "server": ["bot_of_test:Bot"],
        "attachments": [],
        "transcription": [],
    }


READING = """
class Bot(Base):
    async def respond(self, thread, input_user_message, context):
        [file] = input_user_message.attachments
        data = await self.attachment_store.load(file.id, context)
        text = f"{file.name} holds {data.decode()}, says {context.user['id'][:4]}"
        yield ThreadItemDoneEvent(item=AssistantMessageItem(
            id=self.store.generate_item_id("message", thread, context),
            thread_id=thread.id,
            created_at=datetime.now(),
            content=[AssistantMessageContent(text=text)],
        ))
"""


async def test_it_is_served_with_users_and_uploads_of_the_host_s(tmp_path: Path) -> None:
    (tmp_path / "bot_of_test.py").write_text(START + READING, encoding="utf-8")
    async with uploading(tmp_path, FILE, TAKING) as visitor:
        attachment, response = await send_announced(visitor, "a.txt", "text/plain", b"words")
        assert response.is_success
        await send(visitor, attachment)
        assert visitor.said() == "a.txt holds words, says anon"
        page = (await visitor.browser.get("/")).text
    assert "What runs here" in page
