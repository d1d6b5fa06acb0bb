"""What to do about broken YAML, in words that do not ask the reader to know YAML."""

from __future__ import annotations

import re

import yaml

from pdfgen.errors import Problem

MAX_DEPTH = 30

#: Also for libyaml, which reads ahead and may meet its own, higher limit first.
TOO_DEEP = f"is nested more than {MAX_DEPTH} deep"

#: A part of the parser's message, and the advice for it; the first match counts.
_ADVICE: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", 'a colon is not expected here; put a text that holds ": " in quotes'),
    ("could not find expected ':'", "a key needs a colon and a space after it"),
    ("block sequence entries are not allowed", "start the list on a line of its own"),
    ("unexpected end of stream", "a text in quotes is not closed"),
    ("unexpected document indicator", "a text in quotes is not closed"),
    ("unknown escape", "a backslash in double quotes must be doubled; or use single quotes"),
    ("invalid Unicode character escape", "this escape does not stand for a character"),
    ("']'", "a list in brackets is not closed, or a comma is missing"),
    ("'}'", "a brace is not closed, or a comma is missing"),
    ("cannot start any token", "a text may not start with this character; put it in quotes"),
    ("node content", "a text may not start with this character; put it in quotes"),
    ("invalid leading UTF-8 octet", "is not UTF-8 here; save the file as UTF-8"),
    ("exceeded maximum", TOO_DEEP),
    ("<document start>", "this does not belong to what stands above; check the indentation"),
    ("block end", "the indentation does not fit the lines above"),
    ("expected key", "the indentation does not fit the lines above, or a quote or a dash is out of place"),
    ("'-' indicator", "the indentation does not fit the lines above, or a dash is missing"),
    ("%YAML", "this YAML version is not known; leave the line out"),
    ("directive", "a line that starts with % is not allowed; put the text in quotes"),
)

_NO_BREAK = "a no-break space stands here; write a space"
#: Spaces that YAML takes for letters.
_LETTERS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u205f\u2060\u3000\ufeff"
_WIDE = re.compile(f"[{_LETTERS}]")
#: Behind a colon or a dash.
_WIDE_BEHIND = re.compile(f"(?::|^ *-)[{_LETTERS}]")
_TAB = "a tab stands here; indent with spaces"


def advice_for(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Return the problem for what the YAML parser could not read in `text`."""
    said = str(getattr(error, "problem", None) or "")
    mark = _mark(error, said)
    if mark is None:
        return Problem(_message(said), file=file)
    line, column = mark.line + 1, mark.column + 1
    lines = text.splitlines()
    around = lines[max(0, mark.line - 1) : mark.line + 1]
    for number, content in reversed(list(enumerate(around, start=max(0, mark.line - 1) + 1))):
        indentation = content[: len(content) - len(content.lstrip(f" \t{_LETTERS}"))]
        if "\t" in indentation:
            return Problem(_TAB, file=file, line=number, column=indentation.index("\t") + 1)
        if wide := _WIDE.search(indentation) or _WIDE_BEHIND.search(content):
            return Problem(_NO_BREAK, file=file, line=number, column=wide.end())
    if mark.line < len(lines) and lines[mark.line][mark.column : mark.column + 1] == "\t":
        return Problem(_TAB, file=file, line=line, column=column)
    return Problem(_message(said), file=file, line=line, column=column)


def _mark(error: yaml.YAMLError, said: str) -> yaml.Mark | None:
    """Return where to look: for a quote or bracket that is never closed, where it was opened."""
    found: yaml.Mark | None = getattr(error, "problem_mark", None)
    opened: yaml.Mark | None = getattr(error, "context_mark", None)
    if opened and any(sign in said for sign in ("unexpected end", "unexpected document", "']'", "'}'")):
        return opened
    return found or opened


def _message(said: str) -> str:
    for part, advice in _ADVICE:
        if part in said:
            return advice
    return "is not valid YAML here; check quotes, colons and indentation"
