"""The page in the browser: its files, the engine that it asks, and the server on this computer."""
