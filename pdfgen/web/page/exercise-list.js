// Part 4: the exercises, in their order; more are added by searching names and pictures.

import { addExercise } from "./add-exercise.js";
import { makeSortable } from "./drag.js";
import { el, fill } from "./elements.js";
import { exerciseCard } from "./exercise-card.js";
import { problemPlace, section } from "./fields.js";
import { forgetExercise, moved, setExercises } from "./values.js";
import { word } from "./words.js";

/**
 * The cards of the exercises and the search below them.
 * @param {object} desk
 * @param {function(string): void} tell says aloud what was done
 */
export function exerciseList(desk, tell) {
  const list = el("ol", { class: "exercises" });
  const none = el("p", { class: "hint" }, word("exercises.none"));
  const cards = new Map();
  const actions = {
    move: (from, to) => move(desk, from, to, tell, list),
    remove: (index) => remove(desk, index, tell, list),
  };
  makeSortable(list, actions.move);
  const adding = addExercise(desk, tell);
  const update = () => {
    const ids = desk.exercises;
    for (const id of [...cards.keys()]) if (!ids.includes(id)) cards.delete(id);
    const known = ids.filter((id, index) => ids.indexOf(id) === index);
    for (const id of known) if (!cards.has(id)) cards.set(id, exerciseCard(desk, id, actions));
    const nodes = known.map((id) => cards.get(id).node);
    if (nodes.length !== list.children.length || nodes.some((node, i) => list.children[i] !== node)) reorder(list, nodes);
    known.forEach((id, index) => cards.get(id).update(index, known.length));
    none.hidden = known.length > 0;
    adding.update();
  };
  const node = section(
    4,
    word("exercises"),
    el("div", { class: "field", data: { field: "exercises", label: word("exercises") } }, none, list, problemPlace(), adding.node),
  );
  update();
  return { node, update };
}

/** Bring the cards into their order; the focus stays where it was. */
function reorder(list, nodes) {
  const focused = document.activeElement;
  fill(list, nodes);
  if (focused && list.contains(focused)) focused.focus();
}

function move(desk, from, to, tell, list) {
  const ids = desk.exercises;
  if (to < 0 || to >= ids.length) return;
  const name = desk.catalogue.exerciseById.get(ids[from])?.name ?? ids[from];
  const program = desk.program;
  const pressed = document.activeElement?.dataset.move;
  desk.prescription.change(`move ${Date.now()}`, (values) => setExercises(values, program, moved(ids, from, to)));
  tell(word("exercises.moved", { name, place: to + 1, count: ids.length }));
  if (pressed) focusButton(list.children[to], pressed);
}

function focusButton(card, way) {
  const wanted = card?.querySelector(`[data-move="${way}"]`);
  const other = card?.querySelector(`[data-move]:not([aria-disabled="true"])`);
  (wanted?.getAttribute("aria-disabled") === "true" ? other : wanted)?.focus();
}

/** Take an exercise out. The last one stays: a file without exercises would mean those of the program. */
function remove(desk, index, tell, list) {
  const ids = desk.exercises;
  if (ids.length === 1) return tell(word("exercises.last"));
  const name = desk.catalogue.exerciseById.get(ids[index])?.name ?? ids[index];
  const program = desk.program;
  desk.prescription.change(`remove ${Date.now()}`, (values) => {
    setExercises(values, program, ids.filter((_, i) => i !== index));
    forgetExercise(values, ids[index]);
  });
  tell(word("exercises.removed", { name }));
  const next = list.children[Math.min(index, list.children.length - 1)];
  (next?.querySelector("[data-remove]") ?? list.parentElement.querySelector("input, button"))?.focus();
}
