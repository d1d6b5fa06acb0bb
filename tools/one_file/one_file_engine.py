"""The engine as the worker of the one file asks it; it goes into that file."""

import json
from pathlib import Path

from pdfgen.web.engine.engine import Engine
from pdfgen.web.engine.workplace import ONE_FILE

_ENGINE = Engine(Path("/clinic"), ONE_FILE)


def ask(name, request, files):
    """Yield the frames of an answer: JSON that lists the files, and their contents."""
    contents = {key: data.to_bytes() for key, data in files.object_entries()}
    for frame in _ENGINE.answer(name, json.loads(request), contents):
        yield json.dumps(frame.listed, ensure_ascii=False), [file.data for file in frame.files]
