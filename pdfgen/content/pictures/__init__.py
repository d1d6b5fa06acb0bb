"""Drawings, photographs and logos as values, and how they are read."""
