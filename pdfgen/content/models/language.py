"""A language: interface strings, plural forms, side words, and how dates are written.

Every string is a field of `Strings`, so a language file that lacks one, or has one too many, is an error.
Names in braces are filled in when the string is used.

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


class Strings(Model):
    """Interface texts of the pages."""

    # cover
    for_patient: FilledText
    from_therapist: FilledText
    start_date: FilledText
    end_date: FilledText
    my_goal: FilledText
    goal_question: FilledText
    time_needed: FilledText
    time_at_most: FilledText
    contents: FilledText
    page_of: FilledText
    cards_title: FilledText
    card: FilledText
    card_of: FilledText
    questions_call: FilledText
    clinic_stamp: FilledText
    # safety
    my_clinic: FilledText
    worst_pain: FilledText
    no_pain: FilledText
    range_between: FilledText
    range_two: FilledText
    range_from: FilledText
    scale_alt: FilledText
    # week plan
    plan_title: FilledText
    plan_intro: FilledText
    week: FilledText
    weeks: FilledText
    days: FilledText
    first_day: FilledText
    minutes: FilledText
    minutes_each_time: FilledText
    minutes_at_most: FilledText
    every_day: FilledText
    steady_phase: FilledText
    steady_aim: FilledText
    minutes_note: FilledText
    settle_note: FilledText
    # exercise
    exercises_title: FilledText
    dose: FilledText
    hold_row: FilledText
    easier: FilledText
    mistakes: FilledText
    care: FilledText
    note_from: FilledText
    see_above: FilledText
    frame_before: FilledText
    written_in: FilledText
    blank_dose: FilledText
    dose_behind: FilledText
    pain_card: FilledText
    drawing_differs: FilledText
    front_first: FilledText
    frame_there: FilledText
    per_side: FilledText
    one_side: FilledText
    sets_of: FilledText
    weeks_from_to: FilledText
    list_end: FilledText
    times_a_day: FilledText
    start_with: FilledText
    on_days: FilledText
    in_week: FilledText
    in_weeks: FilledText
    video: FilledText
    video_code: FilledText
    fetch: FilledText
    breathe: FilledText
    rest_between: FilledText
    # week sheets
    tracker_section: FilledText
    tracker_title: FilledText
    week_back: FilledText
    week_rule: FilledText
    pain_behind: FilledText
    more_behind: FilledText
    one_behind: FilledText
    from_week: FilledText
    on_page: FilledText
    on_pages: FilledText
    week_part: FilledText
    week_sheet: FilledText
    more_elsewhere: FilledText
    pain_elsewhere: FilledText
    place_beside: FilledText
    place_overleaf: FilledText
    place_second_sheet: FilledText
    place_back_and_second: FilledText
    pain_after_both: FilledText
    place_second_back: FilledText
    place_page: FilledText
    end_of_week_elsewhere: FilledText
    end_of_week_page: FilledText
    for_you_on_page: FilledText
    before_picture: FilledText
    half_way: FilledText
    last_week: FilledText
    explained_elsewhere: FilledText
    spare_week: FilledText
    spare_repeat: FilledText
    spare_note: FilledText
    next_week_page: FilledText
    rest_day: FilledText
    rest_days: FilledText
    walked: FilledText
    pain_after: FilledText
    pain_hint: FilledText
    pain_number_hint: FilledText
    pain_choice_hint: FilledText
    zone_green: FilledText
    zone_amber: FilledText
    zone_red: FilledText
    next_morning: FilledText
    next_morning_hint: FilledText
    effort: FilledText
    too_easy: FilledText
    right: FilledText
    too_hard: FilledText
    times_done: FilledText
    fixed_moment: FilledText
    went_well: FilledText
    was_hard: FilledText
    notes: FilledText
    box: FilledText
    rule_leaf: FilledText
    rule_leaf_facing: FilledText
    rule_two_leaves: FilledText
    rule_three_pages: FilledText
    rule_four_pages: FilledText
    rule_done: FilledText
    rule_not_done: FilledText
    rule_pen: FilledText
    rule_mistake: FilledText
    rule_rest: FilledText
    rule_pain: FilledText
    rule_morning: FilledText
    rule_end: FilledText
    rule_end_facing: FilledText
    rule_missed: FilledText
    rule_again: FilledText
    box_open: FilledText
    box_done: FilledText
    box_taken_back: FilledText
    own_questions: FilledText
    # what week sheets said, for the therapist
    ticks_title: FilledText
    ticks_weeks: FilledText
    ticks_counted: FilledText
    ticks_done: FilledText
    ticks_done_alt: FilledText
    ticks_pain: FilledText
    ticks_pain_alt: FilledText
    ticks_of: FilledText
    ticks_none: FilledText
    ticks_exercise: FilledText
    ticks_together: FilledText
    ticks_pain_row: FilledText
    ticks_effort_row: FilledText
    ticks_walked_row: FilledText
    ticks_signs: FilledText
    ticks_spare: FilledText
    # questions, passport
    words_title: FilledText
    faq_title: FilledText
    passport_title: FilledText
    sources_title: FilledText
    about_title: FilledText
    document_title: FilledText
    program: FilledText
    library_version: FilledText
    document_id: FilledText
    input_hash: FilledText
    edition: FilledText
    twin: FilledText
    twin_note: FilledText
    not_reviewed_line: FilledText
    reviewed_by: FilledText
    continued: FilledText
    goes_on: FilledText
    cautions_title: FilledText
    only_agreed_title: FilledText
    for_situation: FilledText
    # editions of one page
    boxes_hint: FilledText
    boxes_behind: FilledText
    day_box: FilledText
    signs_reference: FilledText
    signs_on_page: FilledText
    steps_on_page: FilledText
    call_number: FilledText
    number_at: FilledText
    this_week: FilledText
    tap_dates: FilledText
    other_week: FilledText
    next_exercise: FilledText
    to_list: FilledText
    to_pain: FilledText
    back_title: FilledText
    signs_in_front: FilledText
    # calendar
    appointment_minutes: FilledText
    appointment_hint: FilledText
    # separator sheets
    pages: FilledText
    place_of: FilledText
    separator_note: FilledText


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
