"""Home-exercise programs for low back pain as accessible PDFs.

The pipeline is in `pdfgen.press`; the command line is `pdfgen --help`.
"""

__version__ = "0.1.0"
