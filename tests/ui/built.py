"""The element as `make serve` builds it; built once, whichever process of the suite comes first."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "chatkit_host/web/static"


def build() -> None:
    """Build what is missing or stale; without Node skip the test, unless all is wanted."""
    if not shutil.which("npm") and not (STATIC / "chatkit.js").exists():
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail("The element is not built, and there is no npm to build it.")
        pytest.skip("The element is not built, and there is no npm to build it.")
    with (ROOT / "ui/.building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_stale():
            subprocess.run([ROOT / ".ci/build-ui"], check=True, capture_output=True)


def _is_stale() -> bool:
    built = STATIC / "chatkit.js"
    if not built.exists():
        return True
    sources = [*(ROOT / "ui/src").rglob("*.*"), ROOT / "ui/package-lock.json"]
    return max(path.stat().st_mtime for path in sources) > built.stat().st_mtime
