"""The start of the program: room for the frames of all calls."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pdfgen.__main__ import _with_room

#: Prints how often memory was asked for while a function was called 500 times, at the worst depth of calls.
PROBE = """
import resource, sys
from pdfgen.__main__ import _with_room

def nothing():
    pass

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(500):
        nothing()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

def worst():
    return deep(250)

def deep(depth):
    return max(faults(), deep(depth - 1)) if depth else 0

print(_with_room(worst)() if sys.argv[1:] else worst())
"""


def faults(*arguments: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, timeout=60, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="counts page faults as Unix does")
class TestRoom:
    def test_no_depth_of_calls_asks_for_memory_at_every_call(self) -> None:
        assert faults("with room") < 250

    @pytest.mark.skipif(sys.version_info >= (3, 13), reason="newer versions may have mended it")
    def test_without_it_one_does(self) -> None:
        """Where this fails, Python has been mended, and the room can go."""
        assert faults() >= 500


def test_the_function_is_the_same() -> None:
    def fails() -> None:
        raise ValueError("told")

    with pytest.raises(ValueError, match="told"):
        _with_room(fails)()  # type: ignore[arg-type]
