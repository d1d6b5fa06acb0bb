// What is said of a line of the table: what it asks, of which day, what was read, and why it is unsure.

import { pageLanguage, word } from "./words.js";

/** Why an answer is unsure, as the engine says it. */
const WHY = {
  "small mark": "scans.why.small",
  dot: "scans.why.dot",
  dash: "scans.why.dash",
  faint: "scans.why.faint",
  shaded: "scans.why.shaded",
  trace: "scans.why.trace",
  "stroke of a neighbour": "scans.why.neighbour",
  "colour of a stain": "scans.why.stain",
  "straight line": "scans.why.straight",
  "line over several boxes": "scans.why.over",
  ring: "scans.why.ring",
  "no outline": "scans.why.outline",
  "value and appearance differ": "scans.why.differ",
  "no number from 0 to 10": "scans.why.number",
};

/** Return what a line is about: an exercise by its number and name, pain, effort, the next morning, walking. */
export function subjectOf({ kind, exercise, name }) {
  if (kind !== "exercise") return word(`scans.about.${kind === "pain-number" ? "pain" : kind}`);
  return name ? `${exercise}. ${name}` : word("scans.about.exercise", { exercise });
}

/** Return the day of a line: its date where that is known, else the day of the week; empty where it has none. */
export function dayOf({ date, weekday }, desk, isLong = false) {
  const length = isLong ? "long" : "short";
  if (date) return new Date(`${date}T12:00`).toLocaleDateString(pageLanguage() === "en" ? "en-GB" : pageLanguage(), { weekday: length, day: "numeric", month: length });
  const found = desk.catalogue.weekdays.find(({ id }) => id === weekday);
  return found ? (isLong ? found.name : found.short) : "";
}

/** Return the number of a week in words; a spare sheet has none. */
export function weekOf({ week }) {
  return Number(week) ? word("scans.week", { week }) : word("scans.spare");
}

/** Return the question that a person answers. */
export function questionOf({ row }, desk) {
  return [weekOf(row), dayOf(row, desk, true), subjectOf(row)].filter(Boolean).join(", ");
}

/** Return what was read or decided, in words. */
export function readingOf(entry, pile) {
  const { value, state, isDecided } = pile.reading(entry);
  const text = valueText(entry.row.kind, value, state);
  return isDecided ? word("scans.decided", { text }) : text;
}

function valueText(kind, value, state) {
  if (state === "unsure" || state === "several" || state === "written") return word(`scans.read.${state}`);
  if (kind === "exercise" || kind === "morning") return word(value === "1" ? "scans.read.ticked" : state === "corrected" ? "scans.read.corrected" : "scans.read.empty");
  if (value === "") return word("scans.read.none");
  if (kind === "effort") return word(`scans.effort.${value}`);
  return kind === "walking" ? word("scans.minutes", { value }) : value;
}

/** Return why a line is to be looked at. */
export function whyOf({ row }) {
  if (row.state === "written") return word("scans.why.written");
  if (row.state === "several") return word("scans.why.several", { values: valuesIn(row.reason) });
  const perhaps = /^perhaps (.+)$/.exec(row.reason);
  if (perhaps) return word("scans.why.perhaps", { values: valuesIn(perhaps[1]) });
  return row.reason in WHY ? word(WHY[row.reason]) : row.reason;
}

/** Return `3 or easy` in the words of the page. */
function valuesIn(text) {
  const words = { and: "and", or: "or", easy: "scans.effort.easy", right: "scans.effort.right", hard: "scans.effort.hard" };
  return text.split(" ").map((one) => (one in words ? word(words[one]) : one)).join(" ");
}

/** Return what a sheet says together: done, pain, effort, and how much is to be looked at. */
export function sumOf(sheet, pile) {
  const lines = pile.linesOf(sheet).map((entry) => ({ ...entry, ...pile.reading(entry) }));
  const of = (...kinds) => lines.filter(({ row }) => kinds.includes(row.kind));
  const done = of("exercise");
  const pain = of("pain", "pain-number").map(({ value }) => value).filter(Boolean).map(Number);
  const [least, most] = [Math.min(...pain), Math.max(...pain)];
  const [effort] = of("effort");
  return {
    done: done.length ? word("scans.of", { done: done.filter(({ value }) => value === "1").length, planned: done.length }) : "",
    pain: pain.length ? (least === most ? String(least) : `${least}–${most}`) : "",
    effort: effort ? valueText("effort", effort.value, effort.state) : "",
    left: lines.filter(({ isOpen, isDecided }) => isOpen && !isDecided).length,
  };
}
