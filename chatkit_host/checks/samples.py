"""`sample` of a widget: the data to look at it with, held against the data that it takes."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.config import codes


def check_samples(checking: Checking) -> None:
    """Notes what is wrong with a sample, each at its own place.

    The schema of an export is in its file, and is held against the sample when that is rendered.
    """
    for name, widget in checking.config.widgets.items():
        if widget.sample is None or widget.data is None:
            continue
        from jsonschema import Draft202012Validator  # slow to import, and seldom needed

        for problem in Draft202012Validator(widget.data).iter_errors(widget.sample):
            where = ("widgets", name, "sample", *problem.absolute_path)
            checking.found.add(codes.BAD_VALUE, where, problem.message)
