"""`python -m pdfgen`, and the installed command `pdfgen`."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import FrameType, FunctionType
from typing import NoReturn, cast

#: Words that one frame is said to need, of 8 bytes: 256 kB, in a piece of twice as much.
_ROOM = 1 << 15


def main() -> NoReturn:
    """Run the command line of this process, and exit."""
    # Importing takes a moment, in which Ctrl-C would print a traceback. Nothing is begun, so leave at once.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    from pdfgen.cli.app import main as run

    _with_room(run)()


def _with_room(function: Callable[[], NoReturn]) -> Callable[[], NoReturn]:
    """Return a function with the same code, below which all calls find room in one piece of memory.

    CPython takes memory for the frames of calls in pieces of 16 kB, and gives a piece back when the first
    call in it ends. A loop that happens to run at the end of a piece asks the system for one at every turn:
    importing pydantic did so 5,000 times, a tenth of the time of a run. A frame that claims more than a piece
    gets a larger one, whose rest is for the calls below; what is not used of it takes no memory.
    """
    code = function.__code__.replace(co_stacksize=_ROOM)
    return cast("Callable[[], NoReturn]", FunctionType(code, function.__globals__))


def _leave(signal_number: int, frame: FrameType | None) -> NoReturn:
    os._exit(130)


if __name__ == "__main__":
    main()
