"""A card of a form of an exercise: what stands on each of its sides, and what these have room for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pdfgen.errors import FitError, Problem
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.blocks import Rule
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.sections.card_faces import drawings, form_name, largest_scale, own_words, stop_foot
from pdfgen.typesetting.sections.card_sides import ANY, Side
from pdfgen.typesetting.sections.card_weeks import CardWeeks, card_weeks
from pdfgen.typesetting.sections.exercise_doses import doses
from pdfgen.typesetting.sections.exercise_heading import card_heading
from pdfgen.typesetting.sections.exercise_pictures import least_scale
from pdfgen.typesetting.sections.exercise_words import front_first, goes_before_drawings


@dataclass(frozen=True, eq=False)
class FormCard:
    """A form, or some of its weeks, with the room that a side of its card leaves below its heading.

    Attributes:
        is_first: whether it is the first card of the form.
    """

    composer: Composer
    form: PlannedExercise
    is_first: bool

    def head(self, *, is_front: bool, is_start: bool) -> Side:
        """Return name and form, which stand on every side."""
        c, gap = self.composer, self.composer.look.gap
        heading = card_heading(c, self.form, is_front=is_front, is_first=is_start)
        rule = Flowed(Rule(c.look.accent, 1.0), before=gap * 0.4)
        return [Flowed(heading), rule, Flowed(form_name(c, self.form), before=gap * 0.6)]

    @cached_property
    def used(self) -> float:
        """What the heading takes: whichever side is first, each has as much above what it says."""
        look = self.composer.look
        heads = (self.head(is_front=is_front, is_start=False) for is_front in (True, False))
        return max(extent(head, look.width, at_top=True) + look.gap * 0.6 for head in heads)

    @cached_property
    def room(self) -> float:
        """What it leaves."""
        return self.composer.look.height - self.used

    @cached_property
    def stop(self) -> Flowed:
        """When to stop and whom to call."""
        return stop_foot(self.composer)

    @cached_property
    def own(self) -> Side:
        """What is meant for this patient only."""
        return own_words(self.composer, self.form)

    @cached_property
    def doses(self) -> Side:
        """How much, in front."""
        c, look = self.composer, self.composer.look
        return (
            [Flowed(doses(c, self.form, look.width, on_card=True), before=look.gap)] if self.has_doses else []
        )

    @property
    def has_doses(self) -> bool:
        """Whether it is done in any week."""
        return any(self.form.doses)

    @cached_property
    def least(self) -> float:
        """The least scale of the drawings, in points a millimetre."""
        c, options = self.composer, self.composer.layout.exercise_weeks
        panels = self.form.main.panels
        return max((least_scale(c, panel, options.lying, options.standing) for panel in panels), default=0.0)

    @cached_property
    def weeks(self) -> list[CardWeeks]:
        """The ways to set all its weeks."""
        return card_weeks(self.composer, self.form)

    def fits(self, side: Side) -> bool:
        """Whether a side under its heading has room for blocks."""
        return extent(side, self.composer.look.width, at_top=True) <= self.room

    def drawn(self, scale: float) -> Side:
        """Return the drawings, with as much white above them as there is."""
        c, panels = self.composer, self.form.main.panels
        return [Flowed(drawings(c, panels, scale), before=c.look.gap, stretch=ANY)] if panels else []

    def scale(self, above: Side, below: Side, least: float = 0.0) -> float | None:
        """Return the largest scale of the drawings between others; None where it is under the `least`."""
        c, panels = self.composer, self.form.main.panels
        taken = extent([*above, *below], c.look.width, at_top=False)
        free = self.room - taken - (c.look.gap if panels else 0.0)
        if not panels:
            return 0.0 if free >= 0 else None
        return largest_scale(c, panels, free, least) or None

    def sending(self) -> Side:
        """Return what sends from steps behind to the words in front, where there are some that go first."""
        if not goes_before_drawings(self.form):
            return []
        return [Flowed(front_first(self.composer), before=self.composer.look.gap * 0.4)]

    def too_small(self, what: str) -> FitError:
        """Return the error of a card that does not hold what it has to."""
        advice = "not fit on a card; choose fewer cards on a sheet, or larger paper"
        return FitError(Problem(f"exercise {self.form.number}, {self.form.name}: {what} {advice}", "layout"))
