"""Write requirements/*.txt, the versions that the Makefile installs: `make lock`.

One resolution of everything in pyproject.toml, for Python 3.11 and newer on every system, in five files:
`run` (making programs, and installing this folder), `test`, `dev`, `bench` and `browser`. A file
holds only what those that it builds on do not hold. `uv` resolves; plain pip reads what is written:

    pip install --require-hashes --no-deps -r requirements/run.txt
    pip install --no-deps --no-build-isolation --editable .
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "requirements"

#: A file, the extra of pyproject.toml that it adds (None: what making programs takes), and what it builds on.
LAYERS: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "run": (None, ()),
    "test": ("test", ("run",)),
    "dev": ("dev", ("run", "test")),
    "bench": ("bench", ("run", "test")),
    "browser": ("browser", ("run", "test")),
}

#: What hatchling asks for by itself when a folder is installed as it stands (`--editable`).
FOR_EDITABLE = "editables"

#: Newer ones have no finished files for macOS 14, nor for a Mac with an Intel processor.
FOR_OLDER_MACS = "pikepdf<10.14"

_HEADER = """\
# Versions that the Makefile installs, with the digests of their files. Written by `make lock`; not by hand.
"""


def main() -> int:
    """Resolve everything, and write each file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    also = "\n".join([*project["build-system"]["requires"], FOR_EDITABLE, FOR_OLDER_MACS])
    own = project["project"]["name"]
    with tempfile.TemporaryDirectory() as folder:
        everything = Path(folder) / "all.txt"
        everything.write_text(resolved(also, own, "--all-extras"), encoding="utf-8")
        written: dict[str, dict[str, str]] = {}
        for name, (extra, below) in LAYERS.items():
            choice = ("--extra", extra) if extra else ()
            text = resolved(also, own, *choice, "--constraint", str(everything))
            known = {pin for layer in below for pin in written[layer]}
            written[name] = {pin: entry for pin, entry in entries(text) if pin not in known}
    FOLDER.mkdir(exist_ok=True)
    for name, kept in written.items():
        (FOLDER / f"{name}.txt").write_text(_HEADER + "".join(kept.values()), encoding="utf-8", newline="\n")
    return 0


def resolved(also: str, own: str, *choice: str) -> str:
    """Return a requirements file with pinned versions and digests, for all systems at once.

    Raises:
        SystemExit: nothing fits together, or the index of packages cannot be reached; uv has said so.
    """
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "-", "--universal",
        "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate", "--quiet",
        "--no-emit-package", own, *choice,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, input=also, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout


def entries(text: str) -> Iterator[tuple[str, str]]:
    """Return, for each package, its name and version, and the lines that pin it with its digests."""
    for found in re.finditer(r"^([a-z0-9][^ ]*) .*\n(?: .*\n)*", text, re.MULTILINE | re.IGNORECASE):
        yield found[1], found[0]


if __name__ == "__main__":
    sys.exit(main())
