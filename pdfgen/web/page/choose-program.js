// Part 3: the condition and the program, with the pictures of its exercises; or a template of one's own.

import { el, fill, newId } from "./elements.js";
import { fillOptions, group, labelled, section } from "./fields.js";
import { chooseProgram as takeProgram, withoutPatient } from "./values.js";
import { word } from "./words.js";

/**
 * Programs as cards, one of them chosen.
 * @param {object} desk
 * @param {function(string): void} tell says aloud what was done
 */
export function chooseProgram(desk, tell) {
  let condition = null;
  const name = newId("program");
  const cards = el("div", { class: "programs" });
  const conditions = conditionChoice(desk, (id) => {
    condition = id;
    build();
  });
  const templates = templateChoice(desk, tell);
  const build = () => fill(cards, programsOf(desk, condition).map((program) => card(desk, name, program, tell)));
  let shown = null;
  const update = () => {
    const now = desk.catalogue.conditionOf(desk.values)?.id ?? condition ?? desk.catalogue.conditions[0]?.id ?? null;
    const key = `${now} ${desk.values.figure ?? ""}`;
    if (key !== shown) {
      condition = now;
      shown = key;
      conditions.select(now);
      build();
    }
    for (const input of cards.querySelectorAll("input")) input.checked = input.value === desk.values.program;
    templates.update();
  };
  const node = section(3, word("program"), conditions.node, group({ key: "program", label: word("program.which") }, cards), templates.node);
  update();
  return { node, update };
}

function programsOf(desk, condition) {
  return desk.catalogue.programs.filter((program) => !condition || program.condition === condition);
}

function conditionChoice(desk, onChoose) {
  const control = el("select", { on: { change: () => onChoose(control.value) } });
  fillOptions(control, desk.catalogue.conditions);
  const node = labelled({ key: "condition", label: word("program.condition"), control });
  node.hidden = desk.catalogue.conditions.length < 2;
  return { node, select: (id) => (control.value = id ?? "") };
}

function card(desk, name, program, tell) {
  const id = newId("program");
  const control = el("input", { type: "radio", name, id, value: program.id, "aria-describedby": `${id}-about` });
  control.addEventListener("change", () => choose(desk, program, tell));
  const pictures = program.exercises.map((exercise) => desk.pictures.image(desk.catalogue.pictureOf(exercise), desk.values.figure));
  return el(
    "div",
    { class: "program" },
    control,
    el("label", { for: id }, el("span", { class: "name" }, program.name), el("span", { class: "strip" }, pictures)),
    el("p", { id: `${id}-about`, class: "hint" }, program.summary),
  );
}

function choose(desk, program, tell) {
  const hadOwn = Array.isArray(desk.values.exercises);
  const before = desk.program;
  desk.prescription.change("program", (values) => takeProgram(values, program, before));
  const said = word("program.chosen", { name: program.name });
  tell(hadOwn ? `${said} ${word("program.own_gone")}` : said);
}

/** A template is a program with doses under a name; what is the patient's stays as it is. */
function templateChoice(desk, tell) {
  const control = el("select", {});
  const node = labelled({ key: "template", label: word("program.template"), hint: word("program.template.hint"), control });
  control.addEventListener("change", () => {
    const chosen = desk.templates?.find((one) => one.name === control.value);
    if (!chosen) return;
    useTemplate(desk, chosen.values);
    tell(word("template.used", { name: chosen.name }));
    control.value = "";
  });
  const update = () => {
    const names = (desk.templates ?? []).map((one) => ({ id: one.name, name: one.name }));
    node.hidden = names.length === 0;
    fillOptions(control, [{ id: "", name: word("program.template.none") }, ...names]);
  };
  return { node, update };
}

/** Lay a template over the prescription: all that is not the patient's comes from the template. */
export function useTemplate(desk, template) {
  desk.prescription.change(`template ${Date.now()}`, (values) => {
    for (const key of Object.keys(withoutPatient(values))) if (key !== "language") delete values[key];
    Object.assign(values, structuredClone(withoutPatient(template)));
  });
}
