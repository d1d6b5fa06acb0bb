"""Style sheets inside SVG files, as drawing programs write them: read by tinycss2, applied here.

Rules for elements, classes and ids, alone, together and inside each other, are followed (CSS Selectors 3,
chapters 5 to 8); what a page of paper never meets (a mouse above it, a dark screen, letters) is passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from pdfgen.content.pictures.svg_element import SvgElement

#: Rules of a drawing; Illustrator writes one for each style, some hundred.
_MOST_RULES = 4_000

#: Characters of one sheet without the letters in it; programs write a few thousand.
_LONGEST_SHEET = 200_000

#: What looking for the rules of all elements may cost, in parts of selectors squared.
_MOST_MATCHING = 1_000_000

#: Rules about letters, names and movement draw nothing by themselves.
_PASSED_OVER: Final = frozenset({"charset", "namespace", "font-face", "keyframes", "page"})

#: States that paper is never in.
_NEVER: Final = frozenset({"hover", "focus", "active", "visited", "focus-visible", "target"})


class Simple(NamedTuple):
    """An element with this name, id and classes, where they are given."""

    tag: str = ""
    id: str = ""
    classes: frozenset[str] = frozenset()

    def fits(self, element: SvgElement) -> bool:
        """Whether an element is one of these."""
        return (
            self.tag in ("", element.tag)
            and self.id in ("", element.attributes.get("id", ""))
            and self.classes <= classes_of(element)
        )


class Rule(NamedTuple):
    """What holds for the elements of one selector.

    Attributes:
        order: rank among all rules: by ids, classes, names, place.
        chain: the element first, then those it must be inside of; with whether directly.
        declarations: name, value, whether it is important.
    """

    order: tuple[int, int, int, int]
    chain: tuple[tuple[Simple, bool], ...]
    declarations: tuple[tuple[str, str, bool], ...]


def classes_of(element: SvgElement) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset(element.attributes.get("class", "").split())


class Sheet:
    """The rules of all style sheets of a drawing, in order."""

    def __init__(self, rules: Sequence[Rule] = ()) -> None:
        self._left = _MOST_MATCHING
        self._rules: defaultdict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            first = rule.chain[0][0]
            key = f"#{first.id}" if first.id else f".{min(first.classes)}" if first.classes else first.tag
            self._rules[key].append(rule)

    def declarations(self, element: SvgElement) -> tuple[dict[str, str], dict[str, str]]:
        """Return what the rules say about an element: plain declarations, and important ones.

        Raises:
            ValueError: looking for rules takes too long.
        """
        plain: dict[str, str] = {}
        important: dict[str, str] = {}
        if not self._rules:
            return plain, important
        keys = ["", element.tag, f"#{element.attributes.get('id', '')}"]
        keys += [f".{name}" for name in classes_of(element)]
        asked = [rule for key in keys for rule in self._rules.get(key, ())]
        self._left -= sum(len(rule.chain) ** 2 for rule in asked)
        if self._left < 0:
            raise ValueError("the rules of style are too complicated; simplify the drawing")
        found = [rule for rule in asked if _fits(rule.chain, element)]
        for rule in sorted(found, key=lambda rule: rule.order):
            for name, value, is_important in rule.declarations:
                (important if is_important else plain)[name] = value
        return plain, important


def _fits(chain: Sequence[tuple[Simple, bool]], element: SvgElement) -> bool:
    """Whether an element and those around it are as a selector says; goes outwards once."""
    if not chain[0][0].fits(element):
        return False
    waiting = {1}
    around = element.parent
    while len(chain) not in waiting and around is not None and waiting:
        found = {place + 1 for place in waiting if chain[place][0].fits(around)}
        waiting = found | {place for place in waiting if not chain[place - 1][1]}
        around = around.parent
    return len(chain) in waiting


def rules_of(text: str, place: int) -> tuple[list[Rule], list[str]]:
    """Return the rules of a style sheet, and a message for each thing in it that cannot be followed.

    Args:
        text: of the sheet.
        place: how many rules stand before it.

    Raises:
        ValueError: it is too large, or there are too many rules.
    """
    import tinycss2

    if len(text) > _LONGEST_SHEET:
        raise ValueError(f"a style sheet has over {_LONGEST_SHEET // 1000} kB; simplify the drawing")
    rules: list[Rule] = []
    messages: list[str] = []
    for node in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if node.type == "error":
            messages.append("a style sheet is not understood; save with “presentation attributes”")
        elif node.type == "at-rule":
            keyword = node.lower_at_keyword.removeprefix("-webkit-")
            dark = keyword == "media" and "dark" in tinycss2.serialize(node.prelude)
            if keyword not in _PASSED_OVER and not dark:
                messages.append(f"@{keyword[:20]} in a style sheet is not supported; write plain rules")
        else:
            declarations = tuple(_declarations(node.content))
            for selector in _split(node.prelude):
                chain = _chain(selector)
                if chain is None:
                    written = tinycss2.serialize(selector).strip()[:40]
                    messages.append(f"the rule “{written}” is not supported; use elements, .classes and #ids")
                elif chain:
                    rules.append(Rule((*_rank(chain), place + len(rules)), chain, declarations))
        if place + len(rules) > _MOST_RULES:
            raise ValueError(f"has more than {_MOST_RULES} rules of style; simplify the drawing")
    return rules, messages


def _declarations(content: Any) -> Iterator[tuple[str, str, bool]]:
    import tinycss2

    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            yield node.lower_name, tinycss2.serialize(node.value).strip(), node.important


def _split(prelude: Sequence[Any]) -> list[list[Any]]:
    found: list[list[Any]] = [[]]
    for token in prelude:
        if getattr(token, "type", "") == "literal" and token == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def _chain(tokens: Sequence[Any]) -> tuple[tuple[Simple, bool], ...] | None:
    """Return a selector from its last part to its first; None: not supported, (): it never holds."""
    parts: list[Simple] = [Simple()]
    directly: list[bool] = []
    is_empty, gap, is_child = True, False, False
    waiting = ""
    for token in tokens:
        kind, value = getattr(token, "type", ""), getattr(token, "value", "")
        if kind in ("whitespace", "comment"):
            gap = gap or (kind == "whitespace" and not is_empty)
            continue
        if kind == "literal" and value == ">" and not waiting:
            is_child = True
            continue
        if (gap or is_child) and not is_empty:
            parts.append(Simple())
            directly.append(is_child)
            gap = is_child = False
        is_empty = False
        if kind == "literal" and value in (".", ":", "*") and not waiting:
            waiting = "" if value == "*" else value
        elif kind == "ident" and waiting == ".":
            parts[-1] = parts[-1]._replace(classes=parts[-1].classes | {value})
            waiting = ""
        elif kind == "ident" and waiting == ":":
            return () if value in _NEVER else None
        elif kind == "ident" and not waiting:
            parts[-1] = parts[-1]._replace(tag=value)
        elif kind == "hash" and not waiting:
            parts[-1] = parts[-1]._replace(id=value)
        else:
            return None
    if is_empty or waiting or is_child:
        return None
    return tuple(zip(reversed(parts), [*reversed(directly), False], strict=True))


def _rank(chain: Sequence[tuple[Simple, bool]]) -> tuple[int, int, int]:
    simples = [simple for simple, _ in chain]
    return (
        sum(bool(one.id) for one in simples),
        sum(len(one.classes) for one in simples),
        sum(bool(one.tag) for one in simples),
    )
