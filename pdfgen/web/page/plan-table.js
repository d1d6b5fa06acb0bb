// The plan as tables that are read by a screen reader, and quickest by a therapist: doses by weeks, and days by week.

import { el, fill } from "./elements.js";
import { pageLanguage, weeksOf, word } from "./words.js";

/** Two tables of the newest plan. */
export function planTable(desk) {
  const node = el("section", { class: "plan", "aria-labelledby": "plan-title", hidden: true });
  let shown = null;
  const update = () => {
    const { plan } = desk.answer;
    node.hidden = !plan;
    if (!plan || plan === shown) return;
    shown = plan;
    fill(node, el("h2", { id: "plan-title" }, word("plan")), doseTable(plan), weekTable(plan, desk.catalogue.weekdays));
  };
  return { node, update };
}

function doseTable(plan) {
  const rows = plan.exercises.flatMap((exercise) =>
    exercise.doses.map((dose, i) =>
      el(
        "tr",
        {},
        i === 0 && el("th", { scope: "rowgroup", rowspan: exercise.doses.length }, `${exercise.number}. ${exercise.name}`),
        el("td", {}, weeksOf(dose)),
        el("td", {}, dose.form && `${dose.form}: `, dose.blank ? word("plan.blank") : dose.words),
      )));
  return table(word("plan.doses"), [word("plan.exercise"), word("plan.weeks"), word("plan.dose")], rows);
}

/** A row a week and a column a day: the numbers of the exercises of that day. */
function weekTable(plan, weekdays) {
  const hasDates = plan.weeks.some((week) => week.first_day);
  const heads = [word("plan.week"), ...(hasDates ? [word("plan.dates")] : []), ...weekdays.map(({ short }) => short), word("plan.minutes")];
  const rows = plan.weeks.map((week) => {
    const numbers = new Map(week.days.map((one) => [one.day, numbersOf(one.numbers)]));
    const days = weekdays.map(({ id }) => el("td", { class: "days" }, numbers.get(id) ?? "–"));
    return el("tr", {}, el("th", { scope: "row" }, String(week.number)), hasDates && el("td", {}, datesOf(week)), days, el("td", {}, String(week.minutes ?? "")));
  });
  return table(word("plan.by_week"), heads, rows);
}

/** Return numbers as people write them: three and more in a row as a range. */
function numbersOf(numbers) {
  const runs = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last.at(-1) + 1) last.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run.join(", "))).join(", ");
}

function datesOf(week) {
  if (!week.first_day) return "";
  const format = new Intl.DateTimeFormat(pageLanguage(), { day: "numeric", month: "short" });
  const text = (day) => format.format(new Date(`${day}T12:00:00`));
  return `${text(week.first_day)} – ${text(week.last_day)}`;
}

function table(caption, heads, rows) {
  return el(
    "div",
    { class: "scrolls", tabindex: "0", role: "region", "aria-label": caption },
    el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, rows)),
  );
}
