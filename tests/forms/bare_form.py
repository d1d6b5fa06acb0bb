"""Write the form of a program for a screen without its words and drawings, which make a file large.

python tests/forms/bare_form.py TARGET.pdf
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pikepdf

from pdfgen.cli.app import program

_PATIENT = """patient: {label: X}
language: en
program: short-four
start: 2026-03-02
weeks: 2
days: [mon, wed, fri]
"""
_LEFT_OUT = ("/StructTreeRoot", "/Outlines", "/Names", "/OutputIntents")


def main(target: str) -> None:
    """Make a program and write its form."""
    with tempfile.TemporaryDirectory() as folder:
        patient, whole = Path(folder, "p.yaml"), Path(folder, "p.pdf")
        patient.write_text(_PATIENT, encoding="utf-8")
        program.main(
            ["generate", str(patient), "--layout", "screen", "-o", str(whole)], standalone_mode=False
        )
        with pikepdf.open(whole) as pdf:
            for page in pdf.pages:
                page.Contents, page.Resources = pdf.make_stream(b" "), pikepdf.Dictionary()
            for key in _LEFT_OUT:
                if key in pdf.Root:
                    del pdf.Root[key]
            pdf.save(target)


if __name__ == "__main__":
    main(sys.argv[1])
