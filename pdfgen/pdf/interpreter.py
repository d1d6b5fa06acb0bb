"""Reading content streams: which text lies in which marked sequence, and how far a page's content reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, TextStringObject

from pdfgen.errors import VerificationError
from pdfgen.pdf.shown_font import UNKNOWN, Font

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: Forms within forms; ours have none.
_MOST_FORMS = 10
#: Bytes of an operator that a message shows; PDF's have up to three.
_LONGEST_SHOWN = 8
_PAINTING = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"))
#: Operators that change nothing of what is read here (ISO 32000-1, annex A), and pypdf's for a picture.
_OTHERS = frozenset(
    b"BX CS DP EI ET EX G ID J K M MP RG SC SCN T* TD TL Tc Tr Ts Tw Tz W W* \" ' BI d d0 d1 cs g gs h i j k "
    b"rg ri sc scn w".split()
) | {b"INLINE IMAGE"}


@dataclass(slots=True)
class PageContent:
    """What is on one page.

    Attributes:
        texts: text by number of its marked sequence; sequences without text have an empty one.
        untagged: text, or the name of a painting operator, outside all marked content.
        extent: left, bottom, right, top of all that is painted, in points, from the page's lower left; None
            when nothing is.
        faults: what a sound content stream does not have; damage that leaves it readable shows so.
    """

    texts: dict[int, str] = field(default_factory=dict)
    untagged: list[str] = field(default_factory=list)
    extent: tuple[float, float, float, float] | None = None
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Marked content that is open: its number, None in an artifact; whether other text stands for its own."""

    mcid: int | None
    is_replaced: bool


class Interpreter:
    """Runs the content stream of one page.

    Args:
        page: the page.
        font: returns the font for its dictionary; shared by pages, so that each font is read once.
    """

    def __init__(self, page: PageObject, font: Callable[[Any], Font]) -> None:
        self.content = PageContent()
        self._resources = page.get("/Resources", DictionaryObject()).get_object()
        self._font_of = font
        self._marks: list[_Mark] = []
        self._saved: list[tuple[Matrix, Font | None, float]] = []
        self._matrix = _IDENTITY
        self._path: list[tuple[float, float]] = []
        self._font: Font | None = None
        self._size = 0.0
        self._line = self._text = _IDENTITY
        self._pdf = page.pdf
        self._depth = 0
        contents = page.get_contents()
        if contents is not None:
            self._run_all(contents)

    def _run_all(self, contents: Any) -> None:
        before = len(self._marks), len(self._saved)
        for operands, operator in ContentStream(contents, self._pdf).operations:
            try:
                self._run(operator, operands)
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                self.content.faults.append(f"{_shown(operator)} stands where it cannot")
        if (len(self._marks), len(self._saved)) != before:
            self.content.faults.append("something that is begun has no end")

    def _run(self, operator: bytes, operands: Sequence[Any]) -> None:
        action = _ACTIONS.get(operator)
        if action is not None:
            action(self, operands)
        elif operator in _PAINTING:
            self._paint(operator.decode())
            self._extend(self._path)
            self._path = []
        elif operator not in _OTHERS:
            self.content.faults.append(f"{_shown(operator)} is no operator")

    def _paint(self, what: str) -> None:
        if not self._marks:
            self.content.untagged.append(what)

    def _extend(self, points: Iterable[tuple[float, float]]) -> None:
        for x, y in points:
            left, bottom, right, top = self.content.extent or (x, y, x, y)
            self.content.extent = min(left, x), min(bottom, y), max(right, x), max(top, y)

    def _begin(self, operands: Sequence[Any]) -> None:
        properties: Any = operands[1] if len(operands) > 1 else DictionaryObject()
        if isinstance(properties, str):
            properties = (
                self._resources.get("/Properties", {}).get(properties, DictionaryObject()).get_object()
            )
        outer = self._marks[-1] if self._marks else _Mark(None, False)
        mcid = int(properties["/MCID"]) if "/MCID" in properties else outer.mcid
        if operands[0] == "/Artifact":
            mcid = None
        actual = properties.get("/ActualText")
        if mcid is not None:
            said = "" if actual is None or outer.is_replaced else text_of(actual)
            self.content.texts[mcid] = self.content.texts.get(mcid, "") + said
        self._marks.append(_Mark(mcid, outer.is_replaced or actual is not None))

    def _end(self, _: Sequence[Any]) -> None:
        self._marks.pop()

    def _save(self, _: Sequence[Any]) -> None:
        self._saved.append((self._matrix, self._font, self._size))

    def _restore(self, _: Sequence[Any]) -> None:
        self._matrix, self._font, self._size = self._saved.pop()

    def _transform(self, operands: Sequence[Any]) -> None:
        self._matrix = _product(_matrix(operands), self._matrix)

    def _add_points(self, operands: Sequence[Any]) -> None:
        numbers = [float(value) for value in operands]
        self._path += [_moved(self._matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]

    def _add_rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = map(float, operands)
        self._path += [_moved(self._matrix, x, y), _moved(self._matrix, x + width, y + height)]

    def _drop_path(self, _: Sequence[Any]) -> None:
        self._path = []

    def _do(self, operands: Sequence[Any]) -> None:
        self._paint("Do")
        drawn = self._resources["/XObject"][operands[0]]
        matrix = self._matrix
        left, bottom, right, top = 0.0, 0.0, 1.0, 1.0
        if drawn["/Subtype"] == "/Form":
            left, bottom, right, top = map(float, drawn["/BBox"])
            matrix = _product(_matrix(drawn.get("/Matrix", _IDENTITY)), matrix)
            if "/Font" in drawn.get("/Resources", {}):
                self._run_form(drawn, matrix)
                return
        corners = ((left, bottom), (right, bottom), (left, top), (right, top))
        self._extend(_moved(matrix, x, y) for x, y in corners)

    def _run_form(self, form: Any, matrix: Matrix) -> None:
        """Run a form that shows text: its words are content of the sequence that it stands in."""
        if self._depth >= _MOST_FORMS:
            raise VerificationError("forms lie in each other without an end")
        outer = self._resources, self._matrix, self._font, self._size, self._line, self._text
        self._resources, self._matrix = form["/Resources"].get_object(), matrix
        self._depth += 1
        self._run_all(form)
        self._depth -= 1
        self._resources, self._matrix, self._font, self._size, self._line, self._text = outer

    def _begin_text(self, _: Sequence[Any]) -> None:
        self._line = self._text = _IDENTITY

    def _choose_font(self, operands: Sequence[Any]) -> None:
        self._font = self._font_of(self._resources["/Font"].get_object().raw_get(operands[0]))
        self._size = float(operands[1])

    def _place_text(self, operands: Sequence[Any]) -> None:
        self._line = self._text = _matrix(operands)

    def _move_text(self, operands: Sequence[Any]) -> None:
        x, y = map(float, operands)
        self._line = self._text = _product((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _show(self, operands: Sequence[Any]) -> None:
        parts = operands[0] if isinstance(operands[0], ArrayObject) else operands
        said = "".join([self._show_part(part) for part in parts])
        mark = self._marks[-1] if self._marks else None
        if mark is None:
            self.content.untagged.append(said)
        elif mark.mcid is not None and not mark.is_replaced:
            self.content.texts[mark.mcid] += said

    def _show_part(self, part: Any) -> str:
        font, start = self._font, self._text
        if font is None:
            return UNKNOWN
        if isinstance(part, (int, float)):
            self._advance(-float(part))
            return ""
        codes = list(font.codes(_raw(part)))
        self._advance(sum(font.width(code) for code in codes))
        ends = [_product(matrix, self._matrix) for matrix in (start, self._text)]
        self._extend((matrix[4], matrix[5]) for matrix in ends)
        return "".join([font.text(code) for code in codes])

    def _advance(self, thousandths: float) -> None:
        self._text = _product((1.0, 0.0, 0.0, 1.0, thousandths * self._size / 1000, 0.0), self._text)


_ACTIONS: dict[bytes, Callable[[Interpreter, Sequence[Any]], None]] = {
    b"BDC": Interpreter._begin,
    b"BMC": Interpreter._begin,
    b"EMC": Interpreter._end,
    b"q": Interpreter._save,
    b"Q": Interpreter._restore,
    b"cm": Interpreter._transform,
    b"m": Interpreter._add_points,
    b"l": Interpreter._add_points,
    b"c": Interpreter._add_points,
    b"v": Interpreter._add_points,
    b"y": Interpreter._add_points,
    b"re": Interpreter._add_rectangle,
    b"n": Interpreter._drop_path,
    b"Do": Interpreter._do,
    b"BT": Interpreter._begin_text,
    b"Tf": Interpreter._choose_font,
    b"Tm": Interpreter._place_text,
    b"Td": Interpreter._move_text,
    b"Tj": Interpreter._show,
    b"TJ": Interpreter._show,
}


def text_of(value: Any) -> str:
    """Return a text string of the file as text; pypdf leaves undecodable ones as bytes."""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _shown(operator: bytes) -> str:
    """Return an operator as a message shows it: damaged ones may be long, and of any bytes."""
    return repr(operator[:_LONGEST_SHOWN].decode("latin-1"))


def _raw(part: Any) -> bytes:
    return bytes(part.original_bytes) if isinstance(part, TextStringObject) else bytes(part)


def _matrix(values: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _product(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, m, n, p, q, r = second
    return (a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r)


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
