"""The version of pdfgen."""

__version__ = "0.1.0"
