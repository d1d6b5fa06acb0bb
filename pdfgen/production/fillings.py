"""The personal contents of pages from words alone, for patients with the same plan.

What stands around the words, and where, is worked out once; `PersonalLayer.content` does the same for each
patient anew, and gives the same bytes. What cannot be set so is left to it. Words that many patients have in
common, therapist and dates, are put in once for all of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter, itemgetter
from typing import NamedTuple

from pdfgen.pdf.filled_words import FilledText, FilledWord, Shaped, Stem, shaped
from pdfgen.pdf.fonts import NoCodeError
from pdfgen.pdf.page_streams import with_codes
from pdfgen.pdf.shared_part import Skeleton
from pdfgen.pdf.sheet_codes import OpenCode, added_by_ident
from pdfgen.typesetting.document import GlyphRun
from pdfgen.typesetting.places import WordPlace
from pdfgen.typesetting.slots import Form, are_shared, first_runs, slot_runs
from pdfgen.typesetting.text import unbroken
from pdfgen.typesetting.tracker_geometry import check_characters

#: Therapists with dates that pages are kept for, then texts of a therapist or a date as they are shown. Each
#: plan has its own, and a list may have many.
_MOST_COURSES = 40
_MOST_TEXTS = 2_048

Words = tuple[Sequence[str], ...]
"""The words of a text, each in the parts that are shaped by themselves."""

#: Stands where the words of each patient go; no content holds it.
_GAP = "\0"

_LOOK = attrgetter("node", "face", "size", "colour")


class _Frame(NamedTuple):
    """What pages have around their words.

    Attributes:
        parts: before, between and behind the words.
        words: the numbers of the words.
    """

    parts: tuple[str, ...]
    words: tuple[int, ...]


class _Course(NamedTuple):
    """A frame with therapist and dates, and with `%s` for the words of each patient, which `pick` takes."""

    text: str
    pick: Callable[[Sequence[str]], str | tuple[str, ...]]


class Filling:
    """Sets the personal words of the files of a plan.

    Args:
        skeleton: of these files; its pages are of one height.
        form: of their document.
        lines: the text of each slot for the first patient; none is empty.

    Raises:
        NoCodeError: the skeleton lacks a character.
    """

    def __init__(self, skeleton: Skeleton, form: Form, lines: Sequence[tuple[GlyphRun, ...]]) -> None:
        self._fonts = skeleton.fonts
        self._height = skeleton.heights[0]
        self._form = form
        self._looks = [tuple(map(_LOOK, runs)) for runs in lines]
        self._shared = [number for number, fields in enumerate(form.fields) if are_shared(fields)]
        self._of_each = [number for number, fields in enumerate(form.fields) if not are_shared(fields)]
        self._parts: dict[str, Shaped] = {}
        self._setters = [self._setter(number) for number in range(len(form.slots))]
        self._codes = [
            OpenCode(code.head, code.tail, x, y, size, height)
            for codes, height in zip(form.codes, skeleton.heights, strict=True)
            for code, x, y, size in codes
        ]
        # Words count from those of each patient, over those of codes, to those that are shared.
        self._first_shared = sum([len(lines[number]) for number in self._of_each]) + len(self._codes)
        self._form_codes = [code for codes in form.codes for code, *_ in codes]
        self._frames, self._of_pages = self._framed(skeleton, lines)
        self._shared_fields = tuple({field: None for n in self._shared for field in form.fields[n]})
        self._courses: dict[tuple[str, ...], list[_Course] | None] = {}
        self._texts: dict[tuple[int, tuple[str, ...]], tuple[str, ...]] = {}

    def _framed(
        self, skeleton: Skeleton, lines: Sequence[tuple[GlyphRun, ...]]
    ) -> tuple[list[_Frame], list[int]]:
        """Return all frames, and which of them each page has."""
        form = self._form
        words = dict(zip(self._of_each, _numbered(lines, self._of_each, 0), strict=True))
        words.update(zip(self._shared, _numbered(lines, self._shared, self._first_shared), strict=True))
        codes = zip(
            self._codes, range(self._first_shared - len(self._codes), self._first_shared), strict=True
        )
        frames: dict[_Frame, int] = {}
        of_pages = []
        for layer, page, code_count in zip(skeleton.layers, form.of_pages, map(len, form.codes), strict=True):
            on_page = form.pages[page]
            texts = layer.frame([run for number in on_page for run in lines[number]], self._fonts)
            own = list(islice(codes, code_count))
            numbers = [word for number in on_page for word in words[number]] + [number for _, number in own]
            content = with_codes(texts, [f"{code.before}%s{code.behind}" for code, _ in own])
            frame = _Frame(tuple((content % ((_GAP,) * len(numbers))).split(_GAP)), tuple(numbers))
            of_pages.append(frames.setdefault(frame, len(frames)))
        return list(frames), of_pages

    def contents(self, values: Mapping[str, str]) -> list[bytes] | None:
        """Return the personal contents of all pages; None where they have to be composed.

        Args:
            values: by field.

        Raises:
            NoCodeError: the fonts lack a character.
            FitError: no font has a character.
        """
        course = self._course(tuple(map(values.__getitem__, self._shared_fields)))
        shown = self._words_of_each(values) if course else None
        if course is None or shown is None:
            return None
        ident = values["document_id"]
        added = added_by_ident(ident) if self._codes else 0
        checks = check_characters(self._form_codes, ident)
        shown += [code.modules(added, check) for code, check in zip(self._codes, checks, strict=True)]
        pages = [(frame.text % frame.pick(shown)).encode("ascii") for frame in course]
        return [pages[page] for page in self._of_pages]

    def _words_of_each(self, values: Mapping[str, str]) -> list[str] | None:
        """Return what `Fonts.shown` does for the words of one patient; None where these do not fit."""
        stems: dict[object, Stem] = {}
        names: dict[str, Words] = {}
        shown: list[str] = []
        for number in self._of_each:
            texts = self._set_text(number, values, stems, names)
            if not all(texts):
                return None
            shown += texts
        return shown

    def _course(self, words: tuple[str, ...]) -> list[_Course] | None:
        """Return what `_set_course` does, or did for the same words."""
        if words not in self._courses:
            if len(self._courses) >= _MOST_COURSES:
                self._courses.clear()
            self._courses[words] = self._set_course(words)
        return self._courses[words]

    def _set_course(self, words: tuple[str, ...]) -> list[_Course] | None:
        """Return the frames with the words of the shared fields in order; None where these do not fit."""
        values = dict(zip(self._shared_fields, words, strict=True))
        shown: list[str] = []
        for number in self._shared:
            texts = self._shared_text(number, values)
            if not all(texts):
                return None
            shown += texts
        first = self._first_shared
        frames = []
        for parts, numbers in self._frames:
            put_in = [_GAP if number < first else shown[number - first] for number in numbers]
            text = "".join([text for pair in zip(parts, (*put_in, ""), strict=True) for text in pair])
            own = tuple([number for number in numbers if number < first])
            frames.append(_Course(text.replace("%", "%%").replace(_GAP, "%s"), _picked(own)))
        return frames

    def _shared_text(self, number: int, values: Mapping[str, str]) -> tuple[str, ...]:
        """Return what `_set_text` does, or did for the same words."""
        key = number, tuple(map(values.__getitem__, self._form.fields[number]))
        texts = self._texts.get(key)
        if texts is None:
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            texts = self._texts[key] = self._set_text(number, values, {}, {})
        return texts

    def _set_text(
        self, number: int, values: Mapping[str, str], stems: dict[object, Stem], names: dict[str, Words]
    ) -> tuple[str, ...]:
        """Return what `Fonts.shown` does for each run of a text; an empty string where it does not fit.

        Args:
            number: of the text.
            values: by field.
            stems, names: what was worked out for other texts with the same values.

        Raises:
            NoCodeError: the fonts lack a character.
            FitError: no font has a character.
        """
        setter = self._setters[number]
        with contextlib.suppress(NoCodeError):
            # Some letters are shaped with more than their neighbours: these are set the long way.
            if isinstance(setter, FilledText):
                words = names.get(setter.words)
                if words is None:
                    words = names[setter.words] = _words(setter.words.format_map(values))
                return (setter.shown(words),)
            if setter:
                stem = stems.get(setter.key)
                if stem is None:
                    stem = stems[setter.key] = setter.stem(values[setter.field])
                return (setter.shown(stem),)
        form = self._form
        runs = slot_runs(form.slots[number], values, is_grey=form.is_grey) or ()
        fits = tuple(map(_LOOK, runs)) == self._looks[number] and all(run.glyphs for run in runs)
        return tuple([self._fonts.shown(run, self._height) for run in runs]) if fits else ("",)

    def _setter(self, number: int) -> FilledWord | FilledText | None:
        place = self._form.places[number]
        if isinstance(place, WordPlace):
            return FilledWord(place, self._fonts, self._height)
        if place is None:
            return None
        font = self._fonts.use(place.first.face)
        part = self._parts.setdefault(font.resource, shaped(font))
        return FilledText(place, part, self._height)


def filling_of(skeleton: Skeleton, form: Form) -> Filling | None:
    """Return what sets the words of other patients; None where pages are of several heights, or texts empty.

    Args:
        skeleton: of their files.
        form: of their document.

    Raises:
        NoCodeError: the skeleton lacks a character.
    """
    lines = [first_runs(slot, is_grey=form.is_grey) for slot in form.slots]
    is_plain = len(set(skeleton.heights)) == 1 and all(run.glyphs for runs in lines for run in runs)
    return Filling(skeleton, form, lines) if is_plain else None


def _numbered(lines: Sequence[Sequence[GlyphRun]], which: Iterable[int], first: int) -> Iterator[range]:
    """Yield numbers for the runs of some lines, from `first` on."""
    for number in which:
        yield range(first, first + len(lines[number]))
        first += len(lines[number])


def _words(text: str) -> Words:
    """Return the words of a text, each in the parts that are shaped by themselves.

    Raises:
        NoCodeError: there are no words, or several spaces between two of them.
    """
    words = text.split(" ")
    if not all(words):
        raise NoCodeError(text)
    return tuple(map(unbroken, words))


def _picked(places: tuple[int, ...]) -> Callable[[Sequence[str]], str | tuple[str, ...]]:
    """Return what takes some strings out of many, for `%`."""
    return itemgetter(*places) if places else lambda _: ()
