"""How much hypothesis tries: a little here, more where `HYPOTHESIS_PROFILE=long` asks for it.

What it finds once it should find again, so runs are derandomized but for the long one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def tries(count: int) -> Callable[[Any], Any]:
    """Settings for a property: this many examples, a hundred times as many in the long profile."""
    return settings(
        max_examples=count * 100 if LONG else count,
        derandomize=not LONG,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
