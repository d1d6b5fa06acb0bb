"""Each warning sign stands in the box that its harm asks for, says what is new, and no two texts disagree.

What belongs in which box: clinical.md 3 and `docs/clinical-decisions.md`.
"""

from __future__ import annotations

import re

import pytest
from programs import BACK, back, shipped_library

LIBRARY = shipped_library().value
LANGUAGES = ("nl", "en")
BOXES = {box.id: box for box in back().safety.boxes}

#: By box: a sign, and what it must say in Dutch and in English.
SIGNS = {
    "emergency": {
        "saddle": ("nieuw doof.*tintelend.*geslachtsdelen, anus of billen", "new numb.*tingly.*genitals"),
        "wiping": ("afvegen voelt anders", "wiping feels different"),
        "bladder": ("plassen lukt niet meer.*dan eerst", "no longer pee.*than before"),
        "leaking": ("verliest plas of poep en dat is nieuw", "leak pee or poo and this is new"),
        "no feeling": ("niet meer dat je plast, poept of moet", "no longer feel that you pee, poo or need"),
        "sex": ("sinds kort.*minder bij seks.*doof.*orgasme lukt niet meer", "sex now.*numb.*now cannot"),
        "both legs": ("sinds kort.*beide benen.*tintelen.*doof of slap", "new pain.*numbness.*both legs"),
        "known stenosis": ("stenose\\? bel als dit erger", "known stenosis\\? call if this gets worse"),
        "walking": ("lopen gaat snel slechter", "walking is quickly"),
        "quick weakness": ("been of voet wordt snel zwakker", "leg or foot is quickly getting weaker"),
        "accident": ("zwaar ongeluk of val", "bad accident or fall"),
        "chest": ("pijn op je borst", "chest pain"),
        "aorta": ("buik of rug.*duizelig.*benauwd.*zweet.*flauw", "belly or back.*dizzy.*sweat.*pass out"),
    },
    "today": {
        "any weakness": ("been of voet is zwakker dan eerst\\.", "leg or foot is weaker than before\\."),
        "numb for a week": ("al een week doof of tintelt", "numb or tingly for a week"),
        "fever": ("koorts of voelt je ziek", "fever or feel ill"),
        "infection without fever": (
            "ook zonder koorts.*afweer.*spuit drugs.*infectie of operatie",
            "infection or surgery, inject drugs.*weak immune system.*even without fever",
        ),
        "weight": ("valt af zonder reden", "lose weight without trying"),
        "cancer": ("nieuwe rugpijn en kanker, nu of vroeger", "new back pain and cancer, now or before"),
        "night": ("sinds kort ’s nachts erger", "now worse at night"),
        "cough": ("sinds kort.*hoesten.*geen bekende hernia", "now.*cough.*no known slipped disc"),
        "shoulder blades": ("schouderbladen", "shoulder blades"),
        "shape": ("bult", "lump"),
        "fall": ("kleine val.*65.*botontkalking.*prednison", "small fall.*65.*osteoporosis.*steroid"),
        "unbearable": ("niet uit te houden", "cannot bear"),
    },
    "appointment": {
        "worse each week": ("elke week erger", "worse each week"),
        "new and old pain": ("nieuwe pijn.*2 weken.*oude pijn.*6 weken", "new pain.*2 weeks.*old.*6 weeks"),
        "inflammation": (
            "voor je 45e.*3 maanden.*laat in de nacht.*’s ochtends stijf.*bewegen helpt",
            "before age 45.*3 months.*wakes you in the early hours.*moving eases morning stiffness",
        ),
        "daily life": ("werken, slapen", "work, sleep"),
        "worry": ("zorgen", "worried"),
    },
}  # fmt: skip


@pytest.mark.parametrize(("box", "sign"), [(box, sign) for box, signs in SIGNS.items() for sign in signs])
def test_each_sign_stands_in_its_box(box: str, sign: str) -> None:
    for language, pattern in zip(LANGUAGES, SIGNS[box][sign], strict=True):
        signs = [text[language] for text in BOXES[box].signs]
        assert any(re.search(pattern, text, re.IGNORECASE) for text in signs), language


def test_weakness_waits_for_no_week() -> None:
    for language, weak in zip(LANGUAGES, (r"\b(slap|zwak)", r"\bweak"), strict=True):
        for sentence in re.split(r"(?<=[.?])\s", " ".join(text[language] for text in BOXES["today"].signs)):
            assert not (re.search(weak, sentence) and re.search(r"week\b", sentence)), sentence


def test_no_sign_of_an_emergency_has_to_come_suddenly_but_the_one_of_the_aorta() -> None:
    for language, sudden in zip(LANGUAGES, ("opeens|plotseling", "sudden"), strict=True):
        found = [text[language] for text in BOXES["emergency"].signs if re.search(sudden, text[language])]
        assert len(found) == 1
        assert re.search("buik|belly", found[0])


def test_what_is_new_counts_also_when_it_began_slowly() -> None:
    note = BOXES["emergency"].note
    assert note is not None
    assert re.search("nieuw of erger.*langzaam begon", note["nl"], re.IGNORECASE)
    assert re.search("new or worse.*began slowly", note["en"], re.IGNORECASE)


def test_treated_high_blood_pressure_is_no_reason_to_ask_first() -> None:
    for language, limit in zip(LANGUAGES, ("niet goed is geregeld", "not under control"), strict=True):
        named = [text[language] for text in back().safety.ask_first]
        (pressure,) = [text for text in named if re.search("bloeddruk|blood pressure", text)]
        assert limit in pressure


def test_nobody_is_promised_to_be_well_in_weeks() -> None:
    (answer,) = [entry.answer for entry in LIBRARY.questions(BACK) if entry.id == "how-soon"]
    assert re.search("3 maanden.*de helft", answer["nl"])
    assert re.search("3 months.*half", answer["en"])


def test_people_whose_usual_pain_is_high_can_move_on() -> None:
    usual = LIBRARY.traffic_light.usual_pain
    assert re.search("2 punten erbij telt als groen", usual["nl"])
    assert re.search("2 points more counts as green", usual["en"])
    points = LIBRARY.progress.move_on.points
    assert any(re.search("gewone pijn", point["nl"]) for point in points)
    assert any(re.search("usual pain", point["en"]) for point in points)
