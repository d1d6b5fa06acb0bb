// What was read, as tables: the sheets with their sums, and each line, which leads to its place on the sheet.

import { button, el, fill } from "./elements.js";
import { tick } from "./fields.js";
import { dayOf, questionOf, readingOf, subjectOf, sumOf, weekOf } from "./scan-words.js";
import { word } from "./words.js";

/** The first columns of the sheets are short, and stay on a line. */
const SHORT = 3;

const LINES_AT_ONCE = 40;

/**
 * The tables.
 * @param {object} desk
 * @param {{onLook: function(object): void}} told which line is to be looked at
 */
export function scanTable(desk, { onLook }) {
  const sums = el("tbody", {});
  const lines = el("tbody", {});
  const more = button(word("scans.more_lines"), () => ((shown += LINES_AT_ONCE), draw()));
  const onlyUnsure = tick(word("scans.only_unsure"), { onChange: () => draw() });
  const none = el("p", { class: "hint" }, word("scans.none_unsure"));
  const node = el(
    "div",
    { class: "rows" },
    el("h3", {}, word("scans.sheets")),
    table("scans.sheets", ["sheet", "week", "done", "pain", "effort", "left", "found"], sums),
    el("h3", {}, word("scans.lines")),
    onlyUnsure.node,
    none,
    table("scans.lines", ["exercise", "day", "reading", "week", "sheet"], lines),
    more,
  );
  let shown = LINES_AT_ONCE;

  function draw() {
    const pile = desk.scans;
    const focused = node.contains(document.activeElement) ? document.activeElement.dataset.line : null;
    fill(sums, pile.sheets.map((sheet) => sumRow(sheet, pile)));
    // A line that was decided stays in sight, so that it can be decided otherwise.
    const wanted = onlyUnsure.control.checked ? pile.asked : pile.entries.filter(({ sheet }) => !sheet.copy_of);
    none.hidden = wanted.length > 0;
    fill(lines, wanted.slice(0, shown).map((entry) => lineRow(entry, desk, onLook)));
    more.hidden = wanted.length <= shown;
    if (focused) focus(focused);
  }

  function focus(key) {
    const found = lines.querySelector(`[data-line="${CSS.escape(key)}"]`);
    (found ?? onlyUnsure.control).focus();
  }

  return { node, draw, focus: (entry) => (entry ? focus(entry.key) : onlyUnsure.control.focus()) };
}

function table(name, columns, body) {
  const heads = columns.map((one) => el("th", { scope: "col" }, word(`scans.column.${one}`)));
  return el("div", { class: "scrolls", role: "region", tabindex: "0", "aria-label": word(name) }, el("table", {}, el("caption", { class: "unseen" }, word(name)), el("thead", {}, el("tr", {}, heads)), body));
}

function sumRow(sheet, pile) {
  const { done, pain, effort, left } = sumOf(sheet, pile);
  const found = word("scans.found", { file: sheet.file, page: sheet.page });
  const copy = sheet.copy_of && el("strong", {}, word(sheet.differs ? "scans.copy_differs" : "scans.copy", { place: placeText(sheet.copy_of) }));
  const cells = [weekOf(sheet), done, pain, effort, copy || (left ? el("strong", { class: "unsure" }, String(left)) : "0"), found];
  return el("tr", {}, el("th", { scope: "row" }, sheet.name), cells.map((cell, i) => el("td", { class: i < SHORT ? "days" : "" }, cell)));
}

/** Return `FILE page N` in the words of the page. */
function placeText(place) {
  const [, file, page] = /^(.*) page (\d+)$/s.exec(place);
  return word("scans.found", { file, page });
}

function lineRow(entry, desk, onLook) {
  const pile = desk.scans;
  const { row, sheet } = entry;
  const text = readingOf(entry, pile);
  const isLeft = entry.isOpen && !pile.decisions.has(entry.key);
  const look = button(text, () => onLook(entry), {
    class: "link",
    "aria-label": word("scans.look", { question: questionOf(entry, desk), text }),
    data: { line: entry.key },
  });
  return el(
    "tr",
    { class: row === sheet.rows[0] ? "first" : "" },
    el("th", { scope: "row" }, subjectOf(row)),
    el("td", { class: "days" }, dayOf(row, desk)),
    el("td", { class: isLeft ? "bad" : "" }, look),
    el("td", { class: "days" }, weekOf(row)),
    el("td", { class: "days" }, sheet.name),
  );
}
