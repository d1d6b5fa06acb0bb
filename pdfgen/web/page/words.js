// The words of the page. `words-nl.js`, `words-en.js` and those of the sheets hold them; everything that is shown asks here.

import { EN } from "./words-en.js";
import { NL } from "./words-nl.js";
import { SCANS_EN } from "./words-scans-en.js";
import { SCANS_NL } from "./words-scans-nl.js";

const ALL = { en: { ...EN, ...SCANS_EN }, nl: { ...NL, ...SCANS_NL } };

/** Languages that the page speaks, each with its own name. */
export const PAGE_LANGUAGES = [
  { id: "nl", name: "Nederlands" },
  { id: "en", name: "English" },
];

let current = "en";

/** Return the language that is set. */
export function pageLanguage() {
  return current;
}

/** Set the language of the page; one that it does not speak becomes English. */
export function setPageLanguage(id) {
  current = id in ALL ? id : "en";
  document.documentElement.lang = current;
}

/** Return the language that the browser prefers, of those that the page speaks. */
export function browserLanguage() {
  const found = navigator.languages?.map((one) => one.slice(0, 2)).find((one) => one in ALL);
  return found ?? "en";
}

/**
 * Return the words for something, with `{name}` replaced.
 * @throws {Error} there are no such words
 */
export function word(key, given = {}) {
  const text = ALL[current][key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(given[name]));
}

/** Return the words for a number of things: `key.one` for 1, else `key.more`. */
export function counted(key, count, given = {}) {
  return word(count === 1 ? `${key}.one` : `${key}.more`, { count, ...given });
}

/** Return weeks as they are written: 3, 1–3. */
export function weeksOf({ first, last }) {
  return first === last ? String(first) : `${first}–${last}`;
}
