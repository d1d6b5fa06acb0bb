// The editor of one own exercise: what it is, how it is done, how much, and for whom it is different.

import { el, newId } from "./elements.js";
import { fillOptions, group, labelled, selectOption, tick } from "./fields.js";
import { localText } from "./local-text.js";
import { formEditors, growing } from "./own-form.js";
import { numberOrText, put, withEntry } from "./values.js";
import { counted, word } from "./words.js";

const TEXTS = ["name", "purpose", "muscles", "position", "breathing"];
const LISTS = ["mistakes", "care"];
const NUMBERS = ["movement_s", "rest_s"];
const DOSE_NUMBERS = ["sets", "reps", "hold_s", "minutes"];
const MOST_STEPS = 12;
const MOST_CAUTIONS = 12;

/** What a new exercise begins with. */
export function blankExercise() {
  return { equipment: [], movement_s: 4, rest_s: 30, variants: {}, doses: [], cautions: [] };
}

/** Return the form of an exercise; it changes `draft`. */
export function exerciseEditor(editor, draft) {
  const kind = el("select", { on: { change: () => put(draft, "kind", kind.value) } });
  fillOptions(kind, [{ id: "", name: word("own.kind.choose") }, ...editor.kinds]);
  selectOption(kind, draft.kind);
  return el(
    "div",
    { class: "form" },
    part(word("own.what"), labelled({ key: "kind", label: word("own.kind"), control: kind }), TEXTS.map((key) => localText(editor, draft, key, { label: word(`own.${key}`), path: key }))),
    part(word("own.care_about"), LISTS.map((key) => localText(editor, draft, key, { label: word(`own.${key}`), hint: word("own.lines"), path: key, lines: 3, isList: true })), el("div", { class: "pair" }, NUMBERS.map((key) => numberField(draft, key, key, word(`own.${key}`))))),
    part(word("own.how"), formEditors(editor, draft)),
    part(word("own.needed"), neededFields(editor, draft)),
    part(word("own.much"), el("p", { class: "hint" }, word("own.much.hint")), growing(draft, "doses", { title: word("own.doses"), add: word("own.dose.add"), most: MOST_STEPS, fresh: () => ({ ...draft.doses.at(-1) }), entry: (dose, i) => doseFields(editor, draft, dose, i) })),
    part(word("own.whom"), growing(draft, "cautions", { title: word("own.cautions"), add: word("own.caution.add"), most: MOST_CAUTIONS, fresh: () => ({ situations: [], use: "smaller" }), entry: (caution, i) => cautionFields(editor, caution, i) })),
  );
}

/** What is needed for it, a video of it, and where its numbers come from. */
function neededFields(editor, draft) {
  const video = el("input", { type: "url", autocomplete: "off", value: draft.video ?? "" });
  video.addEventListener("input", () => put(draft, "video", video.value.trim()));
  return [
    ticksOf(draft, "equipment", editor.equipment),
    labelled({ key: "video", label: word("own.video"), hint: word("own.video.hint"), control: video }),
    el("details", { open: Boolean(draft.sources?.length) }, el("summary", {}, word("own.sources")), ticksOf(draft, "sources", editor.sources)),
  ];
}

function ticksOf(draft, key, options) {
  const boxes = options.map(({ id, name }) => tick(name, { checked: Boolean(draft[key]?.includes(id)), onChange: (isOn) => (draft[key] = withEntry(draft[key], id, isOn)) }).node);
  return group({ key, label: word(`own.${key}`) }, el("div", { class: "ticks" }, boxes));
}

function part(title, ...content) {
  const id = newId("part");
  return el("section", { class: "part", "aria-labelledby": id }, el("h3", { id }, title), content);
}

function numberField(owner, key, path, label) {
  const control = el("input", { type: "text", inputmode: "numeric", autocomplete: "off", value: String(owner[key] ?? "") });
  control.addEventListener("input", () => put(owner, key, numberOrText(control.value)));
  return labelled({ key: path, label, control });
}

/** A step of doses; `null` in the file says that the exercise is not done yet. */
function doseFields(editor, draft, dose, i) {
  if (dose === null) return el("p", {}, word("own.dose.not_yet", { step: `T${i + 1}` }));
  const level = el("select", { on: { change: () => put(dose, "level", level.value) } });
  fillOptions(level, [{ id: "", name: word("own.choose") }, ...editor.levels.map((id) => ({ id, name: word(`level.${id}`) }))]);
  selectOption(level, dose.level);
  const side = tick(word("own.dose.per_side"), { checked: dose.per_side === true, onChange: (isOn) => put(dose, "per_side", isOn || undefined) });
  return [
    el("p", {}, el("strong", {}, `T${i + 1}`)),
    el(
      "div",
      { class: "small-fields" },
      labelled({ key: `doses.${i}.level`, label: word("dose.level"), control: level }),
      DOSE_NUMBERS.map((key) => numberField(dose, key, `doses.${i}.${key}`, word(`dose.${key}`))),
    ),
    side.node,
  ];
}

function cautionFields(editor, caution, i) {
  const use = el("select", { on: { change: () => (caution.use = use.value) } });
  fillOptions(use, ["smaller", "choose-another", ...editor.levels].map((id) => ({ id, name: word(`own.use.${id}`) })));
  selectOption(use, caution.use);
  const chosen = el("summary", {});
  const say = () => (chosen.textContent = counted("own.situations", (caution.situations ?? []).length));
  say();
  const boxes = editor.situations.map(({ id, name }) =>
    tick(name, {
      checked: Boolean(caution.situations?.includes(id)),
      onChange: (isOn) => {
        caution.situations = withEntry(caution.situations, id, isOn);
        say();
      },
    }).node);
  return [
    el("details", {}, chosen, group({ key: `cautions.${i}.situations`, label: word("own.caution.who") }, el("div", { class: "ticks" }, boxes))),
    labelled({ key: `cautions.${i}.use`, label: word("own.caution.use"), control: use }),
    localText(editor, caution, "text", { label: word("own.caution.text"), path: `cautions.${i}.text` }),
  ];
}

