"""Rules for web addresses in the library: of sources, and of videos, which are printed as codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pdfgen.content.loading import Loaded
from pdfgen.content.models.library import Library
from pdfgen.errors import Problem

#: Characters of a video's address. A QR code of this many has modules of half a millimetre when printed, and
#: the address fits on one line.
MOST_CHARACTERS = 80

_SCHEME = "must be a web address that starts with https://"


def address_problems(library: Loaded[Library]) -> Iterator[Problem]:
    """Yield what is wrong with the addresses in a library."""
    for name, source in library.value.sources.items():
        if source.url and not re.fullmatch(r"https?://[^\s/]+\S*", source.url):
            yield library.problem(("sources", name, "url"), _SCHEME)
    for name, exercise in library.value.exercises.items():
        if exercise.video and (message := _video_fault(exercise.video)):
            yield library.problem(("exercises", name, "video"), message)


def _video_fault(address: str) -> str:
    """Return what is wrong with the address of a video, or nothing."""
    if not re.match(r"https://[^/]", address):
        return _SCHEME
    if re.search(r"\s", address):
        return "has a space in it; copy the address from the browser again"
    if not re.fullmatch(r"[!-~]+", address):
        return (
            "has letters that an address cannot have; copy it from the browser, where they are written with %"
        )
    if not re.match(r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?([/?#]|$)", address):
        return "has no name of a site after https://, such as example.org; copy it from the browser again"
    if len(address) > MOST_CHARACTERS:
        limit = f"at most {MOST_CHARACTERS}, so that phones read the printed code"
        return f"has {len(address)} characters; {limit}; ask your site for a short address"
    return ""
