"""What can be chosen, in one answer: the page has no list of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pdfgen.content.loading import list_languages, list_layouts, load_layout
from pdfgen.content.models.dose import MOST_LOAD, Level
from pdfgen.content.models.exercise import Exercise, Panel, Variant
from pdfgen.content.models.field_types import WEEKDAYS, FigureChoice, is_in, without_region
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import PAPER_SIZES
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import MOST_EXERCISES
from pdfgen.errors import missing_extra
from pdfgen.planning.progression import dose_in_week
from pdfgen.planning.wording import dose_words
from pdfgen.version import __version__
from pdfgen.web.engine.frames import Frame
from pdfgen.web.engine.prescriptions import SHOWN
from pdfgen.web.engine.requests import MOST_FILE_BYTES, Request
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import Workplace

_LIMITS: Mapping[str, Any] = {
    "weeks": [2, 12], "exercises": MOST_EXERCISES, "label": 200, "note": 600, "load": MOST_LOAD,
    "sets": [1, 10], "reps": [1, 50], "hold_s": [0, 600], "minutes": [1, 180], "times_a_day": [1, 10],
    "steps": 12,
}  # fmt: skip


def catalogue(workplace: Workplace, request: Request) -> Frame:
    """Return everything that the page offers, with names in the language that is asked for."""
    loaded, problems = workplace.library_or_shipped()
    language = workplace.language(request.text("language", "en"))
    library, words = loaded.value, _Words(language)
    shipped = workplace.shipped_exercises()
    statements = [
        words(one.review.statement)
        for one in library.conditions.values()
        if one.review.status == "not-reviewed"
    ]
    return Frame(
        {
            "version": __version__,
            "edition": workplace.edition.id,
            "store": {
                "kind": "folder" if workplace.edition.keeps else "memory",
                "folder": str(workplace.folder) if workplace.edition.keeps else "",
            },
            "can": dict(workplace.edition.can),
            "installed": _installed(workplace),
            "languages": [
                {
                    "id": code,
                    "name": workplace.language(code).name,
                    "library": without_region(code) in library.languages,
                }
                for code in list_languages()
            ],
            "weekdays": [
                {"id": day, "name": language.day_names[day], "short": language.day_short[day]}
                for day in WEEKDAYS
            ],
            "figures": list(get_args(FigureChoice)),
            "levels": list(get_args(Level)),
            "papers": list(PAPER_SIZES),
            "conditions": list(_conditions(library, words)),
            "programs": list(_programs(library, words)),
            "kinds": [
                {"id": key, "name": words(kind.name), "rest_days": kind.rest_days}
                for key, kind in library.kinds.items()
            ],
            "exercises": [
                {
                    **_exercise(key, one, words),
                    "conditions": _conditions_of(library, key),
                    "own": key not in shipped,
                }
                for key, one in library.exercises.items()
            ],
            "situations": [{"id": key, "name": words(one.name)} for key, one in library.situations.items()],
            "equipment": [{"id": key, "name": words(one.name)} for key, one in library.equipment.items()],
            "sources": [
                {"id": key, "name": f"{one.publisher}: {one.title}"} for key, one in library.sources.items()
            ],
            "layouts": list(_layouts(words, sheets=workplace.makes_sheets)),
            "limits": {**_LIMITS, "file_bytes": MOST_FILE_BYTES},
            "shown": list(SHOWN),
            "notice": " ".join(dict.fromkeys(statements)),
            "problems": told(problems),
        }
    )


def _installed(workplace: Workplace) -> dict[str, bool]:
    """Return which extras are here that the page can use, by their names."""
    if not workplace.edition.can["scans"]:
        return {}
    from pdfgen.scanning.packages import missing_packages

    return {"scan": not missing_packages(), "heic": not missing_extra("heic", "pillow_heif")}


class _Words:
    """Texts in a language, or in the first that they have: a list has to name everything."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, texts: Mapping[str, str]) -> str:
        """Return a text, with the words for sides that stand open in it."""
        text = self.language.of_any(texts)
        sides = self.language.sides
        return self.language.fill(text, {"side": sides["right"], "other": sides["left"]})


def _conditions(library: Library, words: _Words) -> Iterator[dict[str, Any]]:
    for key, one in library.conditions.items():
        yield {
            "id": key,
            "name": words(one.name),
            "programs": list(one.programs),
            "situations": list(library.situations_of(key)),
            "reviewed": one.review.status == "reviewed",
        }


def _conditions_of(library: Library, exercise: str) -> list[str]:
    return [key for key in library.conditions if exercise in library.exercises_of(key)]


def _programs(library: Library, words: _Words) -> Iterator[dict[str, Any]]:
    for condition, one in library.conditions.items():
        for key, program in one.programs.items():
            yield {
                "id": key,
                "name": words(program.name),
                "summary": words(program.summary),
                "condition": condition,
                "weeks": list(program.weeks),
                "exercises": list(program.exercises),
            }


def _exercise(key: str, one: Exercise, words: _Words) -> dict[str, Any]:
    return {
        "id": key,
        "name": words(one.name),
        "kind": one.kind,
        "purpose": words(one.purpose),
        "position": words(one.position),
        "forms": [_form(level, form, words) for level, form in one.variants.items()],
        "doses": list(_doses(one, words)),
        "cautions": [
            {"situations": list(caution.situations), "use": caution.use, "text": words(caution.text)}
            for caution in one.cautions
        ],
    }


def _form(level: str, form: Variant, words: _Words) -> dict[str, Any]:
    return {
        "level": level,
        "name": words(form.name),
        "summary": words(form.summary),
        "pictures": [_picture(panel, words) for panel in form.panels],
        "only_when_prescribed": form.only_when_prescribed,
    }


def _picture(panel: Panel, words: _Words) -> dict[str, Any]:
    return {"name": panel.figure or "", "photo": panel.photo or "", "alt": words(panel.alt)}


def _doses(one: Exercise, words: _Words) -> Iterator[dict[str, Any] | None]:
    for step, dose in enumerate(one.doses, 1):
        if dose is None:
            yield None
            continue
        values = dose.model_dump(mode="json", exclude={"load"}, exclude_none=True)
        planned = None
        if not dose.load or is_in(dose.load, words.language.id):
            planned = dose_in_week(one, step, 1, (), language=words.language, side="right")
        yield {
            "step": f"T{step}",
            **values,
            "words": dose_words(planned, words.language).line if planned else "",
        }


def _layouts(words: _Words, *, sheets: bool) -> Iterator[dict[str, Any]]:
    for key in list_layouts():
        layout = load_layout(key).value
        yield {
            "id": key,
            "name": words(layout.name),
            "description": words(layout.description),
            "papers": list(layout.papers),
            "paper": layout.paper,
            "twin": layout.twin,
            "screen": layout.screen is not None,
            "sheets": sheets and layout.imposition is not None,
            "supplement": layout.supplement,
        }
