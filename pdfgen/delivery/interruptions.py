"""Requests to end (Ctrl-C, SIGTERM), put off until what belongs together is done."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any

#: Requests to end; not every system has all.
STOPPING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off requests to end until things that belong together are done."""
    with interruptible() as together, together:
        yield


@contextlib.contextmanager
def interruptible() -> Iterator[Together]:
    """Give a context in which requests to end are put off; it may be entered again and again.

    Between two times they have their usual effect.
    """
    if threading.current_thread() is not threading.main_thread():
        yield Together({})
        return
    before = {number: handler for number in STOPPING if callable(handler := signal.getsignal(number))}
    together = Together(before)
    try:
        for number in before:
            signal.signal(number, together.ask)
        yield together
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Together:
    """Puts off requests to end while it is entered.

    Args:
        handlers: what is done on a request.
    """

    def __init__(self, handlers: Mapping[signal.Signals, Callable[[int, FrameType | None], Any]]) -> None:
        self._handlers = handlers
        self._depth = 0
        self._asked: list[tuple[int, FrameType | None]] = []

    def ask(self, number: int, frame: FrameType | None) -> None:
        """Take a request to end."""
        if self._depth:
            self._asked.append((number, frame))
        else:
            self._handlers[signal.Signals(number)](number, frame)

    def __enter__(self) -> None:
        self._depth += 1

    def __exit__(self, *reason: object) -> None:
        self._depth -= 1
        if self._asked and not self._depth:
            number, frame = self._asked[0]
            self._asked.clear()
            self._handlers[signal.Signals(number)](number, frame)
