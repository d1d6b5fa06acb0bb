"""Name the installed packages whose versions are not those of requirements/*.txt: for `make test-newest`."""

from __future__ import annotations

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "requirements"


def main() -> int:
    """Print a line for each package that differs."""
    locked: dict[str, set[str]] = {}
    for path in FOLDER.glob("*.txt"):
        for name, version in re.findall(r"^(\S+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            locked.setdefault(name, set()).add(version)
    installed = {re.sub(r"[-_.]+", "-", one.name).lower(): one.version for one in distributions()}
    newer = [
        f"{name} {version} (locked: {', '.join(sorted(locked[name]))})"
        for name, version in sorted(installed.items())
        if name in locked and version not in locked[name]
    ]
    print("newer than what is locked: " + ("; ".join(newer) or "nothing"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
