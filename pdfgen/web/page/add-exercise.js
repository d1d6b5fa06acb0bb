// Adding an exercise: a search in names, purposes and positions, with pictures of what is found.

import { button, el, fill, newId, say } from "./elements.js";
import { disclosure, labelled } from "./fields.js";
import { setExercises } from "./values.js";
import { counted, word } from "./words.js";

/**
 * The search and its results.
 * @param {object} desk
 * @param {function(string): void} tell says aloud what was done
 */
export function addExercise(desk, tell) {
  const control = el("input", { type: "search", autocomplete: "off", on: { input: () => show() } });
  const found = el("ul", { class: "found" });
  const count = el("p", { class: "hint", role: "status" });
  const full = el("p", { class: "hint", id: newId("full") }, word("add.full", { count: desk.catalogue.limits.exercises }));
  const content = el("div", { class: "unfolded" }, labelled({ key: "add", label: word("add.search"), hint: word("add.search.hint"), control }), count, full, found);
  const folded = disclosure(word("add"), content);
  folded.node.addEventListener("toggle", () => show());
  let shown = "";
  const show = () => {
    if (!folded.node.open) return;
    const hits = search(desk, control.value);
    const isFull = desk.exercises.length >= desk.catalogue.limits.exercises;
    say(count, counted("add.found", hits.length));
    full.hidden = !isFull;
    const key = JSON.stringify([hits.map(({ id }) => id), isFull, desk.values.figure]);
    if (key === shown) return;
    shown = key;
    fill(found, hits.map((exercise) => hit(desk, exercise, isFull, add)));
  };
  const add = (exercise) => {
    const ids = desk.exercises;
    if (ids.length >= desk.catalogue.limits.exercises) return;
    const program = desk.program;
    desk.prescription.change(`add ${Date.now()}`, (values) => setExercises(values, program, [...ids, exercise.id]));
    tell(word("add.added", { name: exercise.name, count: ids.length + 1 }));
    control.focus();
  };
  return { node: folded.node, update: show };
}

function search(desk, text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  const chosen = new Set(desk.exercises);
  return desk.catalogue.exercises.filter((exercise) => {
    if (chosen.has(exercise.id)) return false;
    const about = plain([exercise.name, exercise.purpose, exercise.position, exercise.id, kindOf(desk, exercise)].join(" "));
    return words.every((one) => about.includes(one));
  });
}

function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

function kindOf(desk, exercise) {
  return desk.catalogue.kinds.find(({ id }) => id === exercise.kind)?.name ?? "";
}

function hit(desk, exercise, isFull, add) {
  return el(
    "li",
    {},
    button(
      [
        desk.pictures.image(desk.catalogue.pictureOf(exercise.id), desk.values.figure),
        el("span", { class: "name" }, exercise.name),
        el("span", { class: "hint" }, exercise.position),
        el("span", { class: "plus", "aria-hidden": "true" }, "+"),
      ],
      () => add(exercise),
      { class: "hit", "aria-disabled": String(isFull), "aria-label": word("add.this", { name: exercise.name }) },
    ),
  );
}
