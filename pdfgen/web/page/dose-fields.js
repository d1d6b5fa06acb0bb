// Doses of one exercise by weeks, in plain fields. What is left empty stays as the program has it.

import { button, el, fill } from "./elements.js";
import { fillOptions, labelled, selectOption, tick } from "./fields.js";
import { doseRows, numberOrText, setDose, setDoseRows } from "./values.js";
import { word } from "./words.js";

const NUMBERS = ["sets", "reps", "hold_s", "minutes", "times_a_day"];

/** The rows of doses of an exercise, and a button for other weeks. */
export function doseFields(desk, exercise) {
  const rows = el("div", { class: "doses" });
  const more = button(word("dose.more_weeks"), () => addRow(desk, exercise.id));
  const first = stepField(desk, exercise);
  let parts = [];
  const update = () => {
    const count = Math.max(1, doseRows(desk.values, exercise.id).length);
    if (parts.length !== count) {
      parts = Array.from({ length: count }, (_, index) => doseRow(desk, exercise, index, count));
      fill(rows, parts.map((part) => part.node));
    }
    for (const part of parts) part.update();
    first.update();
  };
  update();
  return { node: el("div", {}, first.node, rows, more), update };
}

function addRow(desk, id) {
  desk.prescription.change(`dose row ${Date.now()}`, (values) => {
    const rows = doseRows(values, id).map((dose) => ({ ...dose }));
    if (!rows.length) rows.push({ from_week: 1 });
    rows.push({ from_week: Math.min(weeksOf(values), (Number(rows.at(-1).from_week) || 1) + 1) });
    setDoseRows(values, id, rows);
  });
}

function weeksOf(values) {
  return Number(values.weeks) || 6;
}

function doseRow(desk, exercise, index, count) {
  const { id } = exercise;
  const fields = [
    weekChoice(desk, id, index, "from_week", word("dose.from_week")),
    weekChoice(desk, id, index, "to_week", word("dose.to_week")),
    choice(desk, id, index, "level", word("dose.level"), formsOf(exercise)),
    ...NUMBERS.map((key) => amount(desk, id, index, key, word(`dose.${key}`))),
    amount(desk, id, index, "load", word("dose.load"), { isText: true }),
    sideChoice(desk, id, index),
  ];
  const blank = tick(word("dose.blank"), {
    data: { field: `doses.${id}.${index}.blank`, label: word("dose.blank") },
    onChange: (isOn) => desk.prescription.change(`blank ${id} ${index}`, (values) => setDose(values, id, index, "blank", isOn || undefined)),
  });
  const away = button(word("dose.remove"), () => removeRow(desk, id, index), { class: "quiet" });
  const node = el(
    "fieldset",
    { class: "dose-row", data: { field: `doses.${id}.${index}`, label: word("dose.row", { name: exercise.name }) } },
    el("legend", {}, count > 1 ? word("dose.part", { number: index + 1 }) : word("dose")),
    el("p", { class: "hint" }, word("dose.hint")),
    el("div", { class: "small-fields" }, fields.map((part) => part.node)),
    blank.node,
    (count > 1 || doseRows(desk.values, id).length > 0) && away,
    el("p", { class: "problem", hidden: true }),
  );
  const update = () => {
    for (const part of fields) part.update();
    blank.control.checked = doseRows(desk.values, id)[index]?.blank === true;
  };
  return { node, update };
}

function removeRow(desk, id, index) {
  desk.prescription.change(`dose away ${Date.now()}`, (values) =>
    setDoseRows(values, id, doseRows(values, id).filter((_, i) => i !== index)));
}

function formsOf(exercise) {
  return exercise.forms.map(({ level, name }) => ({ id: level, name: `${word(`level.${level}`)}: ${name}` }));
}

function amount(desk, id, index, key, label, { isText = false } = {}) {
  const control = el("input", { type: "text", inputmode: isText ? null : "numeric", autocomplete: "off" });
  if (isText) control.maxLength = desk.catalogue.limits.load;
  const path = `doses.${id}.${index}.${key}`;
  control.addEventListener("input", () =>
    desk.prescription.change(path, (values) => setDose(values, id, index, key, isText ? control.value : numberOrText(control.value))));
  const update = () => {
    const value = String(doseRows(desk.values, id)[index]?.[key] ?? "");
    if (String(isText ? control.value : numberOrText(control.value)) !== value) control.value = value;
  };
  return { node: labelled({ key: path, label, control }), update };
}

function choice(desk, id, index, key, label, options) {
  const control = el("select", {});
  const path = `doses.${id}.${index}.${key}`;
  const all = [{ id: "", name: word("dose.as_program") }, ...options];
  control.addEventListener("change", () =>
    desk.prescription.change(path, (values) => setDose(values, id, index, key, control.value)));
  const update = () => {
    fillOptions(control, all);
    selectOption(control, doseRows(desk.values, id)[index]?.[key]);
  };
  return { node: labelled({ key: path, label, control }), update };
}

function weekChoice(desk, id, index, key, label) {
  const control = el("select", {});
  const path = `doses.${id}.${index}.${key}`;
  const preset = word(key === "from_week" ? "dose.first_week" : "dose.last_week");
  control.addEventListener("change", () =>
    desk.prescription.change(path, (values) => setDose(values, id, index, key, numberOrText(control.value))));
  const update = () => {
    const weeks = Array.from({ length: weeksOf(desk.values) }, (_, i) => ({ id: i + 1, name: String(i + 1) }));
    fillOptions(control, [{ id: "", name: preset }, ...weeks]);
    selectOption(control, doseRows(desk.values, id)[index]?.[key]);
  };
  return { node: labelled({ key: path, label, control }), update };
}

/** Both sides, each side counted, or one side only: three keys of a dose behind one question. */
function sideChoice(desk, id, index) {
  const control = el("select", {});
  const path = `doses.${id}.${index}.side`;
  const options = ["", "each", "both", "left", "right"].map((side) => ({ id: side, name: word(`dose.side.${side || "program"}`) }));
  control.addEventListener("change", () =>
    desk.prescription.change(path, (values) => {
      const said = { each: { per_side: true }, both: { per_side: false }, left: { one_side: true, side: "left" }, right: { one_side: true, side: "right" } }[control.value] ?? {};
      for (const key of ["per_side", "one_side", "side"]) setDose(values, id, index, key, said[key]);
    }));
  const update = () => {
    const { per_side: perSide, one_side: oneSide, side } = doseRows(desk.values, id)[index] ?? {};
    fillOptions(control, options);
    selectOption(control, oneSide ? (side ?? "") : perSide === undefined ? "" : perSide ? "each" : "both");
  };
  return { node: labelled({ key: path, label: word("dose.side"), control }), update };
}

/** The dose step of week 1 of this exercise, which stands once, in its first row. */
function stepField(desk, exercise) {
  const steps = exercise.doses
    .filter((dose) => dose)
    .map((dose) => ({ id: dose.step, name: `${dose.step}: ${dose.words}` }));
  return choice(desk, exercise.id, 0, "start_step", word("dose.start_step"), steps);
}
