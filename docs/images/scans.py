"""Take the picture of docs/scanning.md of the page that reads ticked sheets: `make start-pictures`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from browser.conftest import EXAMPLES
from click.testing import CliRunner
from simulate_scans import simulated
from start import page_in, taken

from pdfgen.cli.app import program


def main() -> None:
    """Write `scans.png` beside this file."""
    with tempfile.TemporaryDirectory() as name, page_in("en") as here:
        here.tab("Ticked sheets")
        here.page.locator('input[data-file="scans"]').set_input_files(_photo(Path(name)))
        here.page.locator(".decide .crop").wait_for(timeout=90_000)
        here.page.locator(".decide").evaluate("node => node.scrollIntoView()")
        taken(here, "scans")


def _photo(folder: Path) -> Path:
    """Return a scan of a week sheet that somebody filled in, some boxes of which are unsure."""
    for name in ("clinic.yaml", "logo.svg"):
        shutil.copy(EXAMPLES / name, folder)
    text = (EXAMPLES / "patient.yaml").read_text(encoding="utf-8")
    text += '\nread_back: true\ntracker_weeks: "1"\n'
    (folder / "patient.yaml").write_text(text, encoding="utf-8")
    sheets, scan = folder / "sheets.pdf", folder / "monday.jpg"
    made = ["generate", str(folder / "patient.yaml"), "--layout", "tracker", "-o", str(sheets)]
    CliRunner().invoke(program, made, catch_exceptions=False)
    simulated(sheets, 0, "scan 100 dpi", 7545)[2].save(scan, quality=80)
    return scan


if __name__ == "__main__":
    main()
