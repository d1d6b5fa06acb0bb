"""The report of `pdfgen check`: how hard texts are to read, and how clear the print is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pdfgen.checks.clear_print import Measure
from pdfgen.cli import report
from pdfgen.content.files.source import dotted
from pdfgen.content.rules.reading_level import Reading
from pdfgen.errors import Problem
from pdfgen.production.file_checks import CheckedFile

_FORMULAS = {"nl": "Flesch-Douma", "en": "Flesch-Kincaid grade"}


def limit_warnings(found: CheckedFile) -> tuple[Problem, ...]:
    """Return a warning for each limit of clear print that is broken, once for all languages."""
    return tuple(
        Problem(
            f"{_figure(measure)}, {_limit(measure)} ({measure.source}); {measure.where}",
            measure.name,
            found.file,
        )
        for _, measure in _worst(found.measures)
        if not measure.passes
    )


def report_data(found: CheckedFile) -> dict[str, list[dict[str, Any]]]:
    """Return what was measured in a file, for JSON."""
    return {
        "readability": [_reading_data(reading) for reading in found.readings],
        "clear_print": [
            {
                "language": language, "name": measure.name, "figure": measure.figure, "unit": measure.unit,
                "limit": measure.limit, "limit_is": "most" if measure.is_most else "least",
                "source": measure.source, "where": measure.where, "passes": measure.passes,
            }
            for language, measure in found.measures
        ],
    }  # fmt: skip


def _reading_data(reading: Reading) -> dict[str, Any]:
    measured = reading.measured
    return {
        "field": dotted(reading.path),
        "language": measured.language,
        "texts": "several" if reading.is_group else "one",
        "words": measured.words,
        "sentences": measured.sentences,
        "words_a_sentence": round(measured.words / measured.sentences, 1),
        "longest_sentence": measured.longest_sentence,
        "longest_sentence_limit": reading.longest,
        "formula": _FORMULAS[measured.language],
        "score": round(measured.score, 1),
        "score_limit": reading.limit,
        "passes": reading.passes,
    }


def printed(found: CheckedFile) -> Iterator[str]:
    """Yield what was measured in a file, in lines; with --verbose every text and every pair of colours."""
    for language in dict.fromkeys(reading.measured.language for reading in found.readings):
        yield from _reading_lines([r for r in found.readings if r.measured.language == language], language)
    measures = found.measures if report.is_given("verbose") else tuple(_worst(found.measures))
    for language, measure in measures:
        name = f"{measure.name} ({language})" if report.is_given("verbose") else measure.name
        figures = f"{_figure(measure):<15} {_limit(measure):<14}"
        where = f"{measure.source}; {measure.where}"
        yield f"  {_verdict(measure.passes)}  {name:<32} {figures} {where}"


def _reading_lines(readings: Sequence[Reading], language: str) -> Iterator[str]:
    texts = [reading for reading in readings if not reading.is_group]
    sentences = [reading for reading in texts if reading.longest is not None]
    words, count = (sum(getattr(r.measured, name) for r in sentences) for name in ("words", "sentences"))
    passes = all(reading.passes for reading in readings)
    longest = max(sentences, key=lambda reading: reading.measured.longest_sentence, default=None)
    if longest is not None:
        yield (
            f"  {_verdict(passes)}  texts in {language}: {len(texts)}, {words / count:.1f} words a sentence, "
            f"longest {longest.measured.longest_sentence} (at most {longest.longest}): {dotted(longest.path)}"
        )
    for is_group, what in ((True, "texts together"), (False, "single text")):
        judged = [r for r in readings if r.is_group == is_group and r.limit is not None]
        if judged:
            hardest = min(judged, key=lambda reading: reading.room)
            verdict = _verdict(not hardest.is_too_hard)
            yield f"  {verdict}  hardest {what}: {_score(hardest)}: {dotted(hardest.path)}"
    if report.is_given("verbose"):
        for reading in readings:
            measured = reading.measured
            mean = measured.words / measured.sentences
            details = f"{mean:.1f} words a sentence, longest {measured.longest_sentence}, {_score(reading)}"
            yield f"        {dotted(reading.path)}.{language}: {details}"


def _score(reading: Reading) -> str:
    measured = reading.measured
    bound = "at least" if measured.language == "nl" else "at most"
    judged = "" if reading.limit is None else f" ({bound} {reading.limit:g})"
    return f"{_FORMULAS[measured.language]} {measured.score:.1f}{judged}"


def _worst(measures: Sequence[tuple[str, Measure]]) -> Iterator[tuple[str, Measure]]:
    """Yield of every kind of figure the one that is nearest to its limit or furthest beyond it."""
    for name in dict.fromkeys(measure.name for _, measure in measures):
        yield min((found for found in measures if found[1].name == name), key=lambda found: found[1].room)


def _figure(measure: Measure) -> str:
    return f"{measure.figure:g}{'' if measure.unit == ':1' else ' '}{measure.unit}"


def _limit(measure: Measure) -> str:
    return f"at {'most' if measure.is_most else 'least'} {measure.limit:g}"


def _verdict(passes: bool) -> str:
    return "ok  " if passes else "FAIL"
