// One form of an own exercise (L1, L2, L3, chair): its name, what it is, its steps and its pictures.

import { button, el, fill, newId } from "./elements.js";
import { fillOptions, labelled, selectOption } from "./fields.js";
import { localText } from "./local-text.js";
import { panelEditor } from "./own-picture.js";
import { word } from "./words.js";

const STEP_KINDS = ["prepare", "do", "breathe", "return"];
const MOST_STEPS = 6;
const MOST_PANELS = 6;

/** The forms of an exercise, each folded away until it is wanted. */
export function formEditors(editor, draft) {
  draft.variants ??= {};
  return el("div", { class: "forms" }, editor.levels.map((level) => formEditor(editor, draft, level)));
}

function formEditor(editor, draft, level) {
  const title = word(`level.${level}`);
  const content = el("div", { class: "unfolded" });
  const build = () => {
    const form = draft.variants[level];
    if (!form) {
      fill(content, button(word("own.form.begin", { level: title }), () => {
        draft.variants[level] = { steps: [{ kind: "prepare" }, { kind: "do" }], panels: [] };
        build();
      }));
      return;
    }
    fill(content, formFields(editor, form, level), button(word("own.form.remove", { level: title }), () => {
      delete draft.variants[level];
      build();
    }, { class: "quiet" }));
  };
  build();
  return el("details", { open: Boolean(draft.variants[level]), data: { field: `variants.${level}`, label: title } }, el("summary", {}, title), content);
}

function formFields(editor, form, level) {
  const path = `variants.${level}`;
  return [
    localText(editor, form, "name", { label: word("own.form.name"), path: `${path}.name` }),
    localText(editor, form, "summary", { label: word("own.form.summary"), path: `${path}.summary` }),
    growing(form, "steps", { title: word("own.steps"), add: word("own.step.add"), most: MOST_STEPS, fresh: () => ({ kind: "do" }), entry: (step, i) => stepFields(editor, step, `${path}.steps.${i}`, i) }),
    growing(form, "panels", { title: word("own.pictures"), add: word("own.picture.add"), most: MOST_PANELS, fresh: () => ({}), entry: (panel, i) => panelEditor(editor, panel, `${path}.panels.${i}`, i) }),
  ];
}

function stepFields(editor, step, path, i) {
  const control = el("select", { on: { change: () => (step.kind = control.value) } });
  fillOptions(control, STEP_KINDS.map((id) => ({ id, name: word(`own.step.${id}`) })));
  selectOption(control, step.kind);
  return [
    labelled({ key: `${path}.kind`, label: word("own.step.kind", { number: i + 1 }), control }),
    localText(editor, step, "text", { label: word("own.step", { number: i + 1 }), path: `${path}.text`, isStep: true }),
  ];
}

/**
 * Entries that can be added and taken away.
 * @param {object} owner
 * @param {string} key of the list
 * @param {{title: string, add: string, most: number, fresh: function(): object, entry: function(object, number)}} how
 */
export function growing(owner, key, { title, add, most, fresh, entry }) {
  owner[key] ??= [];
  const id = newId("list");
  const list = el("ol", { class: "growing", "aria-labelledby": id });
  const more = button(add, () => {
    owner[key].push(fresh());
    build();
    list.lastElementChild?.querySelector("input, select, textarea")?.focus();
  });
  const build = () => {
    fill(list, owner[key].map((one, i) =>
      el("li", {}, entry(one, i), button(word("own.remove"), () => {
        owner[key].splice(i, 1);
        build();
        more.focus();
      }, { class: "quiet", "aria-label": word("own.remove_this", { what: title, number: i + 1 }) }))));
    more.hidden = owner[key].length >= most;
  };
  build();
  return el("div", { class: "group" }, el("h4", { id }, title), list, more);
}
