"""A language: interface strings, plural forms, side words, and how dates are written.

A language of one country extends another: `en-US` is `en` with other dates and words. Texts in `en` serve it.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from pdfgen.content.models.field_types import (
    FilledText,
    Items,
    LanguageCode,
    Model,
    Side,
    Table,
    Weekday,
    is_in,
    without_region,
)
from pdfgen.content.models.plurals import Plural, Plurals
from pdfgen.content.models.strings import Strings

Months: TypeAlias = Annotated[Items[FilledText], Field(min_length=12, max_length=12)]
"""Names of the months, from January."""


class Language(Model):
    """A language that documents can be made in."""

    id: LanguageCode
    extends: LanguageCode | None = Field(
        None, description="the language that this one is in a country: its file says only what differs"
    )
    name: FilledText
    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")]
    direction: Literal["ltr"] = "ltr"
    sides: Table[Side, FilledText]
    day_names: Table[Weekday, FilledText]
    day_short: Table[Weekday, FilledText]
    day_letters: Table[Weekday, FilledText] = Field(
        {}, description="names of days of one or two letters, for narrow columns; left out: as `day_short`"
    )
    date_long: FilledText = Field(description="Babel pattern of a full date")
    date_day_month: FilledText = Field(description="Babel pattern of a day and a month")
    months: Months | None = Field(None, description="names in full dates; left out: as Babel has them")
    months_short: Months | None = Field(None, description="the same, short")
    singular: Items[int] | None = Field(
        None,
        description="numbers that take `one`, where all others take `other`; left out: as Babel says",
    )
    ends_no_line: Items[FilledText] = Field(
        (), max_length=80, description="words that belong to the next one, such as articles, in small letters"
    )
    words: Table[FilledText, FilledText] = Field(
        {}, description="what stands for words of the language that this one extends; in small letters"
    )
    strings: Strings
    plurals: Plurals

    @property
    def narrow_days(self) -> Mapping[Weekday, str]:
        """Names of days for narrow columns."""
        return {**self.day_short, **self.day_letters}

    def of(self, texts: Mapping[str, str]) -> str:
        """Return a text in this language; if only the language that it extends has it, with its own words.

        Raises:
            KeyError: it is in neither.
        """
        own = texts.get(self.id)
        return self.respelled(texts[without_region(self.id)]) if own is None else own

    def of_any(self, texts: Mapping[str, str]) -> str:
        """Return a text in this language, or in the first that there is: a list has to name everything."""
        return self.of(texts) if is_in(texts, self.id) else next(iter(texts.values()))

    def respelled(self, text: str) -> str:
        """Return a text of the language that this one extends with the words of this one."""
        return self._replaced.sub(self._word, text) if self.words else text

    @cached_property
    def _replaced(self) -> re.Pattern[str]:
        return re.compile(rf"\b({'|'.join(map(re.escape, self.words))})\b", re.IGNORECASE)

    def _word(self, found: re.Match[str]) -> str:
        word = self.words[found[0].lower()]
        return word[0].upper() + word[1:] if found[0][0].isupper() else word

    @cached_property
    def tied(self) -> frozenset[str]:
        """The words that should not end a line."""
        return frozenset(self.ends_no_line)

    def count(self, noun: str, number: int, shown: str = "") -> str:
        """Return `number`, or what is `shown` for it, with the right form of a noun of `Plurals`."""
        plural: Plural = getattr(self.plurals, noun)
        category = self._plural_category(number)
        form = getattr(plural, category) or plural.other
        return str(form).replace("{n}", shown or str(number))

    def _plural_category(self, number: int) -> str:
        if self.singular is not None:
            return "one" if number in self.singular else "other"
        # Babel and what it knows of all languages take longer to load than a page to make.
        from babel import Locale

        return str(Locale.parse(self.locale).plural_form(number))

    def fill(self, text: str, values: Mapping[str, object]) -> str:
        """Replace `{name}` in `text` by the values; an unknown name stays, and is found by `check`."""
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text
