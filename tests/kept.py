"""What tests share, because equal arguments give equal results: files that were read, and finished pages.

Tests run the same command hundreds of times. Each worker reads and sets a program once; the functions are
those of pdfgen, which knows nothing of this. Processes that tests start make everything anew. So does
`make_program` in a test that patches something, and `make_anew`, for tests that compare what is made twice.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pytest

from pdfgen.content import loading
from pdfgen.content.files import strict_yaml
from pdfgen.production import file_checks, program, program_files
from pdfgen.production.program import Program

P, T = ParamSpec("P"), TypeVar("T")


def kept(make: Callable[P, T], key: Callable[P, Hashable], most: int) -> Callable[P, T]:
    """Return `make`, which keeps the `most` last used results by their keys; the key None is not kept."""
    results: OrderedDict[Hashable, tuple[T, Any]] = OrderedDict()

    @wraps(make)
    def made(*arguments: P.args, **options: P.kwargs) -> T:
        known = key(*arguments, **options)
        if known is None:
            return make(*arguments, **options)
        if known not in results:
            # The arguments are kept too, so that their ids stay theirs.
            results[known] = make(*arguments, **options), arguments
            if len(results) > most:
                results.popitem(last=False)
        results.move_to_end(known)
        return results[known][0]

    return made


def by_inputs(made: Program, shared: object) -> Hashable:
    """Everything that decides about pages; None where they have own pictures, or did not come from files."""
    if made.figures.folders or not isinstance(made.plan_key, tuple):
        return None
    said = *made.plan_key[:2], made.logo and made.logo.name
    models = map(id, (made.library, made.layout, made.language, made.second_language))
    return made.identity, said, *models, made.paper, made.created, made.name_in_metadata


def by_code(code: str, named_in: object = None) -> Hashable:
    """A language, in the folder that there is."""
    return code, loading.languages_folder()


def keep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the functions of the program keep what they made, until the patch is undone."""
    monkeypatch.setattr(
        strict_yaml, "parse_bytes", kept(strict_yaml.parse_bytes, lambda data, file: (data, file), 64)
    )
    monkeypatch.setattr(
        loading, "validate", kept(loading.validate, lambda model, source: (model, id(source)), 64)
    )
    monkeypatch.setattr(loading, "load_language", kept(loading.load_language, by_code, 4))
    compose = kept(program.compose, by_inputs, 24)
    write = kept(program.write, id, 24)
    for module in (program, program_files, file_checks):
        monkeypatch.setattr(module, "compose", compose)
    for module in (program, program_files):
        monkeypatch.setattr(module, "write", write)
