"""Finished bytes to where they belong, written whole or not at all, and verified on request."""
