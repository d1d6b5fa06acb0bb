"""The composer: what every section needs at hand to turn plan texts into blocks.

It holds only frozen values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeVar

from pdfgen.content.models.contact import dialled
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout, SectionKind
from pdfgen.content.models.strings import Strings
from pdfgen.content.pictures.drawing import RGB, Drawing, Photo, Raster
from pdfgen.planning.dates import date_words, first_day, whole_week, widest_weeks
from pdfgen.planning.own_words import OwnWords
from pdfgen.planning.plan import Plan
from pdfgen.planning.planned_exercise import PlannedExercise, PlannedPanel
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Bare, Block, Bullets, Columns, Paragraph, Space, Stack, WritingLine
from pdfgen.typesetting.destinations import destination_in, destination_of
from pdfgen.typesetting.document import Role
from pdfgen.typesetting.figures import LETTER_RADIUS, Figure
from pdfgen.typesetting.fonts import FontFamily
from pdfgen.typesetting.look import MM, WHITE, Look
from pdfgen.typesetting.text import Text, average_character_width, plain_text, shared_text
from pdfgen.typesetting.text_style import Span, TextStyle

Content = str | Sequence[Span]
T = TypeVar("T")

#: Size of the letter of a drawing in points; larger where labels are.
_LETTER = 10.5

#: Characters: the text area of an A4 in 14 points holds 71, in 18 points 55; an A5 in 12 points 60.
_NARROW = 66

#: Lines of 70 average characters hold 71; so much longer ones hold 80 at most.
_LONG = 1.08

#: Part of the white between blocks that stays where a page has no room for all of it, and a narrow one.
_LEAST_WHITE, _LEAST_IN_NARROW = 0.5, 0.4

#: Baseline to baseline in sizes of type: what word processors call single spacing.
_SINGLE = 1.17

#: Sections in which each exercise has a heading of its own.
_WITH_EXERCISE_PAGES = frozenset({"exercises", "exercise-cards", "exercise-weeks"})

#: Height in which somebody can write by hand.
WRITING_ROOM = 8.5 * MM


@dataclass(frozen=True)
class Composer:
    """Plan, look and pictures of one document, with the blocks that sections are made of.

    Attributes:
        figures, icons: drawings by name.
        logo: of the clinic, with what it shows.
        twin: of the copy in the other language that has the same places, if there is one.
    """

    plan: Plan
    language: Language
    layout: Layout
    look: Look
    family: FontFamily
    figures: Mapping[str, Drawing | Photo]
    icons: Mapping[str, Drawing]
    logo: Drawing | Raster | None
    logo_alt: str
    twin: Composer | None = None

    def turned(self) -> Composer:
        """Return the composer of the twin copy, whose twin is this one."""
        assert self.twin is not None
        return replace(self.twin, twin=replace(self, twin=None))

    def dense(self, air: float = 1.0, size: float = 1.0) -> Composer:
        """Return a composer whose table cells, and sentences in their style, stand at single line spacing.

        Args:
            air: the basic distance in parts of the usual one.
            size: of their type, likewise.
        """
        cell, bold = (
            style._replace(size=style.size * size, leading=style.size * size * _SINGLE)
            for style in (self.look.cell, self.look.cell_bold)
        )
        return replace(self, look=self.look._replace(cell=cell, cell_bold=bold, gap=self.look.gap * air))

    @cached_property
    def dates(self) -> Mapping[str, str]:
        """The dates of the program in words, by the names of their fields; empty without a start date."""
        return date_words(self.plan.start, len(self.plan.weeks), self.language)

    def dated(self, first: str, *last: str) -> Span:
        """Return a date of the program, or the first and the last one of a range, by their slots."""
        words = self.dates
        return Span(
            " – ".join(words[slot] for slot in (first, *last)),
            slot=" – ".join(f"{{{slot}}}" for slot in (first, *last)),
        )

    @cached_property
    def _any_weeks(self) -> Sequence[Mapping[str, str]]:
        return widest_weeks(self.language)

    @cached_property
    def widest_dates(self) -> Mapping[str, float]:
        """The widths of any dates of a week in bold in points, by the names of their fields in a week 1."""
        names = (first_day(1), whole_week(1))
        return {name: self.widest_date(name, self.look.cell_bold) for name in names}

    def widest_date(self, name: str, style: TextStyle) -> float:
        """Return the width of any dates in points, by the name of their field in a week 1."""
        return max(self.text(week[name], style).natural_width for week in self._any_weeks)

    @property
    def strings(self) -> Strings:
        """Interface texts in the document's language."""
        return self.language.strings

    @property
    def measure(self) -> float:
        """Longest line of running text in points."""
        return average_character_width(self.family, self.look.body.size) * self.look.measure_characters

    @property
    def is_narrow(self) -> bool:
        """Whether the text area is so narrow for its type that columns beside each other hold no lines."""
        return self.look.width < average_character_width(self.family, self.look.body.size) * _NARROW

    @property
    def least_white(self) -> float:
        """Part of the white between blocks that has to stay where a page has no room for all of it."""
        return _LEAST_IN_NARROW if self.is_narrow else _LEAST_WHITE

    def enlarged(self, points: float) -> float:
        """Return the length that goes with this layout's type for one that was made for 12 points."""
        return points * max(1.0, self.look.body.size / 12)

    @property
    def long_measure(self) -> float:
        """Longest line in points where every line of a page counts: at most 80 characters (WCAG 1.4.8)."""
        return self.measure * _LONG

    def fill(self, text: str, **values: object) -> str:
        """Return an interface text with its names filled in."""
        return self.language.fill(text, values)

    def text(self, content: Content, style: TextStyle | None = None) -> Text:
        """Return text ready to be set; body style unless another is given."""
        style, tied = style or self.look.body, self.language.tied
        if isinstance(content, str):
            return plain_text(content, style, self.family, tied)
        spans = tuple(content)
        if self.layout.screen is not None:
            spans = tuple(span._replace(underlined=bool(span.link)) for span in spans)
        return shared_text(spans, style, self.family, tied)

    def phone(self, number: str, *, bold: bool | None = None) -> Span:
        """Return a phone number that does not break, and that can be called where the page is on a phone."""
        link = "tel:" + dialled(number, self.plan.dialling_code)
        return Span(number.replace(" ", NO_BREAK), bold=bold, link=link)

    def therapists(self, words: OwnWords, *, bold: bool | None = None) -> list[Span]:
        """Return words as the therapist wrote them; where they are in another language, with its name."""
        if words.written_in is None:
            return [Span(words.text, bold=bold)]
        code, name = words.written_in
        said = self.fill(self.strings.written_in, language=name)
        return [Span(words.text, bold=bold, lang=code), Span(f" ({said})", bold=False)]

    def exercise_name(self, exercise: PlannedExercise, week: int = 0) -> Span:
        """Return the name of an exercise, unbroken, as a link to its page where the layout gives it one.

        Args:
            week: whose form the link goes to; 0 is that of the exercise.
        """
        place = destination_in(exercise, week) if week else destination_of(exercise)
        link = f"#{place}" if self._has_exercise_pages else ""
        return Span(exercise.name.replace(" ", NO_BREAK), link=link)

    @cached_property
    def _kinds(self) -> tuple[SectionKind, ...]:
        """The kinds of all sections, in order."""
        entries = ((entry,) if isinstance(entry, str) else entry for entry in self.layout.sections)
        return tuple(kind for kinds in entries for kind in kinds)

    @cached_property
    def _has_exercise_pages(self) -> bool:
        return bool(_WITH_EXERCISE_PAGES & {*self._kinds})

    def has_exercises_before(self, kind: SectionKind) -> bool:
        """Whether pages with a heading for each exercise stand before a section."""
        return bool(_WITH_EXERCISE_PAGES & {*self._kinds[: self._kinds.index(kind)]})

    def paragraph(self, content: Content, style: TextStyle | None = None, *, role: Role = "P") -> Paragraph:
        """Return a paragraph with lines of readable length."""
        style = style or self.look.body
        measure = average_character_width(self.family, style.size) * self.look.measure_characters
        return Paragraph(self.text(content, style), role, max(measure, self.measure))

    def bare(self, content: Content, style: TextStyle | None = None) -> Bare:
        """Return text for a table cell or label."""
        return Bare(self.text(content, style or self.look.cell))

    def heading(self, content: str, level: Literal[1, 2, 3], *, bookmark: int | None = None) -> Paragraph:
        """Return a heading; `bookmark` is its level in the outline, from 0."""
        style = {1: self.look.h1, 2: self.look.h2, 3: self.look.h3}[level]
        roles: dict[int, Role] = {1: "H1", 2: "H2", 3: "H3"}
        return Paragraph(self.text(content, style), roles[level], bookmark=bookmark)

    def bullets(
        self,
        items: Sequence[Content],
        style: TextStyle | None = None,
        gap: float | None = None,
        indent: float = 1.1,
        measure: float | None = None,
    ) -> Bullets:
        """Return a list with dashes; its text is indented by so many sizes of type.

        Lines are of readable length unless `measure` says otherwise, in points.
        """
        style, measure = style or self.look.body, measure or self.measure
        return Bullets(
            items=tuple(Paragraph(self.text(item, style), measure=measure) for item in items),
            labels=(self.text("–", style),) * len(items),
            indent=style.size * indent,
            gap=self.look.gap * 0.4 if gap is None else gap,
        )

    def numbered(
        self, items: Sequence[Block], style: TextStyle | None = None, gap: float | None = None
    ) -> Bullets:
        """Return a list with numbers in the accent colour."""
        style = style or self.look.body
        number_style = TextStyle(style.size, style.leading, bold=True, colour=self.look.accent)
        return Bullets(
            items=tuple(items),
            labels=tuple(self.text(str(number), number_style) for number in range(1, len(items) + 1)),
            indent=style.size * 1.6,
            gap=self.look.gap * 0.5 if gap is None else gap,
            numbering="Decimal",
        )

    def stack(self, *blocks: Block, gap: float = 0.0, role: Role | None = None) -> Stack:
        """Return blocks below each other."""
        return Stack(tuple(blocks), gap, role)

    def columns(
        self,
        *blocks: Block,
        widths: Sequence[float] | None = None,
        gap: float | None = None,
        align: Literal["top", "middle", "bottom", "equal"] = "top",
    ) -> Columns:
        """Return blocks beside each other, equally wide unless widths are given."""
        shares = tuple(widths) if widths else (1.0,) * len(blocks)
        return Columns(tuple(blocks), shares, self.look.gap * 2 if gap is None else gap, align)

    def labelled_line(self, label: Text, name: str, room: float, colour: RGB, gap: float) -> Columns:
        """Return a label and a line to write on, `room` points high; `name` says what the line is for."""
        widths = (label.natural_width + 1, 1.0)
        return Columns((Paragraph(label), WritingLine(room, colour, name)), widths, gap, align="bottom")

    def beside_icon(
        self,
        icon: str,
        size: float,
        words: Block,
        *,
        gap: float | None = None,
        align: Literal["top", "middle"] = "middle",
    ) -> Columns:
        """Return words with a pictogram of `size` points at their left."""
        gap = self.look.gap if gap is None else gap
        return Columns((self.icon(icon, size), words), (size, 1.0), gap, align)

    def icon(self, name: str, size: float) -> Figure:
        """Return a pictogram as decoration: the words beside it say what it means."""
        return Figure(self.icons[name], size, size)

    def panel(self, panel: PlannedPanel, scale: float, letter: str = "") -> Figure:
        """Return a drawing with its alternative text; `scale` is points a millimetre of the drawing."""
        drawing = self.figures[panel.figure]
        size = max(_LETTER, self.look.label.size)
        style = TextStyle(size, size, bold=True, colour=WHITE, align="centre")
        label = self.text(letter, style) if letter else None
        width, height = drawing.width * scale, drawing.height * scale
        return Figure(drawing, width, height, panel.alt, panel.mirrored, label, radius=self.letter_radius)

    @property
    def letter_radius(self) -> float:
        """Radius in points of the disc behind the letter of a drawing; it grows with the labels."""
        return LETTER_RADIUS * max(1.0, self.look.label.size / _LETTER)

    def titled(
        self, title: Text, words: Block, gap: float, align: Literal["top", "middle"] = "middle"
    ) -> Columns:
        """Return a heading of level 2 in the outline, with words at its right."""
        heading = Paragraph(title, "H2", bookmark=1)
        return Columns((heading, words), (title.natural_width + 1, 1.0), gap, align)

    def space(self, gaps: float) -> Space:
        """Return white of so many basic distances."""
        return Space(self.look.gap * gaps)
