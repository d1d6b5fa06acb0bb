// Fields of the form: a label, a hint, a control, and the place where its problem is told.
//
// A part of the form is {node, update}: `update()` shows the values that are at hand now.

import { el, newId, say } from "./elements.js";
import { at, inWords, numberOrText, put, withEntry } from "./values.js";
import { word } from "./words.js";

/**
 * Return a field around a control.
 * @param {{key: string, label: string, hint?: string, control: Element, class?: string, labelClass?: string}} given
 *   `key` is where the value stands, as problems name it
 */
export function labelled({ key, label, hint, control, class: look = "", after = null }) {
  const ids = { control: newId("control"), hint: newId("hint"), problem: newId("problem") };
  control.id = ids.control;
  control.setAttribute("aria-describedby", hint ? `${ids.hint} ${ids.problem}` : ids.problem);
  return el(
    "div",
    { class: `field ${look}`, data: { field: key, label } },
    el("label", { for: ids.control }, label),
    hint && el("p", { class: "hint", id: ids.hint }, hint),
    control,
    after,
    el("p", { class: "problem", id: ids.problem, hidden: true }),
  );
}

/** Return a group of controls under one name, with the place where its problem is told. */
export function group({ key, label, hint, class: look = "" }, ...children) {
  const ids = { hint: newId("hint"), problem: newId("problem") };
  const describedBy = hint ? `${ids.hint} ${ids.problem}` : ids.problem;
  return el(
    "fieldset",
    { class: `field ${look}`, data: { field: key, label }, "aria-describedby": describedBy },
    el("legend", {}, label),
    hint && el("p", { class: "hint", id: ids.hint }, hint),
    children,
    el("p", { class: "problem", id: ids.problem, hidden: true }),
  );
}

/** Return a part that shows and changes a value through one control. */
export function bound(desk, key, control, { read, write, show }) {
  control.addEventListener("input", () => desk.prescription.change(key, (values) => write(values, control)));
  const update = () => {
    const value = read(desk.values);
    if (show) show(control, value);
    else if (control.value !== String(value ?? "")) control.value = value ?? "";
  };
  update();
  return update;
}

/** A line of text (or a number, a date, a time) at a path of the values. */
export function textField(desk, { path, label, hint, type = "text", isNumber = false, lines = 0, limit, class: look, after }) {
  const control = lines
    ? el("textarea", { rows: lines, maxlength: limit, autocomplete: "off" })
    : el("input", { type, maxlength: limit, inputmode: isNumber ? "numeric" : null, autocomplete: "off" });
  const node = labelled({ key: path, label, hint, control, class: look, after });
  const kept = el("p", { class: "hint", hidden: true }, word("field.kept"));
  control.after(kept);
  const show = (_, value) => {
    const text = String(inWords(value) ?? "");
    if (control.value !== text) control.value = text;
    // What this control cannot say stays as the file has it.
    control.readOnly = typeof value === "object" && value !== null;
    kept.hidden = !control.readOnly;
  };
  const update = bound(desk, path, control, {
    read: (values) => at(values, path),
    write: (values) => put(values, path, isNumber ? numberOrText(control.value) : control.value),
    show,
  });
  return { node, update };
}

/** A list of choices at a path of the values; `options()` are [{id, name}], the first one without id is the preset. */
export function selectField(desk, { path, label, hint, options, read, write, class: look }) {
  const control = el("select", {});
  const refill = () => fillOptions(control, options());
  refill();
  const given = {
    read: read ?? ((values) => at(values, path)),
    write: (values) => (write ?? ((draft, chosen) => put(draft, path, chosen)))(values, valueOf(control)),
  };
  const show = (_, value) => selectOption(control, value);
  const shown = bound(desk, path, control, { ...given, show });
  const update = () => {
    refill();
    shown();
  };
  return { node: labelled({ key: path, label, hint, control, class: look }), update, control };
}

/** Fill a select with choices, if they are others than those that it has. */
export function fillOptions(control, options) {
  const wanted = JSON.stringify(options.map(({ id, name }) => [id ?? "", name]));
  if (control.dataset.options === wanted) return;
  control.dataset.options = wanted;
  control.replaceChildren(...options.map(({ id, name }) => el("option", { value: String(id ?? "") }, name)));
}

/** Choose an option; a value that is not among them is added, so that nothing of an opened file is lost. */
export function selectOption(control, value) {
  const text = String(value ?? "");
  if (![...control.options].some((option) => option.value === text)) {
    control.append(el("option", { value: text }, word("field.unknown", { value: text })));
    delete control.dataset.options;
  }
  if (control.value !== text) control.value = text;
}

function valueOf(control) {
  return /^\d+$/.test(control.value) ? Number(control.value) : control.value;
}

/** A box to tick with its words. */
export function tick(label, { onChange, full, checked = false, class: look = "", data = {}, describedBy }) {
  const id = newId("tick");
  const control = el("input", { type: "checkbox", id, checked, "aria-describedby": describedBy, "aria-label": full, on: { change: () => onChange(control.checked) } });
  return { node: el("div", { class: `tick ${look}`, data }, control, el("label", { for: id }, label)), control };
}

/** A box to tick for a value at a path; ticked means `value`, not ticked leaves the key out. */
export function tickField(desk, { path, label, hint, value = true }) {
  const hintId = newId("hint");
  const box = tick(label, {
    describedBy: hint ? hintId : null,
    onChange: (isOn) => desk.prescription.change(path, (values) => put(values, path, isOn ? value : undefined)),
  });
  const node = el("div", { class: "field", data: { field: path, label } }, box.node, hint && el("p", { class: "hint", id: hintId }, hint), problemPlace());
  const update = () => {
    box.control.checked = at(desk.values, path) === value;
  };
  update();
  return { node, update };
}

/** Several boxes to tick for a list of ids at a path. `options()` are [{id, name}]. */
export function tickList(desk, { path, options, order = (ids) => ids }) {
  const node = el("div", { class: "ticks" });
  let shown = "";
  const boxes = new Map();
  const build = () => {
    boxes.clear();
    node.replaceChildren();
    for (const { id, name, full } of options()) {
      const box = tick(name, {
        full,
        onChange: (isOn) => desk.prescription.change(path, (values) => put(values, path, order(withEntry(listAt(values, path), id, isOn)))),
      });
      boxes.set(id, box.control);
      node.append(box.node);
    }
  };
  const update = () => {
    const wanted = JSON.stringify(options());
    if (wanted !== shown) build();
    shown = wanted;
    for (const [id, control] of boxes) control.checked = listAt(desk.values, path).includes(id);
  };
  update();
  return { node, update };
}

function listAt(values, path) {
  const list = at(values, path);
  return Array.isArray(list) ? list : [];
}

/** Return the place for a problem of a field that is built by hand. */
export function problemPlace() {
  return el("p", { class: "problem", id: newId("problem"), hidden: true });
}

/** A numbered section of the form. */
export function section(number, title, ...children) {
  const id = newId("section");
  return el("section", { class: "part", "aria-labelledby": id }, el("h2", { id }, el("span", { class: "number" }, `${number} `), title), children);
}

/** A button that opens and closes what stands below it. */
export function disclosure(title, content, { isOpen = false, class: look = "" } = {}) {
  const summary = el("summary", {}, title);
  const node = el("details", { class: look, open: isOpen }, summary, content);
  return { node, summary, name: (text) => say(summary, text) };
}

