"""Week sheets come back: pictures of pages, and forms filled on a screen, become readings of boxes.

A sheet's code says where each box stands (`typesetting.sheet_payload`, `typesetting.tracker_geometry`), so
nothing else has to be kept to read one. What cannot be told for sure is *unsure*, never guessed.
"""
