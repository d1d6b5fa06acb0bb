"""From library exercises to planned ones: level, doses, drawings on the right side, cautions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pdfgen.content.models.condition import Condition
from pdfgen.content.models.dose import Level, step_number
from pdfgen.content.models.exercise import Exercise, Panel, Variant
from pdfgen.content.models.field_types import Side
from pdfgen.content.models.language import Language
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import DoseOverride, Prescription
from pdfgen.planning.own_words import notes_on
from pdfgen.planning.planned_exercise import (
    PlannedCaution,
    PlannedDose,
    PlannedExercise,
    PlannedPanel,
    PlannedVariant,
)
from pdfgen.planning.progression import dose_in_week, steps_by_week
from pdfgen.planning.wording import NO_BREAK

_OTHER_SIDE: Mapping[Side, Side] = {"left": "right", "right": "left"}
_EASIER: Mapping[Level, Level] = {"L2": "L1", "L3": "L2"}

#: The side that texts speak of when neither therapist nor drawing gives one.
_DEFAULT_SIDE: Side = "right"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the therapist chose, looked up once: the library, the prescription and its language.

    Attributes:
        figures: the drawing that replaces one of the library's, by the name of the replaced one.
        emergency: the number to call at once; empty where none is known.
    """

    library: Library
    prescription: Prescription
    language: Language
    figures: Mapping[str, str] = field(default_factory=dict)
    emergency: str = ""

    @property
    def condition(self) -> Condition:
        """The condition that the program is for."""
        return self.library.conditions[self.library.condition_of(self.prescription.program)]

    @property
    def exercise_ids(self) -> tuple[str, ...]:
        """The exercises of this program, in order."""
        return exercises_of(self.library, self.prescription)

    def text(self, texts: Mapping[str, str]) -> str:
        """Return the text in the document's language."""
        return self.language.of(texts)

    def overrides(self, exercise_id: str) -> Sequence[DoseOverride]:
        """Return the therapist's own doses of an exercise."""
        own = self.prescription.doses.get(exercise_id, ())
        return (own,) if isinstance(own, DoseOverride) else own

    def side_of(self, exercise_id: str) -> Side | None:
        """Return the side that the therapist gives for an exercise, or for all of them."""
        sides = (own.side for own in self.overrides(exercise_id) if own.side)
        return next(sides, self.prescription.side)

    def steps_of(self, exercise_id: str, steps: Sequence[int]) -> Sequence[int]:
        """Return the dose step of each week of an exercise; `steps` are those of the program."""
        first = next((own.start_step for own in self.overrides(exercise_id) if own.start_step), None)
        return steps if first is None else steps_by_week(len(steps), step_number(first))


def exercises_of(library: Library, prescription: Prescription) -> tuple[str, ...]:
    """Return the exercises that a therapist chose, or else those of the program, in order."""
    own = prescription.exercises
    return own if own is not None else library.programs[prescription.program].exercises


def plan_panels(
    panels: Sequence[Panel], choices: Choices, own: Side | None, default: Side = _DEFAULT_SIDE
) -> tuple[tuple[PlannedPanel, ...], Side]:
    """Return the panels turned to the patient's side, and the side that the text then speaks of.

    A series is mirrored as a whole, so that start and end still belong together.

    Args:
        own: the side that the therapist gives.
        default: the side of texts where neither therapist nor drawing gives one.
    """
    drawn = _drawn_side(panels)
    side = own or drawn or default
    mirrored = drawn is not None and drawn != side
    planned = []
    for panel in panels:
        working = panel.side or drawn or side
        if mirrored:
            working = _OTHER_SIDE[working]
        planned.append(
            PlannedPanel(
                choices.figures.get(panel.picture, panel.picture),
                mirrored,
                side_words(choices.text(panel.alt), working, choices),
                panel.photo,
                panel.crop,
                panel.step or 0,
            )
        )
    return tuple(planned), side


def _drawn_side(panels: Iterable[Panel]) -> Side | None:
    return next((panel.side for panel in panels if panel.side), None)


def _of_one_side(panels: Sequence[Panel]) -> tuple[Panel, ...]:
    """Return the drawings without those of the side that is drawn second."""
    drawn = _drawn_side(panels)
    return tuple(panel for panel in panels if panel.side in (None, drawn))


def side_words(text: str, side: Side, choices: Choices) -> str:
    """Put the words for the trained side and its opposite into a text."""
    sides = choices.language.sides
    return choices.language.fill(text, {"side": sides[side], "other": sides[_OTHER_SIDE[side]]})


def plan_variant(
    level: Level,
    variant: Variant,
    weeks: Sequence[int],
    choices: Choices,
    own: Side | None = None,
    default: Side = _DEFAULT_SIDE,
    *,
    one_side: bool = False,
) -> PlannedVariant:
    """Return a variant in the document's language; `own` and `default` as in `plan_panels`.

    Where `one_side` alone is trained, no drawing shows the other one, and no step changes to it.
    """
    shown = _of_one_side(variant.panels) if one_side else variant.panels
    panels, side = plan_panels(shown, choices, own, default)
    names = choices.library.equipment
    return PlannedVariant(
        level=level,
        name=side_words(choices.text(variant.name), side, choices),
        summary=side_words(choices.text(variant.summary), side, choices),
        steps=tuple(
            (step.kind, side_words(choices.text(words), side, choices))
            for step in variant.steps
            for words in ((one_side and step.one_side) or step.text,)
        ),
        panels=panels,
        equipment=tuple(choices.text(names[item].name) for item in variant.equipment),
        weeks=tuple(weeks),
    )


def main_level(doses: Sequence[PlannedDose | None]) -> Level:
    """Return the level that fills most weeks; of two that fill as many, the standard one or the later one."""
    levels = [dose.level for dose in doses if dose is not None]
    latest_first = dict.fromkeys(reversed(levels))
    return max(latest_first, key=lambda level: (levels.count(level), level == "L2"), default="L2")


def plan_cautions(
    exercise_id: str, exercise: Exercise, doses: Sequence[PlannedDose | None], choices: Choices
) -> tuple[PlannedCaution, ...]:
    """Return the cautions of an exercise that match the patient's situations."""
    prescription = choices.prescription
    levels = {dose.level for dose in doses if dose is not None}
    return tuple(
        PlannedCaution(
            exercise=exercise_id,
            situation=situation,
            situation_name=choices.text(choices.library.situations[situation].name),
            use=caution.use,
            text=choices.text(caution.text),
            confirmed=f"{exercise_id}/{situation}" in prescription.confirmed,
            followed=levels == {caution.use},
        )
        for situation in prescription.situations
        for caution in exercise.cautions
        if situation in caution.situations
    )


def plan_exercise(number: int, exercise_id: str, steps: Sequence[int], choices: Choices) -> PlannedExercise:
    """Return one exercise of the program.

    Args:
        number: its number in the program.
        steps: the dose step of each week of the program.
    """
    exercise = choices.library.exercises[exercise_id]
    overrides, own_side = choices.overrides(exercise_id), choices.side_of(exercise_id)
    doses = tuple(
        dose_in_week(exercise, step, week, overrides, language=choices.language, side=own_side)
        for week, step in enumerate(choices.steps_of(exercise_id, steps), 1)
    )
    cautions = plan_cautions(exercise_id, exercise, doses, choices)
    main = main_level(doses)
    if main not in exercise.variants:
        # No week has a dose, which is told before anything is made of the plan.
        main = next(iter(exercise.variants))
    # All variants speak of the side that the standard one is drawn with.
    default = _drawn_side(panel for v in exercise.variants.values() for panel in v.panels) or _DEFAULT_SIDE
    one_side = all(dose is None or dose.one_side for dose in doses)
    variants = {
        level: plan_variant(
            level, variant, _weeks_of(level, doses), choices, own_side, default, one_side=one_side
        )
        for level, variant in exercise.variants.items()
    }
    variants = {
        level: _with_own_equipment(form, exercise, choices)._replace(
            situations=_asking_for(level, cautions),
            position=choices.text(exercise.variants[level].position or exercise.position),
        )
        for level, form in variants.items()
    }
    used = sorted((form for form in variants.values() if form.weeks), key=lambda form: form.weeks)
    advised = (form for form in variants.values() if form.situations and not form.weeks)
    sided = any(dose is not None and dose.per_side for dose in doses)
    return PlannedExercise(
        number=number,
        id=exercise_id,
        kind=exercise.kind,
        name=choices.text(exercise.name),
        purpose=choices.text(exercise.purpose),
        muscles=choices.text(exercise.muscles),
        position=choices.text(exercise.position),
        breathing=choices.text(exercise.breathing),
        mistakes=tuple(map(choices.text, exercise.mistakes)),
        care=tuple(_with_number(text, choices) for text in exercise.care),
        forms=tuple(used),
        advised=tuple(advised),
        main=variants[main],
        easier=variants.get(_EASIER[main]) if main in _EASIER else None,
        doses=doses,
        rest_s=exercise.rest_s,
        cautions=cautions,
        notes=notes_on(exercise_id, _weeks_done(doses), choices.prescription, choices.language),
        start_side=choices.language.sides[own_side] if own_side and sided else "",
        video=exercise.video,
    )


def _with_number(text: Mapping[str, str], choices: Choices) -> str:
    """Put the emergency number into a text; where none is known, leave its place out."""
    number = f"{NO_BREAK}{choices.emergency}" if choices.emergency else ""
    return choices.text(text).replace(" {emergency}", number)


def _weeks_done(doses: Sequence[PlannedDose | None]) -> tuple[int, ...]:
    return tuple(week for week, dose in enumerate(doses, 1) if dose is not None)


def _weeks_of(level: Level, doses: Sequence[PlannedDose | None]) -> tuple[int, ...]:
    return tuple(week for week, dose in enumerate(doses, 1) if dose is not None and dose.level == level)


def _asking_for(level: Level, cautions: Sequence[PlannedCaution]) -> tuple[str, ...]:
    """Return the situations whose caution asks for a level that is not done in every week."""
    asking = (c.situation_name for c in cautions if c.use == level and not c.followed)
    return tuple(dict.fromkeys(asking))


def _with_own_equipment(variant: PlannedVariant, exercise: Exercise, choices: Choices) -> PlannedVariant:
    if variant.equipment:
        return variant
    names = choices.library.equipment
    return variant._replace(equipment=tuple(choices.text(names[item].name) for item in exercise.equipment))
