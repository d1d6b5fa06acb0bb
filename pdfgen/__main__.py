"""`python -m pdfgen`, and the installed command `pdfgen`."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line of this process, and exit."""
    # Importing takes a moment, in which Ctrl-C would print a traceback. Nothing is begun, so leave at once.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    from pdfgen.cli.app import main as run

    run()


def _leave(signal_number: int, frame: FrameType | None) -> NoReturn:
    os._exit(130)


if __name__ == "__main__":
    main()
