"""Exercise cards to cut out: sides that are front and back by turns, so that their number is even.

A set starts with a title card that has the safety rules on its back. An exercise has a card of its own with
its drawings and doses in front and all words behind, and further cards where one is too small: type never
shrinks, and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.blocks import Rule
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed, PagePlan, extent, paginate
from pdfgen.typesetting.sections import card_safety
from pdfgen.typesetting.sections.card_faces import Front, contents, forms, fronts, how, title, watch
from pdfgen.typesetting.sections.exercise_heading import ExerciseHeading, card_heading

#: Stands for the number of a card among those of its exercise, to measure headings with.
_PART = "9/9"

_NAME = "exercise-cards"

#: A side of which less than this part is used looks unfinished.
_SPARSE = 0.5

#: Boxes leave the front where drawings grow by more than this.
_BOXES_IN_FRONT = 1.3

#: An exercise takes further cards where its drawings grow by more than this.
_WORTH_A_CARD = 1.5

Side = list[Flowed]
_Way = tuple[Front, list[Side]]


def compose(c: Composer) -> tuple[PagePlan, ...]:
    """Return fronts and backs by turns: the title card, then the cards of each exercise.

    Raises:
        FitError: a paragraph or a drawing is too large for a card.
    """
    sides = _title_sides(c)
    for exercise in c.plan.exercises:
        sides += _exercise_sides(c, exercise)
    feet = [c.fill(c.strings.card_of, card=i // 2 + 1, total=len(sides) // 2) for i in range(len(sides))]
    return tuple(PagePlan(tuple(side), foot=foot) for side, foot in zip(sides, feet, strict=True))


def _sides(c: Composer, blocks: Side, used: float = 0.0) -> list[Side]:
    """Divide blocks over sides on which `used` points are taken."""
    look = c.look._replace(bottom=c.look.bottom - used)
    return [list(page.items) for page in paginate(blocks, look, _NAME)] if blocks else []


def _title_sides(c: Composer) -> list[Side]:
    """Return title and contents in front, safety behind; where either is longer, the contents come last."""
    head, table = title(c), contents(c)
    rules = _sides(c, card_safety.compose(c))
    together = _sides(c, [*head, *table])
    if len(together) == 1 and len(rules) == 1:
        return [*together, *rules]
    sides = [*_sides(c, head), *rules, *_sides(c, table)]
    return [*sides, _notes(c, 0.0)] if len(sides) % 2 else sides


def _exercise_sides(c: Composer, exercise: PlannedExercise) -> list[Side]:
    """Return the cards of all forms of an exercise, with drawings of one scale.

    Each form takes as few cards as it can, but where further ones let all its drawings grow much.
    """
    forms = [_FormSides(c, form) for form in exercise.by_form]
    ways = [form.ways() for form in forms]
    fewest = [max(_fewest(each), key=_worth) for each in ways]
    clearest = [max(each, key=_worth) for each in ways]
    chosen = clearest if _scale(clearest) > _scale(fewest) * _WORTH_A_CARD else fewest
    return [
        side
        for form, (front, behind) in zip(forms, chosen, strict=True)
        for side in form.sides(front.blocks(_scale(chosen)), behind)
    ]


def _scale(ways: Sequence[_Way]) -> float:
    """Return the scale that the drawings on all fronts can have, in points a millimetre."""
    return min((front.scale for front, _ in ways if front.panels), default=0.0)


def _fewest(ways: Sequence[_Way]) -> list[_Way]:
    """Return the ways that take fewest cards."""
    least = min(len(behind) // 2 for _, behind in ways)
    return [way for way in ways if len(way[1]) // 2 == least]


def _worth(way: _Way) -> float:
    """Return how large the drawings are, where boxes that are on the front count for it."""
    front, _ = way
    return front.scale * (_BOXES_IN_FRONT if front.below else 1.0)


class _FormSides:
    """The cards of one form of an exercise.

    One card where its back holds all words, else further cards with the other forms drawn.
    """

    def __init__(self, c: Composer, form: PlannedExercise) -> None:
        self._composer, self._form = c, form
        headings = (card_heading(c, form, _PART, is_front=is_front) for is_front in (True, False))
        self._used = max(_extent(c, _head(heading)) for heading in headings)
        self._room = c.look.height - self._used

    def ways(self) -> list[_Way]:
        """Return the fronts that it may have, each with the sides behind it."""
        return [(front, self._behind(front)) for front in fronts(self._composer, self._form, self._room)]

    def _behind(self, front: Front) -> list[Side]:
        """Return what follows a front, parted as little as possible, so that no last back is all lines."""
        c, behind = self._composer, front.behind
        steps, care = how(c, self._form, self._room), watch(c, self._form)
        ways = ([[*behind, *steps, *care]], [[*behind, *steps], care], [behind, steps, care])
        tried = [[side for part in way for side in _sides(c, part, self._used)] for way in ways]
        return next((sides for sides in tried if len(sides) % 2), tried[0])

    def sides(self, front: Side, behind: Sequence[Side]) -> list[Side]:
        """Return fronts and backs with their headings."""
        c, used = self._composer, self._used
        sides = [front, *behind]
        left = self._room - extent(sides[-1], c.look.width, at_top=True) - c.look.gap
        others = forms(c, self._form, left)
        sides[-1] = [*sides[-1], *others]
        if len(sides) % 2:
            more = [] if others else forms(c, self._form, self._room)
            sides.append(_filled(c, more, used) if more else _notes(c, used))
        elif len(sides) > 2:
            sides[-1] = _filled(c, sides[-1], used)
        count = len(sides) // 2
        headed = []
        for index, side in enumerate(sides):
            part = f"{index // 2 + 1}/{count}" if count > 1 else ""
            own = card_heading(c, self._form, part, is_front=index % 2 == 0, is_first=index == 0)
            headed.append([*_head(own), side[0]._replace(before=c.look.gap), *side[1:]])
        return headed


def _head(heading: ExerciseHeading) -> Side:
    c = heading.composer
    return [Flowed(heading), Flowed(Rule(c.look.accent, 1.0), before=c.look.gap * 0.5)]


def _extent(c: Composer, side: Side) -> float:
    """Return the height of a heading with the white under it."""
    return extent(side, c.look.width, at_top=True) + c.look.gap


def _filled(c: Composer, side: Side, used: float) -> Side:
    """Return the last side of an exercise, with lines to write on where less than half of it is used."""
    taken = extent(side, c.look.width, at_top=True)
    is_full = taken > (c.look.height - used) * _SPARSE
    return side if is_full else [*side, *_notes(c, used + taken)]


def _notes(c: Composer, used: float) -> Side:
    """Return lines to write on: what is left of a card is for the patient's own words."""
    words = Flowed(c.paragraph(f"{c.strings.notes}:", c.look.bold), before=c.look.gap)
    room = c.look.height - used - extent([words], c.look.width, at_top=False)
    return [words, Flowed(c.writing_lines(c.strings.notes, max(1, int(room // WRITING_ROOM))))]
