"""Reading and checking: files become frozen models, with every problem at its line."""
