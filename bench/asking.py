"""The requests that both sides get."""

from __future__ import annotations

import json


def create_thread(text: str) -> bytes:
    """A `threads.create` whose first message is `text`."""
    message = {
        "content": [{"type": "input_text", "text": text}],
        "attachments": [],
        "inference_options": {},
    }
    return json.dumps({"type": "threads.create", "params": {"input": message}}).encode()
