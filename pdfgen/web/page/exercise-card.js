// One exercise of the program: picture, name, dose in words, cautions to weigh; and folded away its form, doses and note.

import { doseFields } from "./dose-fields.js";
import { button, el, fill } from "./elements.js";
import { disclosure, problemPlace, textField, tick } from "./fields.js";
import { put, withEntry } from "./values.js";
import { weeksOf, word } from "./words.js";

/**
 * The card of an exercise.
 * @param {object} desk
 * @param {string} id
 * @param {{move: function(number, number), remove: function(number)}} actions
 * @returns {{node, update: function(number, number)}} updated with its place and how many there are
 */
export function exerciseCard(desk, id, actions) {
  const exercise = desk.catalogue.exerciseById.get(id);
  const name = exercise?.name ?? id;
  let place = 0;
  const number = el("span", { class: "place" });
  const words = el("p", { class: "dose" });
  const cautions = cautionList(desk, id);
  const picture = el("div", { class: "picture" });
  const up = button("↑", () => actions.move(place, place - 1), { "aria-label": word("exercise.up", { name }), data: { move: "up" }, class: "icon" });
  const down = button("↓", () => actions.move(place, place + 1), { "aria-label": word("exercise.down", { name }), data: { move: "down" }, class: "icon" });
  const away = button("✕", () => actions.remove(place), { "aria-label": word("exercise.remove", { name }), data: { remove: "" }, class: "icon" });
  const handle = el("span", { class: "handle", "aria-hidden": "true", title: word("exercise.drag") }, "⠿");
  const details = exercise ? unfolded(desk, exercise) : null;
  const node = el(
    "li",
    { class: "exercise", data: { exercise: id, label: name } },
    handle,
    picture,
    el("h3", {}, number, name),
    el("div", { class: "tools" }, up, down, away),
    words,
    problemPlace(),
    cautions.node,
    details?.node,
  );
  let figure = null;
  const update = (index, count) => {
    place = index;
    node.dataset.field = `exercises.${index}`;
    number.textContent = `${index + 1}. `;
    setUnusable(up, index === 0);
    setUnusable(down, index === count - 1);
    if (figure !== (desk.values.figure ?? "")) {
      figure = desk.values.figure ?? "";
      fill(picture, desk.pictures.image(desk.catalogue.pictureOf(id), figure));
    }
    showDose(words, desk, id);
    cautions.update();
    details?.update();
  };
  return { node, update };
}

/** A button that cannot be used now keeps its place for the keyboard. */
function setUnusable(node, isUnusable) {
  node.setAttribute("aria-disabled", String(isUnusable));
}

function showDose(node, desk, id) {
  const planned = desk.answer.plan?.exercises.find((one) => one.id === id);
  if (!planned) return;
  fill(
    node,
    planned.doses.map((dose) => el("span", { class: "line" }, el("span", {}, word("exercise.weeks", { weeks: weeksOf(dose) })), " ", el("span", {}, dose.blank ? word("plan.blank") : dose.words))),
  );
}

/** Cautions of the library for what is to be heeded: each is weighed by a tick, and stays printed. */
function cautionList(desk, id) {
  const node = el("ul", { class: "cautions" });
  let shown = "";
  const update = () => {
    const found = desk.catalogue.cautionsOf(id, desk.values);
    const followed = new Set((desk.answer.cautions ?? []).filter((one) => one.followed).map((one) => `${one.exercise}/${one.situation}`));
    const key = JSON.stringify([found, [...followed]]);
    if (key === shown) return;
    shown = key;
    const focused = node.contains(document.activeElement) ? document.activeElement.closest("[data-caution]").dataset.caution : null;
    fill(node, found.map((caution) => cautionEntry(desk, caution, followed.has(caution.key))));
    if (focused) node.querySelector(`[data-caution="${focused}"] input`)?.focus();
    node.hidden = found.length === 0;
  };
  update();
  return { node, update };
}

function cautionEntry(desk, caution, isFollowed) {
  const weighed = tick(word("caution.weighed"), {
    checked: caution.isWeighed,
    onChange: (isOn) => desk.prescription.change(`weigh ${caution.key}`, (values) => put(values, "confirmed", withEntry(values.confirmed, caution.key, isOn))),
  });
  return el(
    "li",
    { data: { caution: caution.key, field: caution.key, label: caution.situation }, class: caution.isWeighed ? "weighed" : "" },
    el("p", {}, el("strong", {}, `${word("caution")}: ${caution.situation}. `), caution.text),
    el("p", { class: "hint" }, word(isFollowed ? "caution.followed" : `caution.use.${caution.use}`)),
    weighed.node,
  );
}

function unfolded(desk, exercise) {
  const doses = doseFields(desk, exercise);
  const note = textField(desk, {
    path: `notes.${exercise.id}`,
    label: word("exercise.note"),
    hint: word("exercise.note.hint"),
    lines: 2,
    limit: desk.catalogue.limits.note,
  });
  const pictures = el("div", { class: "strip" });
  const folded = disclosure(word("exercise.more"), el("div", { class: "unfolded" }, el("p", { class: "hint" }, exercise.purpose), pictures, doses.node, note.node));
  const update = () => {
    if (folded.node.open) showForms(pictures, desk, exercise);
    doses.update();
    note.update();
  };
  folded.node.addEventListener("toggle", update);
  return { node: folded.node, update };
}

/** The forms of the exercise, each with its pictures. */
function showForms(node, desk, exercise) {
  const figure = desk.values.figure ?? "";
  if (node.dataset.figure === figure) return;
  node.dataset.figure = figure;
  fill(
    node,
    exercise.forms.map((form) =>
      el(
        "figure",
        {},
        form.pictures.map((picture) => desk.pictures.image(picture, figure, picture.alt)),
        el("figcaption", {}, el("strong", {}, `${word(`level.${form.level}`)}: ${form.name}`), ` ${form.summary ?? ""}`),
      ),
    ),
  );
}
