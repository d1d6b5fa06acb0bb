// Problems: each at its field, and all in one list that leads there.

import { button, el, fill } from "./elements.js";
import { inWords } from "./messages.js";
import { word } from "./words.js";

const FOCUSABLE = "input, select, textarea, button, summary";

/** Return where a problem belongs, as fields are called: doses of one row have the number 0. */
export function fieldOf(problem) {
  return (problem.field ?? "").replace(/^doses\.([^.]+)\.(?!\d+(\.|$))/, "doses.$1.0.");
}

/** Return the element of a field: that of its name, else of the longest name that it begins with; null without one. */
export function placeOf(root, name) {
  for (let path = name; path; path = path.replace(/\.?[^.]*$/, "")) {
    const found = root.querySelector(`[data-field="${CSS.escape(path)}"]`);
    if (found) return found;
  }
  return null;
}

/** Show each problem (with its words, see messages.js) at its field, and take away those that were there. */
export function markFields(root, problems) {
  for (const place of root.querySelectorAll(".problem")) place.hidden = true;
  for (const control of root.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  for (const problem of problems) {
    const field = placeOf(root, fieldOf(problem));
    const place = field?.querySelector(".problem");
    if (!place) continue;
    const others = place.hidden ? "" : `${place.textContent} `;
    place.hidden = false;
    place.lang = problem.lang;
    place.textContent = others + problem.text;
    const control = field.querySelector("input:not([type=checkbox]), select, textarea");
    control?.setAttribute("aria-invalid", "true");
  }
}

/** Lead to a field: open what hides it, and put the focus there. */
export function leadTo(root, name) {
  const field = placeOf(root, name);
  if (!field) return;
  for (let node = field; node && node !== root; node = node.parentElement) {
    if (node.tagName === "DETAILS") node.open = true;
  }
  const control = field.matches(FOCUSABLE) ? field : field.querySelector(FOCUSABLE);
  control?.focus();
  field.scrollIntoView({ block: "center" });
}

/** Return a message as it is shown: in the words of the page, or marked as English. */
export function messageOf(message, names) {
  const { text, lang } = inWords(message, names);
  return el("span", { lang }, text);
}

/** Fill a list with problems (with their words); each leads to its field where there is one. */
export function listProblems(list, root, problems) {
  fill(list, problems.map((problem) => el("li", {}, entry(root, problem))));
}

function entry(root, problem) {
  const name = fieldOf(problem);
  const field = placeOf(root, name);
  const text = el("span", { lang: problem.lang }, problem.text);
  if (!field) return text;
  const label = field.dataset.label ?? word("problem.there");
  return [button(label, () => leadTo(root, name), { class: "link" }), ": ", text];
}
