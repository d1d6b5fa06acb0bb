"""Counted nouns in the forms that a language has for them."""

from pdfgen.content.models.field_types import FilledText, Model


class Plural(Model):
    """Forms of a counted noun by CLDR category; `{n}` is the number."""

    one: FilledText
    other: FilledText
    zero: FilledText | None = None
    two: FilledText | None = None
    few: FilledText | None = None
    many: FilledText | None = None


class Plurals(Model):
    """Counted nouns of the pages."""

    week: Plural
    minute: Plural
    second: Plural
    exercise: Plural
    time: Plural
    day: Plural
