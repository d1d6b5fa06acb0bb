"""What helps to make an exercise: how hard its texts are to read, and how its photos will look."""

from __future__ import annotations

from typing import Any

from pdfgen.content.models.exercise import Crop
from pdfgen.content.rules.readability import LANGUAGES, measure
from pdfgen.content.rules.reading_level import LONGEST_SENTENCE, RUNNING_TEXT, STEPS
from pdfgen.errors import InputError
from pdfgen.web.engine.frames import Frame, NamedFile
from pdfgen.web.engine.requests import Request, RequestError
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import Workplace

_MOST_TEXTS = 200
_LONGEST_TEXT = 4_000


def readability(_workplace: Workplace, request: Request) -> Frame:
    """Return for each text how hard it is to read; null where there are no words, or no formula."""
    language = request.text("language")
    return Frame({"results": [_level(one, language) for one in request.items("texts", _MOST_TEXTS)]})


def _level(one: Any, language: str) -> dict[str, Any] | None:
    text = one.get("text") if isinstance(one, dict) else None
    if not isinstance(text, str) or len(text) > _LONGEST_TEXT:
        raise RequestError("texts must hold objects with a text")
    if language not in LANGUAGES:
        return None
    try:
        found = measure(text.replace("{side}", "").replace("{other}", ""), language)
    except ValueError:
        return None
    limit = (STEPS if one.get("step") else RUNNING_TEXT)[language]
    is_higher_better = language == "nl"
    is_easy = found.score >= limit if is_higher_better else found.score <= limit
    return {
        "score": round(found.score, 1),
        "limit": limit,
        "higher_is_easier": is_higher_better,
        "ok": is_easy and found.longest_sentence <= LONGEST_SENTENCE,
        "is_easy": is_easy,
        "words": found.words,
        "longest_sentence": found.longest_sentence,
        "longest_allowed": LONGEST_SENTENCE,
    }


def photo(workplace: Workplace, request: Request) -> Frame:
    """Return a photo as it will be printed: upright, cropped, and nothing but the picture."""
    # It brings Pillow, which nothing else here needs.
    from pdfgen.content.pictures.photo import clean_copy

    crop = request.mapping("crop", {})
    if not set(crop) <= set(Crop.model_fields) or not all(
        isinstance(one, int | float) for one in crop.values()
    ):
        raise RequestError("crop must hold numbers: left, top, right, bottom")
    try:
        cut = Crop(**{key: float(value) for key, value in crop.items()})
    except ValueError:
        raise RequestError("crop leaves too little") from None
    if workplace.edition.photos_come_clean:
        return Frame({"problems": []}, (NamedFile("photo.jpg", request.file("photo")),))
    try:
        data = clean_copy(request.file("photo"), "photo", crop=cut)
    except InputError as error:
        return Frame({"problems": told(error.problems)})
    return Frame({"problems": []}, (NamedFile("photo.jpg", data),))
