"""Where the signs to call for stand; words that send there name the page, or the card."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.page_names import PageNaming, PageOf
from pdfgen.typesetting.sections.screen_parts import signs_of
from pdfgen.typesetting.text_style import Span

SIGNS = "signs"
"""The destination at all signs that stand among exercises with their weeks, or on cards."""

#: What may stand around the title of the signs.
_QUOTES = "“”„‘’«»\"'"
#: Front and back of a card have one number.
_SIDES = 2


def place_of_signs(c: Composer) -> str:
    """Return the destination at all signs; nothing where they are in another document."""
    kinds = c.layout.kinds
    if c.layout.screen:
        return signs_of(0)
    section = next((kind for kind in ("safety", "safety-columns") if kind in kinds), "")
    return section or (SIGNS if {"exercise-weeks", "exercise-cards"} & {*kinds} else "")


def sending(c: Composer, words: str, make: Callable[[Sequence[Span]], Block]) -> Block:
    """Return a block of words; where they name the title of the signs, with the page of these behind it.

    On cards the card stands in place of the title, and on a screen the title is a link. The emergency number
    can be called where the page is on a phone.

    Args:
        make: returns the block of spans.
    """
    before, title, after = words.partition(c.plan.safety.title)
    place = place_of_signs(c)
    if not title or not place:
        return make(_calling(c, words))
    if c.layout.screen:
        link = Span(title.replace(" ", NO_BREAK), link=f"#{place}")
        return make([*_calling(c, before), link, *_calling(c, after)])
    is_on_card = "exercise-cards" in c.layout.kinds
    end = after.lstrip(_QUOTES)
    quoted = f"{before}{title}{after.removesuffix(end)}, "
    before, after = (before.rstrip(_QUOTES) if is_on_card else quoted), end

    def named(page_of: PageOf) -> Block:
        pattern = c.strings.card if is_on_card else c.strings.on_page
        where = c.fill(pattern, card=page_of(place), page=page_of(place)).replace(" ", NO_BREAK)
        return make([*_calling(c, before), Span(where, link=f"#{place}"), *_calling(c, after)])

    # The signs are the last page of a layout that is given beside a program, else near the front.
    is_last = place == SIGNS and c.layout.supplement and not is_on_card
    return PageNaming(named, is_short=not is_last, sides=_SIDES if is_on_card else 1)


def _calling(c: Composer, words: str) -> list[Span]:
    """Return words with the emergency number as one that can be called."""
    number = c.plan.safety.boxes[0].phones[0].number
    before, found, after = words.partition(number) if number else (words, "", "")
    spans = [Span(before), *([c.phone(number, bold=True), *_calling(c, after)] if found else [])]
    return [span for span in spans if span.text]
