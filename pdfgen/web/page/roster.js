// The tab of a list of patients: a file comes in, its columns are matched, its cells mended, one ZIP goes out.

import { dropPlace } from "./drop-place.js";
import { el, fill, say } from "./elements.js";
import { fillOptions, labelled } from "./fields.js";
import { bytesOf } from "./files.js";
import { makeRoster } from "./roster-make.js";
import { messageOf } from "./problems.js";
import { remember } from "./remembered.js";
import { rosterTable } from "./roster-table.js";
import { withoutPatient } from "./values.js";
import { counted, word } from "./words.js";

/** Columns whose meaning is kept for other lists. */
const MOST_KEPT = 200;

/** Build the tab: drop a file, look at its rows, make them. */
export function rosterTab(desk, { tell }) {
  const state = desk.roster;
  const chooser = el("input", { type: "file", accept: ".csv,.tsv,.txt,.xlsx,.xlsm,.json,.ndjson,.yaml,.yml" });
  chooser.addEventListener("change", () => take(chooser.files[0]));
  const field = labelled({ key: "roster", label: word("roster.file"), hint: word("roster.file.hint"), control: chooser });
  const drop = dropPlace(field, ([file]) => take(file));
  const about = el("p", { role: "status", class: "status" });
  const notes = el("details", { hidden: true }, el("summary", {}, word("roster.notes")), el("ul", {}));
  const problems = el("ul", { class: "problems" });
  const options = rosterOptions(desk, state, () => reread());
  const table = rosterTable(desk, { onMap: mapColumn, onCorrect: correct });
  const making = makeRoster(desk, { request, files: () => ({ roster: state.file.bytes }), tell });
  const read = el("div", { hidden: true, class: "read" }, options.node, problems, notes, table.node, making.node);
  const node = el("section", { class: "tab roster", "aria-labelledby": "roster-title" }, el("h2", { id: "roster-title" }, word("tab.roster")), el("p", {}, word("roster.about")), drop, about, read);

  function request() {
    return { name: state.file.name, mapping: state.mapping, day_first: state.dayFirst, corrections: state.corrections, base: baseOf(desk, state.base) };
  }

  async function take(file) {
    if (!file) return;
    Object.assign(state, { file: { name: file.name, bytes: await bytesOf(file) }, corrections: {}, dayFirst: null });
    chooser.value = "";
    await reread();
  }

  async function reread() {
    if (!state.file) return;
    say(about, word("roster.reading"));
    state.generation += 1;
    const { generation } = state;
    const answer = await desk.ask("roster_read", request(), { files: { roster: state.file.bytes } });
    if (!answer || generation !== state.generation) return;
    state.answer = answer;
    show();
  }

  function show() {
    const { rows, columns } = state.answer;
    const ready = rows.filter((row) => row.ok).length;
    read.hidden = false;
    say(about, rows.length ? counted("roster.ready", rows.length, { ready, name: state.file.name }) : word("roster.unread", { name: state.file.name }));
    fill(problems, state.answer.problems.map(({ message }) => el("li", {}, messageOf(message, desk.catalogue.names))));
    const told = [...state.answer.warnings, ...state.answer.notes];
    notes.hidden = !told.length;
    fill(notes.lastElementChild, told.map(({ message }) => el("li", {}, messageOf(message, desk.catalogue.names))));
    options.update(columns);
    table.show(state.answer);
    making.ready(ready, rows.length);
  }

  function mapColumn(heading, key) {
    state.mapping = { ...state.mapping, [heading]: key };
    // Without a heading that is known by itself, the first row may be a patient.
    const hasHeadings = state.answer.columns.some((column) => column.key && !column.is_mapped);
    if (hasHeadings) remember({ columns: Object.fromEntries(Object.entries(state.mapping).slice(-MOST_KEPT)) });
    reread();
  }

  function correct(row, place, text) {
    state.corrections = { ...state.corrections, [row]: { ...state.corrections[row], [place]: text } };
    reread();
  }

  if (state.file) reread();
  const update = () => {
    options.update();
    if (state.base === "patient") reread();
  };
  return { node, update };
}

/** What holds for the whole list: what rows lack, which of day and month comes first. */
function rosterOptions(desk, state, onChange) {
  const base = el("select", { on: { change: () => ((state.base = base.value), onChange()) } });
  const days = el("select", { on: { change: () => ((state.dayFirst = { day: true, month: false }[days.value] ?? null), onChange()) } });
  fillOptions(days, ["", "day", "month"].map((id) => ({ id, name: word(`roster.dates.${id || "none"}`) })));
  const node = el(
    "div",
    { class: "pair" },
    labelled({ key: "base", label: word("roster.base"), hint: word("roster.base.hint"), control: base }),
    labelled({ key: "day_first", label: word("roster.dates"), hint: word("roster.dates.hint"), control: days }),
  );
  const update = () => {
    const templates = (desk.templates ?? []).map(({ name }) => ({ id: `template ${name}`, name: word("roster.base.template", { name }) }));
    const here = desk.program ? [{ id: "patient", name: word("roster.base.patient", { name: desk.program.name }) }] : [];
    fillOptions(base, [{ id: "", name: word("roster.base.none") }, ...here, ...templates]);
    base.value = state.base;
    if (base.selectedIndex < 0) base.value = state.base = "";
    days.value = state.dayFirst === null ? "" : state.dayFirst ? "day" : "month";
  };
  update();
  return { node, update };
}

/** Values that every row is laid over: never what belongs to one patient. */
function baseOf(desk, chosen) {
  if (chosen === "patient") return withoutPatient(desk.values);
  const template = (desk.templates ?? []).find(({ name }) => `template ${name}` === chosen);
  return template ? withoutPatient(template.values) : {};
}

