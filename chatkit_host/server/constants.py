"""Numbers and texts of the protocol's server side that users may want to name."""

from __future__ import annotations

DEFAULT_PAGE_SIZE = 20
"""Items or threads in a page when the client names no limit (the protocol's own default)."""

MAX_PAGE_SIZE = 200
"""The longest page that a client may ask for; a larger limit is taken as this one."""

LONGEST_TITLE = 1_000
"""The characters of a title that a client may give; each list of threads has them all."""

DEFAULT_ERROR_MESSAGE = "Something went wrong while the answer was being made."
"""What a person reads when a turn fails for a reason that is ours to know and not theirs."""

CANCELLED_NOTE = "The user stopped the previous answer. Do not go on with it unless asked to."
"""Kept in the thread for the model after a cancelled turn, or it may pick the old answer up."""

UNANSWERED_CALL = (
    "No result: the page never answered this call. It was left or loaded anew, or the user went on "
    "without it."
)
"""The output of a client tool call that is closed, since nobody can answer it any more."""

LATE_ANSWERS = (
    "The user has only now answered the questions that were put earlier; the answers stand with "
    "them. Go on from there."
)
"""Kept for the model where something was said between the questions and their answers."""
