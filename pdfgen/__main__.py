"""`python -m pdfgen`, and the installed command `pdfgen`."""

from __future__ import annotations

from pdfgen.cli.app import main

if __name__ == "__main__":
    main()
