"""Typesetting: a plan in a layout becomes a document of placed items. It knows no PDF and opens no files."""
