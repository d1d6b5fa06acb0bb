// The rows of a list as a table: a choice above each column, cells with a problem as fields, the problem beneath.

import { button, el, fill, newId } from "./elements.js";
import { fillOptions, selectOption, tick } from "./fields.js";
import { messageOf } from "./problems.js";
import { counted, word } from "./words.js";

const ROWS_AT_ONCE = 50;

/**
 * The table.
 * @param {object} desk
 * @param {{onMap: function(string, string), onCorrect: function(number, string, string)}} told
 *   which column is to be read as which key; which cell of which row is to be read as which text
 */
export function rosterTable(desk, { onMap, onCorrect }) {
  const head = el("thead", {});
  const body = el("tbody", {});
  const more = button(word("roster.more_rows"), () => ((shown += ROWS_AT_ONCE), draw()));
  const onlyWrong = tick(word("roster.only_wrong"), { onChange: () => draw() });
  const scrolls = el("div", { class: "scrolls", role: "region", tabindex: "0", "aria-label": word("roster.table") }, el("table", {}, el("caption", {}, word("roster.table")), head, body));
  const node = el("div", { class: "rows", hidden: true }, onlyWrong.node, scrolls, more);
  const say = ({ message }) => [messageOf(message, desk.catalogue.names), " "];
  let answer = null;
  let shown = ROWS_AT_ONCE;

  function draw() {
    const focus = focusIn(node);
    const rows = answer.rows.filter((row) => !onlyWrong.control.checked || !row.ok);
    fill(head, headRow(answer, onMap));
    fill(body, rows.slice(0, shown).map((row) => rowOf(answer, row, { say, onCorrect })));
    more.hidden = rows.length <= shown;
    if (focus) node.querySelector(`[data-place="${CSS.escape(focus)}"]`)?.focus();
  }

  return {
    node,
    show(newest) {
      answer = newest;
      node.hidden = !newest.rows.length && !newest.columns.length;
      draw();
    },
  };
}

function focusIn(node) {
  return node.contains(document.activeElement) ? document.activeElement.dataset.place : null;
}

function headRow({ columns, keys }, onMap) {
  const cells = columns.map((column) => {
    const control = el("select", { "aria-label": word("roster.column", { heading: column.heading }), data: { place: `column ${column.number}` } });
    fillOptions(control, keys.map((id) => ({ id, name: word(`roster.key.${id}`) })));
    selectOption(control, column.key ?? "ignore");
    control.addEventListener("change", () => onMap(column.heading, control.value));
    return el("th", { scope: "col" }, el("span", { class: "heading" }, column.heading), control);
  });
  return el("tr", {}, el("th", { scope: "col" }, word("roster.row")), el("th", { scope: "col", class: "state" }, word("roster.state")), cells);
}

function rowOf(answer, row, told) {
  const placed = new Map();
  const rest = [];
  for (const problem of row.problems ?? []) {
    const column = answer.columns.find((one) => one.number === problem.column || (problem.heading && one.heading === problem.heading));
    if (column) placed.set(column.number, [...(placed.get(column.number) ?? []), problem]);
    else rest.push(problem);
  }
  const cells = answer.columns.map((column, i) => cellOf(row, column, row.cells[i] ?? "", placed.get(column.number), told));
  return el("tr", { class: row.ok ? "" : "bad" }, el("th", { scope: "row" }, String(row.row)), el("td", { class: "state" }, stateOf(row, placed, rest, { answer, ...told })), cells);
}

function cellOf(row, column, text, problems, { say, onCorrect }) {
  if (!problems) return el("td", { class: column.key ? "" : "unread" }, text);
  const id = newId("cell");
  const control = el("input", {
    value: text,
    "aria-invalid": "true",
    "aria-describedby": id,
    "aria-label": word("roster.cell", { row: row.row, heading: column.heading }),
    data: { place: `cell ${row.row} ${column.number}` },
  });
  control.addEventListener("change", () => onCorrect(row.row, String(column.number), control.value));
  return el("td", { class: "bad" }, control, el("p", { class: "problem", id }, problems.map(say)));
}

/** Whether a row can be made; problems without a column have a field of their own where they name a value. */
function stateOf(row, placed, problems, { answer, say, onCorrect }) {
  if (row.ok) return word("roster.ok");
  const ways = [...placed.keys()].map((number) => wayTo(row, answer.columns.find((one) => one.number === number)));
  const fields = problems.map((problem) => {
    const id = newId("cell");
    const text = el("p", { class: "problem", id }, say(problem));
    if (!problem.field || row.cells.length) return text;
    const control = el("input", { "aria-describedby": id, "aria-label": word("roster.cell", { row: row.row, heading: problem.field }), data: { place: `field ${row.row} ${problem.field}` } });
    control.addEventListener("change", () => onCorrect(row.row, problem.field, control.value));
    return [control, text];
  });
  return [el("strong", {}, counted("roster.bad", row.problems.length)), ways, fields];
}

/** A button that leads to a cell with a problem, which may be far to the right. */
function wayTo(row, { number, heading }) {
  const go = () => document.querySelector(`[data-place="cell ${row.row} ${number}"]`)?.focus();
  return button(heading, go, { class: "link", "aria-label": word("roster.to_cell", { row: row.row, heading }) });
}
