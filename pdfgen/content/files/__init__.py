"""Files as they are read: bytes, strict YAML and JSON with their places, merging, what is shipped."""
