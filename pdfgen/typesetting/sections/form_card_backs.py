"""The back of the card of a form: its weeks with boxes, and what else has room there."""

from __future__ import annotations

from pdfgen.typesetting.blocks import Block
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.sections.card_faces import drawings, largest_scale
from pdfgen.typesetting.sections.card_sides import Side, filled
from pdfgen.typesetting.sections.form_card import FormCard

Tables = tuple[Block, ...]
"""All weeks of a form in a table, that with the largest boxes first."""

#: Drawings of so many times the scale are as good, beside larger boxes.
_AS_GOOD = 0.96
#: Of a form that is done in no week.
_NO_WEEKS: Tables = ()


def tables(card: FormCard, told: Side) -> Tables | None:
    """Return the weeks set in the best way of which a back has room for what is told below them, if any."""
    if not card.has_doses:
        return _NO_WEEKS if card.fits(told) else None
    ways = (way.tables for way in card.weeks)
    return next((way for way in ways if way and card.fits([Flowed(way[-1]), *told])), None)


def has_room(card: FormCard, weeks: Tables, told: Side, above: Side, foot: Side) -> bool:
    """Whether a back holds weeks in the least boxes with what is above and below them."""
    return card.fits([*_back(card, weeks[-1:], told, above), *foot])


def least_drawn(card: FormCard) -> Side:
    """Return what stands above the weeks where there is room, as low as it can be."""
    return [*card.own, *card.drawn(card.least)]


def back(card: FormCard, told: Side, scale: float, *, sends: bool) -> Side:
    """Return a back with what has room there: words in a frame, drawings again below them; then lines.

    Drawings go before large boxes, though they are smaller than in front, and weeks with all dates, each
    beside its dose, before drawings. When to stop goes before large drawings, and not before all of them.
    Beside the largest boxes drawings are as large as they can be.

    Args:
        told: what stands below the weeks.
        scale: of the drawings in front.
        sends: whether it begins with what sends to the words in front, not needed below these.
    """
    weeks = tables(card, told)
    if not told and not weeks:
        return []
    assert weeks is not None
    here = told[len(card.sending()) :] if sends and card.own else told
    stop = [card.stop]
    ways = [
        *(
            (here, [*card.own, *card.drawn(size)], foot)
            for foot in (stop, [])
            if (size := _again(card, weeks, here, scale, foot))
        ),
        *((some, above, foot) for some, above in ((here, card.own), (told, [])) for foot in (stop, [])),
    ]
    for some, above, foot in ways:
        for index in range(max(1, len(weeks))):
            side = _back(card, weeks[index : index + 1], some, above)
            if card.fits([*side, *foot]):
                used = card.used + extent(foot, card.composer.look.width, at_top=False)
                return filled(card.composer, side, used)
    raise AssertionError("weeks that were found to have room have none")


def _again(card: FormCard, weeks: Tables, told: Side, scale: float, foot: Side) -> float:
    """Return the scale of the drawings behind, which are larger than in front beside the largest boxes only.

    It is 0 where they have no room, or where there are none.
    """
    if foot and (largest := _largest(card, weeks[:1], told, foot)) > scale:
        return largest
    most = min(scale, _largest(card, weeks[-1:], told, foot))
    sizes = (min(scale, _largest(card, (one,), told, foot)) for one in weeks)
    return next((size for size in sizes if size >= most * _AS_GOOD), most)


def _largest(card: FormCard, weeks: Tables, told: Side, foot: Side) -> float:
    """Return the largest scale of drawings above weeks in boxes of one size; 0 without room."""
    c, panels = card.composer, card.form.main.panels
    side = _back(card, weeks, told, least_drawn(card))
    free = card.room - extent([*side, *foot], c.look.width, at_top=True)
    if not panels or free < 0:
        return 0.0
    return largest_scale(c, panels, drawings(c, panels, card.least).height(c.look.width) + free, card.least)


def _back(card: FormCard, weeks: Tables, told: Side, above: Side) -> Side:
    below = [*map(Flowed, weeks), *told]
    if not (above and below):
        return [*above, *below]
    # As much white below drawings as above them.
    start = below[0]._replace(before=card.composer.look.gap * 1.5, stretch=above[-1].stretch)
    return [*above, start, *below[1:]]
