"""The paths that are the host's own, and what a plain path looks like."""

from __future__ import annotations

import re

# The page, and what belongs to it and to those who watch over the server.
TAKEN = re.compile(r"/|/(about|healthz|readyz|openapi\.json|widgets|assets|chatkit.*\.js)(/.*)?")
PLAIN = re.compile(r"(/[A-Za-z0-9._~-]+)+|/")


def is_under(path: str, above: str) -> bool:
    """Whether a path is another one, or lies below it."""
    return path == above or path.startswith(above.rstrip("/") + "/")
