"""A document as a tagged PDF file, and a PDF file read back. ReportLab lives here and nowhere else."""
