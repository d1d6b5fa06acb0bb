// Deciding what is unsure: the part of the sheet, one key a decision, back, undo; the sheet beside it.

import { button, el, fill, say } from "./elements.js";
import { choicesOf } from "./scan-keys.js";
import { sheetPicture } from "./scan-picture.js";
import { placeOf } from "./scan-pile.js";
import { questionOf, readingOf, whyOf } from "./scan-words.js";
import { counted, word } from "./words.js";

const MINUTES = /^[0-9]{1,3}$/;

/**
 * The panel. It shows a line of the table, an open one or any other, and takes decisions by keys while the focus is in it.
 * @param {object} desk
 * @param {{onDecided: function(): void, onSave: function(): void, onLeave: function(object): void}} told
 *   `onLeave` gets the line that was looked at, when the panel is left for the table
 */
export function scanDecide(desk, { onDecided, onSave, onLeave }) {
  const heading = el("h3", { id: "scan-asked", tabindex: "-1" });
  const progress = el("p", { class: "status", role: "status" });
  const why = el("p", { class: "why" });
  const part = el("img", { class: "crop", alt: "" });
  const written = el("input", { id: "scan-written", inputmode: "numeric", autocomplete: "off", maxlength: "3", size: "4" });
  const number = el(
    "form",
    { class: "row", on: { submit: (event) => (event.preventDefault(), MINUTES.test(written.value.trim()) && decide(written.value.trim())) } },
    el("label", { for: "scan-written" }, word("scans.written")),
    written,
    el("button", { type: "submit" }, word("scans.take"), " ", el("kbd", {}, "Enter")),
  );
  const choices = el("div", { class: "row choices", role: "group", "aria-labelledby": "scan-asked" });
  const open = keyed(word("scans.leave_open"), "o", () => leaveOpen(), { class: "small" });
  const ways = el(
    "div",
    { class: "row" },
    keyed(word("scans.back"), "b", () => back(), { class: "small" }),
    keyed(word("scans.undo"), "u", () => undo(), { class: "small" }),
    open,
    keyed(word("scans.to_table"), "Esc", () => leave(), { class: "small" }),
  );
  const picture = el("div", {});
  const question = el("div", { class: "question" }, heading, why, part, number, choices, ways);
  const node = el("section", { class: "decide", hidden: true, "aria-labelledby": "scan-asked", on: { keydown: (event) => press(event) } }, progress, el("div", { class: "sides" }, question, picture));
  let at = null;

  /** Show a line, and put the focus there; null: everything has been looked at. */
  function show(entry, isMoving = true) {
    at = entry;
    node.hidden = !entry && !desk.scans.asked.length;
    const asked = desk.scans.asked.length;
    say(progress, asked ? counted("scans.progress_of", asked, { decided: asked - desk.scans.left.length }) : "");
    for (const one of [part, number, choices, why, open]) one.hidden = !entry;
    fill(picture, entry && sheetPicture(entry, desk.scans));
    say(heading, entry ? questionOf(entry, desk) : word(desk.scans.left.length ? "scans.end" : "scans.all_done"));
    if (entry) showLine(entry);
    if (isMoving) (number.hidden ? heading : written).focus();
  }

  function showLine(entry) {
    const pile = desk.scans;
    const source = pile.pictures.get(placeOf(entry.sheet))?.part(entry.row.answer);
    part.hidden = !source;
    if (source) {
      part.src = source;
      part.alt = word("scans.part", { question: questionOf(entry, desk) });
    }
    const { isDecided, value, state } = pile.reading(entry);
    say(why, `${word("scans.sheet_named", { sheet: entry.sheet.name })}: ${entry.isOpen && !isDecided ? whyOf(entry) : readingOf(entry, pile)}`);
    number.hidden = entry.row.kind !== "walking";
    written.value = number.hidden ? "" : value;
    const isKnown = isDecided || !["unsure", "written", "several"].includes(state);
    fill(choices, choicesOf(entry.row.kind).map(({ key, value: one, label }) => {
      return keyed(label ? word(label) : one, key, () => decide(one), { "aria-pressed": String(isKnown && one === value) });
    }));
  }

  function decide(value) {
    const wasOpen = at.isOpen;
    desk.scans.decide(at, value);
    onDecided();
    if (wasOpen) show(following(1));
    else leave();
  }

  /** Return the next open line, or the one before; null where there is none. */
  function following(step) {
    const { asked } = desk.scans;
    const place = at ? asked.findIndex(({ key }) => key === at.key) : asked.length;
    return asked[place + step] ?? null;
  }

  function back() {
    const before = following(-1);
    if (before) show(before);
  }

  function leaveOpen() {
    if (!at) return;
    if (desk.scans.decisions.has(at.key)) desk.scans.decide(at, null);
    onDecided();
    show(following(1));
  }

  function undo() {
    const entry = desk.scans.undo();
    if (!entry) return;
    onDecided();
    show(entry);
  }

  function leave() {
    const entry = at;
    show(desk.scans.left[0] ?? null, false);
    onLeave(entry);
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const key = event.key.toLowerCase();
    // A digit goes into the field, wherever the focus is.
    if (!number.hidden && /^[0-9]$/.test(key)) return written.focus();
    if (event.target === written && key === "enter") return undefined;
    const known = { s: onSave, b: back, u: undo, o: leaveOpen, escape: leave }[key];
    const choice = at && !known && choicesOf(at.row.kind).find((one) => one.key === key);
    if (!known && !choice) return undefined;
    event.preventDefault();
    return known ? known() : decide(choice.value);
  }

  return {
    node,
    show,
    /** Begin with what has not been looked at. */
    begin: () => show(desk.scans.left[0] ?? null, false),
  };
}

function keyed(text, key, onClick, props = {}) {
  const node = button("", onClick, props);
  node.append(text, " ", el("kbd", { "aria-hidden": "true" }, key.length > 1 ? key : key.toUpperCase()));
  node.setAttribute("aria-keyshortcuts", key.length > 1 ? "Escape" : key);
  return node;
}
