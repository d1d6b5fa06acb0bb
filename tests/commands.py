"""Commands of pdfgen, in this process or in one of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from pdfgen.cli.app import program

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def subprocess_run(*arguments: str | Path, cwd: Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pdfgen", *map(str, arguments)],
        cwd=cwd, capture_output=True, timeout=120, check=False, **options,
    )  # fmt: skip
