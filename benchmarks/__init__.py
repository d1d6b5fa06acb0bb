"""How quick pdfgen is, beside other ways to the same: `make bench`, or `python -m benchmarks.<name>`.

What is measured, and what comes out: docs/performance.md.
"""
