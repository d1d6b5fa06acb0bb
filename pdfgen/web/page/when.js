// Part 5: how many weeks, from which day, on which days, and with which side.

import { button, el } from "./elements.js";
import { group, section, selectField, textField, tick, tickList } from "./fields.js";
import { at, isEmpty, put } from "./values.js";
import { word } from "./words.js";

const DAY_MS = 86_400_000;

/** Weeks, first day, days of the week, time, side, dose step of the first week. */
export function when(desk) {
  const [least, most] = desk.catalogue.limits.weeks;
  const weeks = selectField(desk, {
    path: "weeks",
    label: word("when.weeks"),
    options: () => [{ id: "", name: word("when.weeks.preset") }, ...range(least, most).map((n) => ({ id: n, name: word("when.weeks.count", { count: n }) }))],
  });
  const start = textField(desk, { path: "start", type: "date", label: word("when.start"), hint: word("when.start.hint"), after: startButtons(desk) });
  const days = daysField(desk);
  const time = textField(desk, { path: "at", type: "time", label: word("when.at"), hint: word("when.at.hint") });
  const side = selectField(desk, {
    path: "side",
    label: word("when.side"),
    options: () => ["", "left", "right"].map((id) => ({ id, name: word(`when.side.${id || "none"}`) })),
  });
  const step = selectField(desk, {
    path: "start_step",
    label: word("when.start_step"),
    hint: word("when.start_step.hint"),
    options: () => [{ id: "", name: "T1" }, ...range(2, 12).map((n) => ({ id: `T${n}`, name: `T${n}` }))],
  });
  const parts = [weeks, start, days, time, side, step];
  const more = el("details", {}, el("summary", {}, word("when.more")), el("div", { class: "unfolded pair" }, time.node, side.node, step.node));
  const node = section(5, word("when"), el("div", { class: "pair top" }, weeks.node, start.node), days.node, more);
  return { node, update: () => parts.forEach((part) => part.update()) };
}

function range(least, most) {
  return Array.from({ length: most - least + 1 }, (_, i) => least + i);
}

function startButtons(desk) {
  const set = (days) => desk.prescription.change("start", (values) => put(values, "start", asDate(days)));
  return el(
    "div",
    { class: "row" },
    button(word("when.today"), () => set(0), { class: "small" }),
    button(word("when.monday"), () => set((8 - new Date().getDay()) % 7 || 7), { class: "small" }),
  );
}

/** Return the day so many days from today, as year-month-day of this place. */
function asDate(days) {
  const day = new Date(Date.now() + days * DAY_MS);
  const two = (number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** One list of days, or one for each kind of exercise. */
function daysField(desk) {
  const node = el("div", { class: "days" });
  const weekdays = () => desk.catalogue.weekdays;
  const order = (ids) => weekdays().map(({ id }) => id).filter((id) => ids.includes(id));
  const list = (path, label, hint) => {
    const boxes = tickList(desk, { path, options: () => weekdays().map(({ id, short, name }) => ({ id, name: short, full: name })), order });
    return { node: group({ key: path, label, hint, class: "weekdays" }, boxes.node), update: boxes.update };
  };
  const byKind = tick(word("when.by_kind"), { onChange: (isOn) => change(isOn) });
  let isByKind = null;
  let parts = [];
  const build = () => {
    parts = isByKind
      ? desk.catalogue.kinds.map(({ id, name }) => list(`days.${id}`, word("when.days.kind", { name })))
      : [list("days", word("when.days"), word("when.days.hint"))];
    node.replaceChildren(...parts.map((part) => part.node), byKind.node);
    byKind.control.checked = isByKind;
  };
  const change = (isOn) => {
    isByKind = isOn;
    desk.prescription.change(`days ${Date.now()}`, (values) => spread(values, isOn, desk.catalogue.kinds));
    build();
  };
  const update = () => {
    const days = at(desk.values, "days");
    const wanted = isEmpty(days) ? (isByKind ?? false) : !Array.isArray(days);
    if (wanted !== isByKind) {
      isByKind = wanted;
      build();
    }
    parts.forEach((part) => part.update());
  };
  update();
  return { node, update };
}

/** Days of one list hold for each kind, and the other way round those of the first kind that has some. */
function spread(values, isByKind, kinds) {
  const days = values.days;
  if (isEmpty(days)) return;
  if (isByKind && Array.isArray(days)) values.days = Object.fromEntries(kinds.map(({ id }) => [id, [...days]]));
  else if (!isByKind && !Array.isArray(days)) values.days = Object.values(days).find((list) => !isEmpty(list));
}

