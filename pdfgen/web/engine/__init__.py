"""What the page asks for: named operations, plain data and bytes in and out (docs/engine.md).

Nothing here knows how a request came: `pdfgen serve` and `pdfgen.html` share all of it.
"""
