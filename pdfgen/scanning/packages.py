"""Whether what reads scans is installed; this module can be imported where it is not."""

from __future__ import annotations

from pdfgen.errors import missing_extra


def missing_packages() -> str:
    """Return what to install before scans can be read; empty where nothing is missing."""
    return missing_extra("scan", "numpy", "PIL", "pypdfium2", "zxingcpp")
