"""A document as a tagged PDF file, and a PDF file read back."""
