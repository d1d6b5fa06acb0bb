"""The layout: which sections a document has, on which paper, in which type (`layouts/*.yaml`).

Lengths are in millimetres on paper and in points for type, because that is how people speak of them.
"""

from typing import Annotated, Literal, Self

from pydantic import Field

from pdfgen.content.models.field_types import Items, LocalText, Model

SectionKind = Literal[
    "cover", "safety", "preparation", "plan", "exercises", "tracker", "faq", "passport", "closing",
    "masthead", "exercise-weeks", "week-questions", "safety-strip", "exercise-cards", "safety-columns",
    "back-cover",
]  # fmt: skip

#: Sections that share one page, from top to bottom.
SharedPage = Annotated[Items[SectionKind], Field(min_length=2, max_length=8)]

PaperName = Literal["a3", "a4", "a5", "letter", "tabloid"]

#: Width and height in millimetres (ISO 216; ANSI Y14.1: letter is A, tabloid is B).
PAPER_SIZES: dict[str, tuple[float, float]] = {
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "letter": (215.9, 279.4),
    "tabloid": (279.4, 431.8),
}

#: Paper of twice the usual size, and what it is called where Letter is usual.
LARGE_PAPERS: tuple[PaperName, ...] = ("a3", "tabloid")


def large_paper(usual: str) -> PaperName:
    """Return the paper of twice the size that goes with the usual one."""
    return "tabloid" if usual in {"letter", "tabloid"} else "a3"


#: Papers of week sheets that can be read by machine (docs/tracker.md).
SHEET_PAPERS = ("a4", "letter")

#: The longest promise that a layout can make.
_MOST_PAGES = 60

Millimetres = Annotated[float, Field(ge=0, le=60)]


class Margins(Model):
    """White around the text. Week sheets of whole pages have their own: 22 mm at both sides."""

    mirrored: bool = Field(
        False, description="for two-sided print: on even pages the binding margin is at the right"
    )

    binding: Annotated[float, Field(ge=5, le=60)] = 22.0
    outer: Annotated[float, Field(ge=5, le=60)] = 22.0
    top: Annotated[float, Field(ge=5, le=60)] = 18.0
    bottom: Annotated[float, Field(ge=5, le=60)] = 24.0


BodySize = Annotated[float, Field(ge=12, le=30)]
LabelSize = Annotated[float, Field(ge=10, le=24)]
ChapterSize = Annotated[float, Field(ge=14, le=36)]
HeadingSize = Annotated[float, Field(ge=12, le=30)]


class TypeScale(Model):
    """Sizes in points. Running text is at least 12, labels at least 10 (RNIB clear print, market.md D5)."""

    body: BodySize = 12.5
    label: LabelSize = 10.5
    title: Annotated[float, Field(ge=20, le=60)] = 32.0
    h1: Annotated[float, Field(ge=18, le=48)] = 26.0
    h2: ChapterSize = 17.0
    h3: HeadingSize = 13.0
    leading: Annotated[float, Field(ge=1.25, le=1.6)] = 1.35
    characters_a_line: Annotated[int, Field(ge=40, le=70)] = 70


class ExerciseOptions(Model):
    """How small drawings may be; an exercise takes further pages before they shrink (docs/layouts.md)."""

    lying: Annotated[float, Field(ge=45, le=150)] = Field(
        75, description="least width in millimetres of a drawing of somebody who lies or kneels"
    )
    standing: Annotated[float, Field(ge=30, le=120)] = Field(
        45, description="least height in millimetres of a drawing that is higher than wide"
    )

    def enlarged(self) -> Self:
        """Return the least sizes beside large print: a third larger, as its type is."""
        larger = {"lying": min(150.0, self.lying * 4 / 3), "standing": min(120.0, self.standing * 4 / 3)}
        return self.model_copy(update=larger)


DrawingSize = Annotated[float, Field(ge=20, le=150)]
BoxSize = Annotated[float, Field(ge=8, le=20)]
BoxGap = Annotated[float, Field(ge=2, le=10)]


class ExerciseWeeks(Model):
    """How exercises stand with their weeks: least drawings, and boxes for a pen, in millimetres.

    A drawing of a person who lies or kneels is read at 45 mm of width, one who stands at 30 mm of height; a
    hand that trembles crosses a box of 10 mm, and one of 8 mm where there is no room (docs/layouts.md).
    """

    lying: DrawingSize = Field(45, description="least width of a drawing that lies")
    standing: DrawingSize = Field(30, description="least height of one that stands")
    box: BoxSize = Field(10, description="side of a box where there is room")
    apart: BoxGap = Field(4, description="white between boxes where there is room")
    least_box: BoxSize = Field(8, description="side of a box on a full page")
    least_apart: BoxGap = Field(3, description="white between boxes on a full page")
    grow: bool = Field(
        False, description="all drawings grow where their page has room; else those that lie have one size"
    )

    def enlarged(self) -> Self:
        """Return the same beside large print: drawings a third larger, as its type is."""
        sizes = {key: min(150.0, getattr(self, key) * 4 / 3) for key in ("lying", "standing")}
        return self.model_copy(update=sizes)


class TrackerOptions(Model):
    """What stands on the week sheets."""

    pictures: bool = Field(True, description="print the drawings of each week's form on its sheet")
    lying: DrawingSize | None = Field(
        None, description="least width in millimetres of a drawing that lies; none: what one leaf holds"
    )
    standing: Annotated[float, Field(ge=12, le=60)] | None = Field(
        None, description="least height of one that stands; a week takes another leaf before it is smaller"
    )

    @property
    def least(self) -> tuple[float, float] | None:
        """The least width of a drawing that lies and height of one that stands, where the layout has any."""
        if not self.pictures or (self.lying is None and self.standing is None):
            return None
        return self.lying or 0.0, self.standing or 0.0


class FaqOptions(Model):
    """How many questions are printed."""

    count: Annotated[int, Field(ge=4, le=30)] = 8


class PrintOptions(Model):
    """What the printed pages need besides their content."""

    ink: Literal["colour", "grey"] = "colour"
    punch_holes: Literal[0, 2, 3, 4] = Field(0, description="marks at the binding edge for so many holes")


class Booklet(Model):
    """Two pages a side of the paper, for folding and stapling in the fold."""

    kind: Literal["booklet"]
    creep: Annotated[float, Field(ge=0, le=1)] = Field(
        0.0, description="millimetres towards the fold for each sheet further in"
    )
    stitch_marks: bool = Field(False, description="show where the two staples go")


class CardSheets(Model):
    """Cards on paper that is cut: front and back by turns."""

    kind: Literal["cards"]
    up: Literal[2, 4, 8] = Field(2, description="cards on one side of the paper")


#: By how much higher the pages of a screen are in large print.
_LARGER = 1.5


class Screen(Model):
    """Pages for a screen and not for paper: each fills the width of the window, and boxes can be ticked.

    A phone is 360 to 412 CSS pixels wide; so on a page of 105 mm (297.6 points) a point is 1.2 to 1.4 pixels.
    """

    width: Annotated[float, Field(ge=100, le=210)] = Field(105.0, description="of a page, in millimetres")
    height: Annotated[float, Field(ge=180, le=2400)] = Field(
        1200.0, description="of the longest page, in millimetres; a page ends where its words do"
    )

    def enlarged(self) -> Self:
        """Return the screen for large print: as wide, and higher by what larger type takes."""
        return self.model_copy(update={"height": self.height * _LARGER})


class Layout(Model):
    """One edition of the document."""

    name: LocalText
    description: LocalText
    paper: PaperName = "a4"
    papers: Items[PaperName] = Field(("a4", "letter"), min_length=1, max_length=5)
    margins: Margins = Margins()
    print: PrintOptions = PrintOptions()
    type: TypeScale = TypeScale()
    type_a3: TypeScale | None = Field(None, description="type on A3 and tabloid, where it is another one")
    sections: Items[SectionKind | SharedPage] = Field(
        min_length=1,
        max_length=16,
        description="each starts a page; sections in a list of their own share one page",
    )
    supplement: bool = Field(
        False,
        description="given beside a complete program: a safety-strip, or that of week sheets, is enough",
    )
    twin: bool = Field(
        False, description="also a copy in another language, with the same things on the same places"
    )
    pages: Annotated[int, Field(ge=1, le=_MOST_PAGES)] | None = Field(
        None,
        description="a promise: at most so many pages, twice as many in large print; more are an error",
    )
    imposition: Annotated[Booklet | CardSheets, Field(discriminator="kind")] | None = Field(
        None, description="the paper is folded or cut: its pages are parts of it"
    )
    screen: Screen | None = Field(
        None, description="pages for a screen, whatever the paper; boxes are form fields to tick"
    )
    exercises: ExerciseOptions = ExerciseOptions()
    exercise_weeks: ExerciseWeeks = ExerciseWeeks()
    tracker: TrackerOptions = TrackerOptions()
    faq: FaqOptions = FaqOptions()

    def enlarged(self) -> Self:
        """Return the layout in large print: nothing under 18 points (ACB 2022), and headings that rank."""
        least = {"body": 18.0, "label": 18.0, "title": 40.0, "h1": 30.0, "h2": 24.0, "h3": 20.0}
        pages = min(_MOST_PAGES, self.pages * 2) if self.pages else None

        def larger(scale: TypeScale) -> TypeScale:
            sizes = {key: max(size, getattr(scale, key)) for key, size in least.items()}
            return scale.model_copy(update=sizes)

        return self.model_copy(
            update={
                "type": larger(self.type),
                "type_a3": larger(self.type_a3) if self.type_a3 else None,
                "exercises": self.exercises.enlarged(),
                "exercise_weeks": self.exercise_weeks.enlarged(),
                "pages": pages,
                "screen": self.screen.enlarged() if self.screen else None,
            }
        )

    @property
    def kinds(self) -> tuple[SectionKind, ...]:
        """All sections in the order of the pages."""
        return tuple(
            kind for entry in self.sections for kind in ((entry,) if isinstance(entry, str) else entry)
        )

    def type_on(self, paper: str) -> TypeScale:
        """Return the sizes of type on a paper."""
        return self.type_a3 if paper in LARGE_PAPERS and self.type_a3 else self.type

    def page_size(self, paper: str) -> tuple[float, float]:
        """Return width and height in millimetres of a page: a screen's, all of the paper, or a part of it."""
        if self.screen is not None:
            return self.screen.width, self.screen.height
        width, height = PAPER_SIZES[paper]
        if isinstance(self.imposition, Booklet):
            return height / 2, width
        if isinstance(self.imposition, CardSheets):
            if self.imposition.up == 2:
                return height / 2, width
            return width / 2, height * 2 / self.imposition.up
        return width, height
