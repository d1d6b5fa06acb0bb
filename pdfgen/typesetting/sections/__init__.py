"""Sections of the document. Each turns its part of the plan into blocks."""
