"""An exercise of a plan: its forms with their drawings, its doses, and what concerns this patient only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.content.models.dose import Amount, Level
from pdfgen.content.models.exercise import CautionUse, Crop
from pdfgen.content.models.field_types import Side
from pdfgen.planning.own_words import PlannedNote, notes_in


class PlannedDose(NamedTuple):
    """How much of an exercise each time in one week.

    Attributes:
        hold_s: seconds that a repetition is held or lasts.
        each_side: the exercise's own words for each side; empty if it has none.
        one_side: the only side that it is done with, if one.
        load: weight or band; empty if there is none.
        blank: to be written in by hand.
    """

    level: Level
    sets: Amount
    reps: Amount
    hold_s: Amount
    per_side: bool
    blank: bool = False
    one_side: Side | None = None
    load: str = ""
    times_a_day: int = 1
    each_side: str = ""

    def __str__(self) -> str:
        """The dose for a therapist, in English: `L2, 1 x 8 a side, hold 4 s`."""
        if self.blank:
            return f"{self.level}, to be written in by hand"
        sides = " a side" if self.per_side else f", {self.one_side} side only" if self.one_side else ""
        whole = self.hold_s.in_minutes
        time = f"{whole.as_written} min" if whole else f"hold {self.hold_s.as_written} s"
        hold = f", {time}" if self.hold_s.most else ""
        load = f", {self.load}" if self.load else ""
        times = f", {self.times_a_day} times a day" if self.times_a_day > 1 else ""
        amount = f"{self.sets.as_written} x {self.reps.as_written}"
        return f"{self.level}, {amount}{sides}{hold}{load}{times}"


#: Steps that somebody takes to get into the start position, at most.
_STEPS_TO_BEGIN = 2


class PlannedPanel(NamedTuple):
    """One picture: its name, whether it is mirrored left to right, and what it then shows.

    Attributes:
        figure: the name of a drawing, or of a photo as `Panel.picture` gives it.
        photo, crop: the file of a photo, and what is cut away of it.
        step: number of the step that it shows; 0 where the library gives none.
    """

    figure: str
    mirrored: bool
    alt: str
    photo: str | None = None
    crop: Crop | None = None
    step: int = 0


class PlannedVariant(NamedTuple):
    """One level of an exercise.

    Attributes:
        position: in which it begins.
        weeks: those in which this level is done; empty: none.
        situations: of this patient; their cautions ask for this level, and it is not done in every week.
    """

    level: Level
    name: str
    summary: str
    steps: tuple[tuple[str, str], ...]
    panels: tuple[PlannedPanel, ...]
    equipment: tuple[str, ...]
    weeks: tuple[int, ...]
    situations: tuple[str, ...] = ()
    position: str = ""

    @property
    def emblem(self) -> PlannedPanel | None:
        """The drawing that stands for the variant where there is room for one: its first end position."""
        return next(iter(self.panels[1:] or self.panels), None)

    @property
    def emblems(self) -> tuple[PlannedPanel, ...]:
        """The drawings that stand for it where one is enough: both of a movement from one end to the other.

        Of such a movement the first drawing is not a start position: it shows a later step than that takes.
        """
        if len(self.panels) == 2 and self.panels[0].step > _STEPS_TO_BEGIN:
            return self.panels
        return (self.emblem,) if self.emblem else ()


class PlannedCaution(NamedTuple):
    """What to heed in a situation of this patient.

    Attributes:
        use: what it advises.
        confirmed: the therapist has weighed it.
        followed: the form that it names is done in every week.
    """

    exercise: str
    situation: str
    situation_name: str
    use: CautionUse
    text: str
    confirmed: bool
    followed: bool


class PlannedExercise(NamedTuple):
    """An exercise of the program with all that is printed about it.

    Attributes:
        number: from 1, the same in every edition.
        kind: the id of what kind of exercise it is.
        forms: those that are prescribed, in order of weeks, each with the weeks that it is done in.
        advised: those that a caution names and that are done in no week.
        main: the form that fills most weeks.
        easier: the neighbouring level below, if any. Nobody is told of a harder one that is not prescribed.
        doses: one entry a week; None where the exercise is not done.
        rest_s: rest between sets.
        start_side: the word for the side to start with; empty if no side was chosen or sides do not matter.
        form_number: of the shown form that this is about, from 1; 0 where it is about the whole exercise.
    """

    number: int
    id: str
    kind: str
    name: str
    purpose: str
    muscles: str
    position: str
    breathing: str
    mistakes: tuple[str, ...]
    care: tuple[str, ...]
    forms: tuple[PlannedVariant, ...]
    advised: tuple[PlannedVariant, ...]
    main: PlannedVariant
    easier: PlannedVariant | None
    doses: tuple[PlannedDose | None, ...]
    rest_s: int
    cautions: tuple[PlannedCaution, ...]
    notes: tuple[PlannedNote, ...]
    start_side: str
    video: str
    form_number: int = 0

    @property
    def shown_forms(self) -> tuple[PlannedVariant, ...]:
        """The forms that are shown with their steps: prescribed ones, then those that a caution names."""
        return (*self.forms, *self.advised)

    @property
    def weeks(self) -> tuple[int, ...]:
        """The weeks in which it is done."""
        return tuple(week for week, dose in enumerate(self.doses, 1) if dose is not None)

    @property
    def by_form(self) -> tuple[PlannedExercise, ...]:
        """The exercise once for each form that is shown, with the doses of its weeks alone.

        Cautions go with each of them, notes with those that are done in their weeks, the video with the
        first, the easier form with its neighbour, the main one. One that is shown in one form is itself.
        """
        if len(self.shown_forms) < 2:
            return (self,)
        return tuple(
            self._replace(
                forms=(form,) if form.weeks else (),
                advised=() if form.weeks else (form,),
                main=form,
                easier=self.easier if form == self.main and self.easier not in self.shown_forms else None,
                doses=tuple(dose if week in form.weeks else None for week, dose in enumerate(self.doses, 1)),
                notes=notes_in(self.notes, form.weeks),
                video=self.video if number == 1 else "",
                form_number=number,
            )
            for number, form in enumerate(self.shown_forms, 1)
        )

    def within(self, weeks: Sequence[int]) -> PlannedExercise:
        """Return the exercise with the notes for some weeks (from 1) alone."""
        return self._replace(notes=notes_in(self.notes, weeks))

    def in_weeks(self, weeks: Sequence[int]) -> PlannedExercise:
        """Return an exercise in one form with the doses and the notes of some of its weeks (from 1) alone."""
        doses = tuple(dose if week in weeks else None for week, dose in enumerate(self.doses, 1))
        if doses == self.doses:
            return self
        return self.within(weeks)._replace(doses=doses, main=self.main._replace(weeks=tuple(weeks)))

    def next_week(self, after: int = 0) -> int:
        """Return the first week (from 1) after another in which it is done; 0 where there is none."""
        later = enumerate(self.doses[after:], after + 1)
        return next((week for week, dose in later if dose is not None), 0)

    def form_in(self, week: int) -> PlannedVariant:
        """Return the form that is done in a week (from 1); where none is, the one that fills most weeks."""
        return next((form for form in self.forms if week in form.weeks), self.main)

    def form_word(self, week: int) -> str:
        """Return the name of the form that is done in a week, where there is more than one; else nothing."""
        dosed = self.doses[week - 1] is not None
        return self.form_in(week).name if dosed and len(self.forms) > 1 else ""
