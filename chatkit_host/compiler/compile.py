"""The whole compilation, told from the top."""

from __future__ import annotations

from chatkit_host.compiler.app import App
from chatkit_host.compiler.attachments import compile_attachments
from chatkit_host.compiler.endpoints import compile_endpoints
from chatkit_host.compiler.plugins import open_plugins
from chatkit_host.compiler.program import Program
from chatkit_host.compiler.python_server import PythonParts, compile_python_server
from chatkit_host.compiler.server import compile_server
from chatkit_host.config import Loaded
from chatkit_host.store import open_store


def compile_app(loaded: Loaded, key: bytes | None = None) -> App:
    """A loaded and checked chatkit.yaml as an app that can be started.

    1. `storage:` names the store, `attachments:` the place for files; nothing is opened yet.
    2. `tools:`, `widgets:`, `actions:`, `state:` and `agents:` become a program, whose parts find
       each other by name. The Agents SDK is not imported before the app starts.
    3. A `ChatKitServer` is generated, whose `respond` and `action` run that program.

    With `server: { python: … }` the class that it names takes the place of 2 and 3.

    Args:
        loaded: the file.
        key: the host's secret, which signs links to files; without it they end with the process.

    Raises:
        ConfigError: a plugin cannot be imported, or the storage cannot be used.
    """
    config = loaded.config
    store = open_store(config.storage.url.get_secret_value(), base_dir=loaded.base_dir)
    open_plugins(config, loaded.base_dir)
    uploads = compile_attachments(config, loaded.base_dir, store, key)
    files = None if uploads is None else uploads.store
    if config.server.python is not None:
        parts = PythonParts(config, store)
        return App(config, parts, compile_python_server(config, parts, files), uploads)
    program = Program(config, loaded.base_dir, store, uploads)
    server = compile_server(config, program, store, files)
    return App(config, program, server, uploads, compile_endpoints(config, program, server))
