"""The parts of a plan that are the same for many patients: safety, preparation, progress, passport."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.content.models.clinic import Clinic, Limits, OwnNumber
from pdfgen.content.models.condition import Faq, Picture, SafetyBox, Strip
from pdfgen.content.models.library import Advice, Library, PhoneNumber, TrafficLightText
from pdfgen.planning.exercises import Choices, plan_panels
from pdfgen.planning.plan import (
    Light,
    Passport,
    Phone,
    PlannedAdvice,
    PlannedClinic,
    PlannedPicture,
    PlannedProgress,
    PlannedSafety,
    PlannedStrip,
    WarningBox,
)
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import long_date

#: Ends of the pain scale (numeric pain rating scale, clinical.md 4).
PAIN_MIN, PAIN_MAX = 0, 10


def plan_safety(choices: Choices, clinic: Clinic) -> PlannedSafety:
    """Return the safety section with the country's or the clinic's numbers and the clinic's limits."""
    safety, text = choices.condition.safety, choices.text
    light = choices.library.traffic_light
    limits = clinic.traffic_light
    ranges = (
        (light.green, PAIN_MIN, limits.green_max),
        (light.amber, limits.green_max + 1, limits.amber_max),
        (light.red, limits.amber_max + 1, PAIN_MAX),
    )
    green, amber, red = (_light(words, low, high, limits, choices) for words, low, high in ranges)
    return PlannedSafety(
        title=text(safety.title),
        intro=text(safety.intro),
        boxes=tuple(_box(box, choices, clinic) for box in safety.boxes),
        stop_rule=text(safety.stop_rule),
        light_title=text(light.title),
        light_intro=_limits(text(light.intro), limits, choices),
        lights=(green, amber, red),
        usual_pain=_limits(text(light.usual_pain), limits, choices),
        ask_first_title=text(safety.ask_first_title),
        ask_first=tuple(map(text, (*safety.ask_first, *clinic.safety.ask_first))),
    )


def _light(words: TrafficLightText, low: int, high: int, limits: Limits, choices: Choices) -> Light:
    between = {"range": _range(low, high, choices)}
    title, body = (
        choices.language.fill(_limits(choices.text(part), limits, choices), between)
        for part in (words.title, words.text)
    )
    return Light(low, high, title, body)


def _range(low: int, high: int, choices: Choices) -> str:
    """Return a range of the pain scale in words; one number stands alone."""
    strings = choices.language.strings
    if low == high:
        return str(low)
    words = strings.range_two if high == low + 1 else strings.range_between
    words = strings.range_from if high == PAIN_MAX else words
    return choices.language.fill(words, {"low": low, "high": high})


def _limits(text: str, limits: Limits, choices: Choices) -> str:
    values = {
        "green_max": limits.green_max,
        "amber_min": limits.green_max + 1,
        "amber_max": limits.amber_max,
        "red_min": limits.amber_max + 1,
        "hours": limits.settle_hours,
    }
    return choices.language.fill(text, values)


def _box(box: SafetyBox, choices: Choices, clinic: Clinic) -> WarningBox:
    return WarningBox(
        id=box.id,
        icon=box.icon,
        title=choices.text(box.title),
        signs=tuple(map(choices.text, (*box.signs, *clinic.safety.signs.get(box.id, ())))),
        note=choices.text(box.note) if box.note else "",
        phones=_phones(box, choices, clinic),
    )


def emergency_number(library: Library, clinic: Clinic) -> str:
    """Return the country's number for emergencies, or the clinic's own; empty where none is known."""
    return (clinic.emergency or library.countries[clinic.country].emergency).number


def _phones(box: SafetyBox, choices: Choices, clinic: Clinic) -> tuple[Phone, ...]:
    """Return whom to call: the country's lines, each with the clinic's own number laid over it."""
    if box.number == "clinic":
        return (Phone(clinic.name or choices.language.strings.my_clinic, clinic.phone),)
    country = choices.library.countries[clinic.country]
    own = {line.id: line for line in clinic.urgent}
    urgent = {line.id: _phone(line, own.get(line.id), choices) for line in country.urgent}
    if box.number == "urgent":
        return tuple(urgent.values())
    emergency = _phone(country.emergency, clinic.emergency, choices)
    return (emergency, urgent[country.emergency_line]) if country.emergency_line else (emergency,)


def _phone(number: PhoneNumber, own: OwnNumber | None, choices: Choices) -> Phone:
    label = (own.label if own else "") or choices.text(number.label)
    hours = (own.hours if own else "") or (choices.text(number.hours) if number.hours else "")
    return Phone(", ".join(filter(None, (label, hours))), own.number if own else number.number)


def plan_strip(strip: Strip, choices: Choices) -> PlannedStrip:
    """Return a series of steps with the drawings that exist for it."""
    return PlannedStrip(
        title=choices.text(strip.title),
        intro=choices.text(strip.intro) if strip.intro else "",
        steps=tuple(_picture(picture, choices) for picture in strip.steps),
        note=choices.text(strip.note) if strip.note else "",
    )


def plan_positions(
    strip: Strip, exercises: Sequence[PlannedExercise], choices: Choices
) -> PlannedStrip | None:
    """Return the positions in which the forms of a program begin, in the order of the strip.

    A position that the strip does not have comes last, with the first picture of the form.

    Returns:
        None where no exercise says how it begins.
    """
    shown = plan_strip(strip, choices)
    begun = {form.position: form.panels for exercise in exercises for form in exercise.shown_forms}
    steps = [step for step in shown.steps if step.text in begun]
    drawn = {step.text for step in steps}
    steps += [PlannedPicture(p, next(iter(panels), None)) for p, panels in begun.items() if p not in drawn]
    return shown._replace(steps=tuple(steps)) if steps else None


def _picture(picture: Picture, choices: Choices) -> PlannedPicture:
    panels, _ = plan_panels([picture.panel] if picture.panel else [], choices, choices.prescription.side)
    return PlannedPicture(choices.text(picture.text), panels[0] if panels else None)


def plan_advice(advice: Advice, choices: Choices) -> PlannedAdvice:
    """Return a title with its points."""
    note = choices.text(advice.note) if advice.note else ""
    return PlannedAdvice(choices.text(advice.title), tuple(map(choices.text, advice.points)), note)


def plan_progress(choices: Choices) -> PlannedProgress:
    """Return moving on, missed sessions, flare-ups and what comes afterwards."""
    progress, text = choices.library.progress, choices.text
    return PlannedProgress(
        title=text(progress.title),
        intro=text(progress.intro),
        choices=(
            plan_advice(progress.go_back, choices),
            plan_advice(progress.move_on, choices),
            plan_advice(progress.stay, choices),
        ),
        missed_title=text(progress.missed_title),
        missed=tuple((text(row.gap), text(row.advice)) for row in progress.missed),
        flare_up=plan_advice(progress.flare_up, choices),
        afterwards=plan_advice(progress.afterwards, choices),
    )


def plan_clinic(clinic: Clinic, choices: Choices) -> PlannedClinic:
    """Return the clinic's printed details."""
    return PlannedClinic(
        name=clinic.name,
        address=clinic.address,
        phone=clinic.phone,
        email=clinic.email,
        website=clinic.website,
        header=clinic.header,
        footer=clinic.footer,
        closing=choices.text(clinic.closing) if clinic.closing else "",
    )


def plan_passport(choices: Choices, questions: Sequence[Faq], document_id: str, input_hash: str) -> Passport:
    """Return the origin of the document, with the sources of exercises, warning signs and questions."""
    library, condition, text = choices.library, choices.condition, choices.text
    named = [library.exercises[name].sources for name in choices.exercise_ids]
    named += [condition.safety.sources, *(entry.sources for entry in questions)]
    used = dict.fromkeys(source for sources in named for source in sources)
    sources = [library.sources[name] for name in used]
    review = condition.review
    reviewed = review.status == "reviewed"
    strings = choices.language.strings
    signed = (
        ", ".join((review.by, review.role, long_date(review.date, choices.language))) if review.date else ""
    )
    return Passport(
        program=text(library.programs[choices.prescription.program].name),
        library_version=library.version,
        reviewed=reviewed,
        review=f"{text(review.statement)} {signed}".strip() if reviewed else text(review.statement),
        review_line=f"{strings.reviewed_by}: {signed}" if reviewed else strings.not_reviewed_line,
        intended_use=text(condition.intended_use),
        disclaimer=tuple(map(text, condition.disclaimer)),
        sources=tuple(
            (s.title, f"{s.publisher}, {s.year}" if s.year else s.publisher, s.url) for s in sources
        ),
        document_id=document_id,
        input_hash=input_hash,
    )
