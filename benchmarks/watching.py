"""A process watched from outside: memory and processor time as it goes, and when its files were written."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Sample, environment, finish_process

#: Seconds between two looks.
_INTERVAL = 0.02


class Look(NamedTuple):
    """What was seen at a moment: seconds of the clock, megabytes, processor seconds since the start."""

    moment: float
    megabytes: float
    cpu: float


class Tenth(NamedTuple):
    """A tenth of the files: how long it took, and the memory at its end."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Watched:
    """A run that has ended.

    Attributes:
        sample: of the whole run.
        looks: while it ran; none where the system does not tell.
        start: seconds of the clock.
        written: when each file was, in order.
    """

    sample: Sample
    looks: tuple[Look, ...]
    start: float
    written: tuple[float, ...]

    def rate(self, first: float, last: float) -> float:
        """Return files a processor second between two parts (0 to 1) of all files.

        Where the system tells no processor time it is files a second.
        """
        count = len(self.written)
        low, high = int(first * count), max(int(last * count) - 1, 0)
        begin, end = self.written[low], self.written[high]
        spent = self._seen(end).cpu - self._seen(begin).cpu if self.looks else end - begin
        return (high - low) / spent if spent > 0 else 0.0

    def tenths(self) -> tuple[Tenth, ...]:
        """Return how the run went, tenth by tenth of the files; the first has the start in it."""
        ends = [self.written[max(len(self.written) * part // 10 - 1, 0)] for part in range(1, 11)]
        begins = [self.start, *ends[:-1]]
        return tuple(
            # Moments of files are only as fine as the clock of the file system.
            Tenth(max(end - begin, 1e-3), self._seen(end).megabytes if self.looks else self.sample.megabytes)
            for begin, end in zip(begins, ends, strict=True)
        )

    def _seen(self, moment: float) -> Look:
        """Return what would have been seen at a moment, in between two looks."""
        index = bisect_right(self.looks, moment, key=lambda look: look.moment)
        if index in (0, len(self.looks)):
            return self.looks[min(index, len(self.looks) - 1)]
        before, after = self.looks[index - 1], self.looks[index]
        part = (moment - before.moment) / (after.moment - before.moment)
        return Look(moment, after.megabytes, before.cpu + part * (after.cpu - before.cpu))


def watch(command: list[str], folder: Path) -> Watched:
    """Run a command that writes PDFs into a folder, and watch it.

    Raises:
        SystemExit: it failed.
    """
    start, began = time.time(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment())
    looks: list[Look] = []
    ended = threading.Event()
    watcher = threading.Thread(target=_look, args=(process.pid, looks, ended))
    watcher.start()
    try:
        sample = finish_process(process, began)
    finally:
        ended.set()
        watcher.join()
    written = sorted(path.stat().st_mtime for path in folder.glob("*.pdf"))
    return Watched(sample, tuple(looks), start, tuple(written))


def _look(pid: int, looks: list[Look], ended: threading.Event) -> None:
    """Look at a process until it has ended; Linux tells what others do not."""
    memory, times = Path(f"/proc/{pid}/statm"), Path(f"/proc/{pid}/stat")
    while not ended.wait(_INTERVAL):
        try:
            pages = int(memory.read_text().split()[1])
            # The name in brackets may hold spaces; user and system time are the 12th and 13th after it.
            user, system = times.read_text().rpartition(")")[2].split()[11:13]
        except (OSError, IndexError):
            return
        ticks = os.sysconf("SC_CLK_TCK")
        megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
        if megabytes:
            looks.append(Look(time.time(), megabytes, (int(user) + int(system)) / ticks))
