"""Numbers and texts of the protocol's server side that users may want to name."""

from __future__ import annotations

DEFAULT_PAGE_SIZE = 20
"""Items or threads in a page when the client names no limit (the protocol's own default)."""

MAX_PAGE_SIZE = 200
"""The longest page that a client may ask for; a larger limit is taken as this one."""

DEFAULT_ERROR_MESSAGE = "Something went wrong while the answer was being made."
"""What a person reads when a turn fails for a reason that is ours to know and not theirs."""

CANCELLED_NOTE = "The user stopped the previous answer. Do not go on with it unless asked to."
"""Kept in the thread for the model after a cancelled turn, or it may pick the old answer up."""
