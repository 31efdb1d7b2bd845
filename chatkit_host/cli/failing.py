"""User mistakes and our bugs end differently."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from chatkit_host.errors import ConfigError
from chatkit_host.ids import new_id

DONE, THEIRS, OURS = 0, 1, 3


def ends_well(command: Callable[[], int], *, debug: bool) -> int:
    """Run a command, and turn what it raises into an exit status and a message.

    Args:
        command: gives its own exit status.
        debug: show the traceback of a bug instead of writing it to a file.
    """
    try:
        return command()
    except ConfigError as error:
        say(str(error))
        return THEIRS
    except BrokenPipeError:
        # Whoever read our output has left; Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return THEIRS
    except KeyboardInterrupt:
        return THEIRS
    except Exception as error:
        return _own_up(error, debug=debug)


def say(message: str) -> None:
    """A line for the person, not for the pipe."""
    print(message, file=sys.stderr)


def _own_up(error: Exception, *, debug: bool) -> int:
    error_id = new_id("err")
    text = "".join(traceback.format_exception(error))
    where = None if debug else _write_log(error_id, text)
    say(f"chatkit-host failed, and that is its own fault ({error_id}).")
    say(f"Please report it with {where}." if where else text)
    return OURS


def _write_log(error_id: str, text: str) -> Path | None:
    """The log's path; None where nothing can be written."""
    try:
        path = state_folder() / f"{error_id}.log"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return path


def state_folder() -> Path:
    """Where this program keeps its own things, as the XDG base directories have it."""
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    folder = Path(home) / "chatkit-host"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
