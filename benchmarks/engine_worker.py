"""One engine in a process of its own: it makes a document for each line that comes in. For `engines`.

A line is the number of the document. Back come, as JSON, wall-clock and processor seconds.
"""

from __future__ import annotations

import importlib
import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.content import Content
from benchmarks.measure import timed

OWN, OWN_COLD, TYPST_COLD = "pdfgen", "pdfgen, nothing kept", "Typst, every text new"

MODULES = {
    "ReportLab Platypus": "reportlab_platypus",
    "fpdf2": "fpdf2_pages",
    "WeasyPrint": "weasyprint_html",
    "Typst": "typst_source",
    TYPST_COLD: "typst_source",
}


def maker(engine: str, content: Content) -> Callable[[int], Callable[[], bytes]]:
    """Return what gets everything ready for the document of a number, and returns what makes it.

    Args:
        content: what other engines are to set.
    """
    if engine in (OWN, OWN_COLD):
        own = importlib.import_module("benchmarks.renderers.own")

        def ready(number: int) -> Callable[[], bytes]:
            make: Callable[[], bytes] = own.ready(f"{content.label} {number}")
            if engine == OWN_COLD:
                own.forget()
            return make

        return ready
    render = importlib.import_module(f"benchmarks.renderers.{MODULES[engine]}").render

    def other(number: int) -> Callable[[], bytes]:
        label = content.label
        new = f"{label} {number}"
        changed = content.worded(
            lambda text: f"{text} {number}" if engine == TYPST_COLD and text else text.replace(label, new)
        )
        return lambda: bytes(render(changed))

    return other


def main() -> None:
    """Make documents until no more are asked for."""
    engine, path, sample = sys.argv[1:]
    content: Content = pickle.loads(Path(path).read_bytes())
    ready = maker(engine, content)
    for line in sys.stdin:
        make = ready(int(line))
        made: list[bytes] = []
        took = timed(lambda: made.append(make()))  # noqa: B023
        Path(sample).write_bytes(made[0])
        print(json.dumps([took.wall, took.cpu]), flush=True)


if __name__ == "__main__":
    main()
