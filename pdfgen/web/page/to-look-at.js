// What there is to look at: problems, cautions that are not weighed, warnings. Each leads to where it can be settled.

import { button, el, fill } from "./elements.js";
import { worded } from "./messages.js";
import { leadTo, listProblems, placeOf } from "./problems.js";
import { counted, word } from "./words.js";

/** The list beside the preview; problems are shown at their fields too, by whoever builds the form. */
export function lookAt(desk, form) {
  const heading = el("h3", {});
  const problems = el("ul", { class: "problems" });
  const cautions = el("ul", { class: "cautions-open" });
  const warnings = el("ul", { class: "warnings" });
  const node = el("div", { class: "look", role: "status", hidden: true }, heading, problems, cautions, warnings);
  let shown = "";
  const update = () => {
    const open = openCautions(desk);
    const wrong = worded(desk.answer.problems ?? [], desk.catalogue.names);
    const told = worded(desk.answer.warnings ?? [], desk.catalogue.names);
    const key = JSON.stringify([wrong, open, told]);
    const count = wrong.length + open.length + told.length;
    node.hidden = count === 0;
    if (key === shown) return;
    shown = key;
    heading.textContent = counted("look", count);
    listProblems(problems, form, wrong);
    fill(cautions, open.map((caution) => el("li", {}, cautionLine(form, caution))));
    listProblems(warnings, form, told);
  };
  return { node, update };
}

/** Cautions of the exercises at hand that are neither weighed nor followed. */
export function openCautions(desk) {
  const followed = new Set((desk.answer.cautions ?? []).filter((one) => one.followed).map((one) => `${one.exercise}/${one.situation}`));
  return desk.exercises.flatMap((id) =>
    desk.catalogue
      .cautionsOf(id, desk.values)
      .filter(({ key, isWeighed }) => !isWeighed && !followed.has(key))
      .map((caution) => ({ ...caution, exercise: desk.catalogue.exerciseById.get(id).name })));
}

function cautionLine(form, caution) {
  const text = word("look.caution", { exercise: caution.exercise, situation: caution.situation });
  return placeOf(form, caution.key) ? button(text, () => leadTo(form, caution.key), { class: "link" }) : text;
}
