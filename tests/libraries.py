"""Libraries laid over the shipped one, as a clinic writes them, for tests of rules and of conditions."""

from __future__ import annotations

from pdfgen.content import loading
from pdfgen.content.files.merging import merge
from pdfgen.content.files.resources import library_file
from pdfgen.content.files.strict_yaml import parse_yaml, read_yaml
from pdfgen.content.loading import LoadedLibrary
from pdfgen.content.models.validation import validate

SHIPPED = read_yaml(library_file())

_STEP = "{kind: do, text: {nl: Doe dit., en: Do this.}}"
_PANEL = "{figure: start-standing-a, alt: {nl: Iemand staat., en: A person stands.}}"
_FORM = (
    f"{{name: {{nl: a, en: a}}, summary: {{nl: a, en: a}}, steps: [{_STEP}, {_STEP}], panels: [{_PANEL}]}}"
)

SQUAT = f"""\
exercises:
  squat:
    kind: strengthening
    name: {{nl: Hurken, en: Squat}}
    purpose: {{nl: a, en: a}}
    muscles: {{nl: a, en: a}}
    position: {{nl: a, en: a}}
    breathing: {{nl: a, en: a}}
    mistakes: [{{nl: a, en: a}}]
    care: [{{nl: a, en: a}}]
    movement_s: 4
    variants:
      L2: {_FORM}
      L3: {_FORM}
    doses: [{{sets: 1, reps: 8}}]
"""

PROGRAM = "name: {nl: a, en: a}, summary: {nl: a, en: a}, weeks: [4]"


def condition(name: str, exercise: str = "squat", word: str = "") -> str:
    """A condition with a program and texts of its own, each with `word` in it (its id if left out)."""
    said = word or name

    def text(what: str) -> str:
        return f"{{nl: {said} {what} nl, en: {said} {what} en}}"

    numbers = {"emergency": "emergency", "today": "urgent", "appointment": "clinic"}
    boxes = "\n".join(
        f"        - {{id: {box}, icon: stop, title: {text(box)}, number: {number}, "
        f"signs: [{text(f'sign {box}')}]}}"
        for box, number in numbers.items()
    )
    return f"""\
conditions:
  {name}:
    title: {text("title")}
    name: {text("name")}
    review: {{status: not-reviewed, statement: {text("review")}}}
    intended_use: {text("use")}
    disclaimer: [{text("disclaimer")}]
    safety:
      title: {text("safety")}
      intro: {text("intro")}
      boxes:
{boxes}
      stop_rule: {text("stop")}
      ask_first_title: {text("ask")}
      ask_first: [{text("first")}]
    preparation:
      title: {text("preparation")}
      tips: [{text("tip")}]
      warm_up: {{title: {text("warm")}, steps: [{{text: {text("step")}}}]}}
    phases: [{{first_step: 1, last_step: 9, name: {text("phase")}, aim: {text("aim")}}}]
    programs:
      {name}-program: {{{PROGRAM}, exercises: [{exercise}]}}
    faq:
      - {{id: {name}-question, question: {text("question")}, answer: {text("answer")}, always: true, rank: 1}}
"""


def library_with(*texts: str) -> LoadedLibrary:
    """The shipped library with others laid over it, each as if it was read from `own.yaml`."""
    merged = SHIPPED
    for text in texts:
        merged, _ = merge(merged, parse_yaml(text, "own.yaml"))
    return LoadedLibrary(validate(loading.Library, merged), merged)


def of_back(text: str) -> str:
    """A key of the shipped condition, as it stands in a library of one line."""
    return f"conditions: {{low-back-pain: {{{text}}}}}"
