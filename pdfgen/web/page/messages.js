// What the engine says of values that are wrong, in the words of the page. Other messages stay as they are, in English.

import { KNOWN } from "./known-messages.js";
import { SCAN_MESSAGES } from "./scan-messages.js";
import { pageLanguage, word } from "./words.js";

/**
 * Return a message in the words of the page.
 * @param {string} message of the engine, in English
 * @param {Map<string, string>} names what ids in it are called
 * @returns {{text: string, lang: string}}
 */
export function inWords(message, names) {
  const lang = pageLanguage();
  for (const [pattern, english, dutch] of [...KNOWN, ...SCAN_MESSAGES]) {
    const found = pattern.exec(message);
    if (found) return { text: filled(lang === "nl" ? dutch : english, found.map((part) => part && named(part, names))), lang };
  }
  return { text: message, lang: "en" };
}

/** Return words with what was found; what stands in brackets about something that was not found is left out. */
function filled(text, found) {
  const kept = text.replace(/\[([^\]]*\{(\d)\}[^\]]*)\]/g, (_, inner, place) => (found[place] ? inner : ""));
  return kept.replace(/\{(\d)\}/g, (_, place) => found[place]);
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
