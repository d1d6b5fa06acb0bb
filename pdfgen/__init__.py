"""Home-exercise programs for low back pain as accessible PDFs.

The pipeline is in `pdfgen.production.program`; the command line is `pdfgen --help`.
"""

__version__ = "0.1.0"
