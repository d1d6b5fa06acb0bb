"""The interface strings of a language: translators write none that no page uses."""

from __future__ import annotations

import re

from programs import ROOT

from pdfgen.content.models.strings import Strings


def test_every_string_is_used() -> None:
    sources = (file.read_text(encoding="utf-8") for file in (ROOT / "pdfgen").rglob("*.py"))
    used = {name for source in sources for name in re.findall(r"\bstrings\.(\w+)", source)}
    assert set(Strings.model_fields) <= used
