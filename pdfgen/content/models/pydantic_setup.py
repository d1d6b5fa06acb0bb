"""What models are made with: pydantic, imported here and nowhere else, in less time and memory.

While pydantic is imported, some of its functions are marked as deprecated by `typing_extensions`, which
imports asyncio, and with it sockets and encryption, to ask whether a function is a coroutine. That is 7 MB
and a tenth of a second start that no model needs. The same mark without a warning at run time asks nothing.
"""

from __future__ import annotations

import os
from typing import Any

import typing_extensions

#: Plugins of other packages would be shown every value of a patient, and finding them means reading about
#: every package on the computer (pydantic, "Plugins").
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

_deprecated = typing_extensions.deprecated


class _Unwarned(_deprecated):
    """The mark of a deprecated function, which does not warn."""

    def __init__(self, message: str, /, **options: Any) -> None:
        super().__init__(message, **{**options, "category": None})


typing_extensions.deprecated = _Unwarned  # type: ignore[misc]
try:
    from pydantic import (
        AfterValidator,
        BaseModel,
        BeforeValidator,
        ConfigDict,
        Field,
        StringConstraints,
        ValidationError,
        WithJsonSchema,
        model_validator,
    )
    from pydantic_core import ErrorDetails
finally:
    typing_extensions.deprecated = _deprecated  # type: ignore[misc]

__all__ = [
    "AfterValidator",
    "BaseModel",
    "BeforeValidator",
    "ConfigDict",
    "ErrorDetails",
    "Field",
    "StringConstraints",
    "ValidationError",
    "WithJsonSchema",
    "model_validator",
]
