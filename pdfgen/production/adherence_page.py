"""The page for the therapist: charts and numbers of what a document's week sheets said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pdfgen.content.loading import load_language, load_layout, no_clinic
from pdfgen.content.models.language import Language
from pdfgen.errors import FitError, Problem
from pdfgen.pdf.charts import BELOW, CHART_LEFT, Chart, Label, bars, dots
from pdfgen.pdf.shared_file import write
from pdfgen.production.assets import load_family
from pdfgen.production.identity import created_with
from pdfgen.scanning.adherence import UNKNOWN, Adherence, Done, WeekTicks
from pdfgen.typesetting.blocks import Bare, Block, Paragraph
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import Document, Role
from pdfgen.typesetting.fonts import FontFamily
from pdfgen.typesetting.look import GREY, INK, Look, make_look
from pdfgen.typesetting.paper import shifted
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle

#: Heights of each chart, the first that fits, and gaps between blocks, in points.
_CHARTS, _GAP, _NEAR = (140.0, 115.0, 90.0, 70.0), 16.0, 5.0
#: Days of a week, and the sign of what is not there.
_DAYS, _NONE = 7, "–"
#: Width of the names in the table, in points, and white beside cells; likewise where there are many weeks.
_WIDE, _NARROW = (150.0, 2.0), (96.0, 1.0)
_FEW_WEEKS = 8
_RULE = (0.75, 0.75, 0.75)
_MOST_WEEKS = 12

_BODY = TextStyle(11, 15, colour=INK)
_SMALL = TextStyle(10, 13, colour=INK)
_QUIET = TextStyle(10, 13, colour=GREY)


class _ChartFigure(NamedTuple):
    """A chart as a figure of its own, with what it shows in words."""

    chart: Chart
    alt: str
    words: tuple[tuple[Label, Text], ...]

    def height(self, width: float) -> float:
        """Return the height in points, whatever the width."""
        return self.chart.height

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set paths and words, all of them content of the figure."""
        node = canvas.node("Figure", parent, alt=self.alt)
        for shape in self.chart.shapes:
            canvas.add(shifted(shape._replace(node=node), x, y))
        for label, text in self.words:
            wide = text.natural_width + 1
            left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
            text.place(canvas, x + left, y + label.y - text.style.size * 0.95, wide, node)


class _Writer(NamedTuple):
    """What pages are written with."""

    language: Language
    look: Look
    family: FontFamily
    chart: float

    def text(self, words: str, style: TextStyle = _BODY) -> Text:
        return Text(words, style, self.family)

    def fill(self, words: str, **values: object) -> str:
        return self.language.fill(words, values)

    def paragraph(self, words: str, style: TextStyle = _BODY, role: Role = "P") -> Paragraph:
        return Paragraph(self.text(words, style), role)

    def blocks(self, one: Adherence) -> Iterator[tuple[Block, float]]:
        """Yield what stands on the page of a document, each with the white before it."""
        strings = self.language.strings
        title = self.fill(strings.ticks_title, document=one.document)
        yield Paragraph(self.text(title, self.look.h1._replace(size=22, leading=27)), "H1", bookmark=0), 0.0
        weeks = self.fill(strings.ticks_weeks, weeks=", ".join(str(week.week) for week in one.weeks) or _NONE)
        yield self.paragraph(f"{weeks} {strings.ticks_counted}"), _NEAR
        if one.spare:
            yield self.paragraph(self.fill(strings.ticks_spare, count=one.spare)), _NEAR
        for heading, figure in ((strings.ticks_done, self.done(one)), (strings.ticks_pain, self.pain(one))):
            yield self.paragraph(heading, self.look.h2._replace(size=14, leading=18), "H2"), _GAP
            yield figure, _NEAR
        yield self.table(one), _GAP
        yield self.paragraph(strings.ticks_signs, _QUIET), _NEAR

    def figure(self, chart: Chart, alt: str) -> _ChartFigure:
        below = Label(self.language.strings.week, 0.0, chart.height - BELOW, "start")
        labels = (*chart.labels, below)
        return _ChartFigure(chart, alt, tuple((label, self.text(label.text, _SMALL)) for label in labels))

    def done(self, one: Adherence) -> _ChartFigure:
        """Return the bars of all weeks up to the last with a sheet; their counts stand above them."""
        strings = self.language.strings
        weeks = {week.week: week.together for week in one.weeks}
        numbers = range(1, max(1, one.last_week) + 1)
        counts = [
            (weeks[number].done, weeks[number].planned) if number in weeks else (0, 0) for number in numbers
        ]
        chart = bars(
            [str(number) for number in numbers], counts, (self.look.width, self.chart), self.look.accent
        )
        values = "; ".join(
            f"{strings.week} {number}: "
            + (
                self.fill(strings.ticks_of, done=weeks[number].done, planned=weeks[number].planned)
                if number in weeks
                else strings.ticks_none
            )
            for number in numbers
        )
        wide = (chart.width - CHART_LEFT) / len(numbers)
        above = tuple(
            Label(_share(weeks.get(number)), CHART_LEFT + (number - 0.5) * wide, 9.0, "middle")
            for number in numbers
        )
        return self.figure(
            chart._replace(labels=(*chart.labels, *above)), self.fill(strings.ticks_done_alt, values=values)
        )

    def pain(self, one: Adherence) -> _ChartFigure:
        """Return the dots of all days."""
        strings = self.language.strings
        names = list(self.language.day_short.values())
        runs: list[list[tuple[float, int]]] = [[]]
        words = []
        for week in one.weeks:
            if runs[-1] and week.week - 1 > runs[-1][-1][0] + 1:
                runs.append([])
            for day in week.pain:
                if day.pain is None:
                    runs.append([])
                else:
                    runs[-1].append((week.week - 1 + (day.weekday + 0.5) / _DAYS, day.pain))
                said = _NONE if day.pain is None else str(day.pain)
                words.append(f"{strings.week} {week.week} {names[day.weekday]}: {said}")
        known = [run for run in runs if run]
        chart = dots(max(1, one.last_week), known, (self.look.width, self.chart), self.look.accent)
        return self.figure(chart, self.fill(strings.ticks_pain_alt, values="; ".join(words) or _NONE))

    def table(self, one: Adherence) -> Table:
        """Return the numbers: a row for each exercise and question, a column for each week."""
        strings = self.language.strings
        weeks = {week.week: week for week in one.weeks}
        numbers = range(1, max(1, one.last_week) + 1)
        exercises = sorted({number for week in one.weeks for number in week.exercises})
        effort = {
            "easy": strings.too_easy,
            "right": strings.right,
            "hard": strings.too_hard,
            UNKNOWN: UNKNOWN,
        }

        def row(head: str, cells: Iterable[str], *, bold: bool = False) -> tuple[Cell, ...]:
            style = _SMALL._replace(bold=bold)
            middle = style._replace(align="centre")
            return (
                Cell(Bare(self.text(head, style)), "Row"),
                *(Cell(Bare(self.text(cell, middle))) for cell in cells),
            )

        def each(value: str) -> Iterator[str]:
            for number in numbers:
                yield _cell(weeks.get(number), value, effort)

        rows = [self._head(strings.week, numbers)]
        for number in exercises:
            name = one.names.get(number)
            head = f"{number} {name}" if name else self.fill(strings.ticks_exercise, number=number)
            rows.append(row(head, (_share(_of(weeks.get(week), number)) for week in numbers)))
        together = (_share(weeks[week].together if week in weeks else None) for week in numbers)
        rows.append(row(strings.ticks_together, together, bold=len(numbers) <= _FEW_WEEKS))
        rows.append(row(strings.ticks_pain_row, each("pain")))
        rows.append(row(strings.ticks_effort_row, each("effort")))
        rows.append(row(strings.ticks_walked_row, each("walked")))
        wide, white = _WIDE if len(numbers) <= _FEW_WEEKS else _NARROW
        widths = (wide, *([1.0] * len(numbers)))
        return Table(tuple(rows), widths, (white, 3), rule=_RULE, row_height=19)

    def _head(self, week: str, numbers: Iterable[int]) -> tuple[Cell, ...]:
        bold = _SMALL._replace(bold=True)
        centred = bold._replace(align="centre")
        return (
            Cell(Bare(self.text(week, bold)), "Column"),
            *(Cell(Bare(self.text(str(number), centred)), "Column") for number in numbers),
        )


def _of(week: WeekTicks | None, exercise: int) -> Done | None:
    return week.exercises.get(exercise) if week else None


def _share(done: Done | None) -> str:
    """Return a count as it stands in the table."""
    if done is None or not done.planned:
        return _NONE
    return f"{done.done}/{done.planned}{UNKNOWN if done.unknown else ''}"


def _cell(week: WeekTicks | None, value: str, effort: dict[str, str]) -> str:
    """Return what a week says about pain, effort or walking."""
    if week is None:
        return _NONE
    if value == "effort":
        return effort.get(week.effort, _NONE)
    if value == "walked":
        more = UNKNOWN if week.walked_more else ""
        return f"{'' if week.walked is None else week.walked}{more}" or _NONE
    known = [day.pain for day in week.pain if day.pain is not None]
    unsure = UNKNOWN if len(known) < len(week.pain) else ""
    if not known:
        return _NONE
    least, most = min(known), max(known)
    return f"{least}{unsure}" if least == most else f"{least}–{most}{unsure}"


def _height(blocks: Sequence[tuple[Block, float]], width: float) -> float:
    return sum(white + block.height(width) for block, white in blocks)


def adherence_pdf(found: Sequence[Adherence], language: str, paper: str) -> bytes:
    """Return a PDF with a page for each document.

    Args:
        found: what the sheets said.
        language: code of the words.
        paper: `a4` or `letter`.

    Raises:
        FitError: the counts of a document do not fit on a page.
    """
    loaded = load_language(language).value
    look = make_look(load_layout("standard").value, paper, no_clinic().value.accent)
    family = load_family()
    canvas = Canvas(look.page_width, look.page_height)
    for one in found:
        if one.last_week > _MOST_WEEKS:
            message = f"has sheets of more than {_MOST_WEEKS} weeks, which do not fit on a page"
            raise FitError(Problem(message, one.document))
        pages = (tuple(_Writer(loaded, look, family, chart).blocks(one)) for chart in _CHARTS)
        fitting = next((page for page in pages if _height(page, look.width) <= look.height), None)
        if fitting is None:
            raise FitError(Problem("its exercises do not fit on a page", one.document))
        canvas.new_page()
        section, y = canvas.node("Sect", canvas.root), look.top
        for block, white in fitting:
            block.place(canvas, look.left, y + white, look.width, section)
            y += white + block.height(look.width)
    first = found[0].document if len(found) == 1 else ""
    title = loaded.fill(loaded.strings.ticks_title, {"document": ", ".join(one.document for one in found)})
    return write(
        Document(
            canvas.pages(), canvas.nodes, canvas.bookmarks, (), title, loaded.id, "", "", first,
            created_with(None),
        )
    )  # fmt: skip
