// What the engine says of values that are wrong, in the words of the page. Other messages stay as they are, in English.

import { pageLanguage, word } from "./words.js";

/** How a message is recognised, and which words of the page stand for it; what is in brackets is `{1}`, `{2}`, `{3}`. */
const KNOWN = [
  [/^must be at most (\d+)$/, "message.most"],
  [/^must be at least (\d+)$/, "message.least"],
  [/^must be at least (\d+), which is from_week$/, "message.weeks_backwards"],
  [/^must be a whole number$/, "message.number"],
  [/^must be a whole number, or a range such as 8-10$/, "message.number_or_range"],
  [/^the range runs backwards/, "message.backwards"],
  [/^(\S+) is not a date; write year-month-day$/, "message.no_date"],
  [/^(\S+) can mean two days/, "message.two_days"],
  [/^the year (\d+) cannot be meant; write one from (\d+) to (\d+)$/, "message.year"],
  [/^is no time of day/, "message.time"],
  [/^give hold_s or minutes, not both$/, "message.hold_or_minutes"],
  [/^is too long: (\d+) characters, at most (\d+)$/, "message.too_long"],
  [/^with which side\? Add side/, "message.which_side"],
  [/^this exercise has no variant (\S+); known/, "message.no_form"],
  [/^the exercise "([^"]+)" is not in this program; known/, "message.not_in_program"],
  [/^write weeks such as/, "message.weeks"],
  [/^missing; add it, for exercises of this kind are prescribed$/, "message.days_of_kind"],
  [/^the logo comes with the clinic's file/, "message.logo"],
  [/^this layout has no such paper/, "message.paper"],
  [/^the exercises have the steps (T\d+) to (T\d+)$/, "message.steps"],
  [/^may not be empty$/, "message.empty"],
  [/^"(\S+)" is the language of the program itself/, "message.same_language"],
  [/^the character (\S+) at position (\d+) cannot be printed/, "message.character"],
  [/^no font has the character (\S+).* at position (\d+)/, "message.no_font"],
  [/^(\S+) is planned on (.+) only: at most 3 days/, "message.rest_days"],
  [/^the last day, (\S+), is more than a year ago/, "message.long_ago"],
  [/^the first day, (\S+), is more than a year/, "message.far_off"],
  [/^the program "([^"]+)" is meant for (.+) weeks, not (\d+)$/, "message.other_weeks"],
  [/^a session has (\d+) exercises; people keep up better with (\d+) or fewer$/, "message.many"],
  [/^goes for all weeks; give it once/, "message.once"],
  [/^"([^"]+)" goes from .* in week (\d+) to .* in week (\d+): /, "message.steep"],
  [/^there is no (?:exercise|program|situation) "([^"]+)"/, "message.unknown"],
  [/^"([^"]+)" has no caution for/, "message.no_caution"],
];

/**
 * Return a message in the words of the page.
 * @param {string} message of the engine, in English
 * @param {Map<string, string>} names what ids in it are called
 * @returns {{text: string, lang: string}}
 */
export function inWords(message, names) {
  for (const [pattern, key] of KNOWN) {
    const found = pattern.exec(message);
    if (!found) continue;
    const parts = Object.fromEntries(found.slice(1).map((part, i) => [i + 1, named(part, names)]));
    return { text: word(key, parts), lang: pageLanguage() };
  }
  return { text: message, lang: "en" };
}

/** Return ids by their names, and the words between them in the language of the page. */
function named(part, names) {
  return part.replace(/[A-Za-z][\w-]*/g, (one) => ({ and: word("and"), or: word("or") })[one] ?? names.get(one) ?? one);
}

/** Return problems with their words; those that say the same of one field are one. */
export function worded(problems, names) {
  const told = problems.map((problem) => ({ ...problem, ...inWords(problem.message, names) }));
  return told.filter((one, i) => told.findIndex((other) => other.field === one.field && other.text === one.text) === i);
}
