"""Rules that no single field can check, within a file and between files."""
