// The tab of own exercises: those of the clinic's file, a new one, and the editor of one.

import { button, el, fill } from "./elements.js";
import { labelled } from "./fields.js";
import { inWords, worded } from "./messages.js";
import { blankExercise, exerciseEditor } from "./own-editor.js";
import { keepFiles, ownFolder } from "./own-folder.js";
import { photoFiles, photoOf } from "./own-picture.js";
import { listProblems, markFields, messageOf } from "./problems.js";
import { ReadingLevel } from "./reading-level.js";
import { isEmpty } from "./values.js";
import { pageLanguage, word } from "./words.js";

const A = 97;

/**
 * Build the tab.
 * @param {object} desk
 * @param {{tell: function(string): void, onSaved: function(): void, onOpened: function(string): void}} given
 */
export function ownExercisesTab(desk, { tell, onSaved, onOpened }) {
  const list = el("ul", { class: "entries" });
  const none = el("p", { class: "hint" }, word("own.none"));
  const place = el("div", {});
  const remarks = el("p", { class: "hint", hidden: true }, word("file.remarks"));
  const troubles = el("ul", { class: "problems" });
  const fresh = button(word("own.new"), () => edit("", blankExercise(), []), { class: "primary" });
  const node = el("section", { class: "tab", "aria-labelledby": "own-title" }, el("h2", { id: "own-title" }, word("tab.exercises")), el("p", {}, word("own.about")), ownFolder(desk, onOpened), fresh, remarks, troubles, none, list, place);

  async function readAll() {
    const answer = await desk.ask("exercises");
    if (!answer) return;
    none.hidden = answer.exercises.length > 0;
    remarks.hidden = !answer.has_remarks;
    fill(list, answer.exercises.map(entry));
    fill(troubles, answer.problems.map(({ message }) => el("li", {}, messageOf(message, desk.catalogue.names))));
  }

  function entry(id) {
    const shown = desk.catalogue.exerciseById.get(id)?.name ?? id;
    return el(
      "li",
      {},
      el("h3", {}, shown),
      el(
        "div",
        { class: "row" },
        button(word("own.edit"), () => open(id), { "aria-label": word("own.edit_this", { name: shown }) }),
        button(word("own.delete"), () => away(id, shown), { "aria-label": word("own.delete_this", { name: shown }) }),
      ),
    );
  }

  async function open(id) {
    const answer = await desk.ask("exercise_read", { id });
    if (answer?.values) edit(id, { ...blankExercise(), ...answer.values }, answer.files);
  }

  async function away(id, name) {
    const answer = await desk.ask("exercise_delete", { id });
    if (!answer) return;
    if (!answer.problems?.length) await keepFiles(desk, answer.files, { gone: answer.files?.length ? [] : ["exercises.yaml"] });
    tell(answer.problems?.length ? inWords(answer.problems[0].message, desk.catalogue.names).text : word("own.deleted", { name }));
    await readAll();
    fresh.focus();
    onSaved();
  }

  function edit(id, draft, files) {
    const photos = new Map(files.map((file) => [file.name, photoOf(file)]));
    const called = el("input", { type: "text", value: id, autocomplete: "off", pattern: "[a-z][a-z0-9-]*" });
    const editor = editorOf(desk, photos, () => called.value || "exercise");
    const problems = el("ul", { class: "problems" });
    const form = el("form", { "aria-labelledby": "own-editor", on: { submit: (event) => event.preventDefault() } });
    const save = () => send(desk, { editor, form, problems, called, draft, tell, then: saved });
    const saved = async () => {
      fill(place);
      await readAll();
      fresh.focus();
      onSaved();
    };
    fill(
      form,
      el("h3", { id: "own-editor", tabindex: "-1" }, word(id ? "own.editing" : "own.new")),
      labelled({ key: "id", label: word("own.id"), hint: word("own.id.hint"), control: called }),
      exerciseEditor(editor, draft),
      problems,
      el("div", { class: "row" }, button(word("own.save"), save, { class: "primary" }), button(word("own.cancel"), () => (fill(place), fresh.focus()))),
    );
    fill(place, form);
    form.querySelector("h3").focus();
  }

  return { node, update: () => null, readAll };
}

function editorOf(desk, photos, id) {
  const pictures = desk.catalogue.exercises.flatMap(({ forms }) => forms.flatMap((form) => form.pictures.map(({ name }) => name)));
  // What is written in English serves American English too.
  const languages = desk.catalogue.languages.filter(({ id, library }) => library && !id.includes("-"));
  languages.sort((one, other) => (other.id === pageLanguage()) - (one.id === pageLanguage()));
  let count = 0;
  return {
    photos,
    languages,
    levels: desk.catalogue.levels,
    kinds: desk.catalogue.kinds,
    situations: desk.catalogue.situations,
    equipment: desk.catalogue.equipment,
    sources: desk.catalogue.sources,
    drawings: [...new Set(pictures.filter(Boolean))],
    pictures: desk.pictures,
    canPhotos: desk.catalogue.can.photos,
    reading: new ReadingLevel(desk),
    ask: (...question) => desk.ask(...question),
    newPhotoName() {
      const name = () => `${id()}-${String.fromCharCode(A + count)}.jpg`;
      while (photos.has(name())) count += 1;
      return name();
    },
  };
}

async function send(desk, { editor, form, problems, called, draft, tell, then }) {
  const values = tidy(draft);
  const photos = Object.values(values.variants ?? {}).flatMap((one) => (one.panels ?? []).map(({ photo }) => photo).filter(Boolean));
  const answer = await desk.ask("exercise_write", { id: called.value.trim(), values }, { files: await photoFiles(editor, photos) });
  if (!answer) return null;
  const found = answer.problems ?? [];
  const told = worded(found, desk.catalogue.names);
  markFields(form, told);
  listProblems(problems, form, told);
  tell(word(found.length ? "own.wrong" : "own.saved"));
  if (found.length) return problems.scrollIntoView({ block: "center" });
  await keepFiles(desk, answer.files);
  return then();
}

/** Leave out lists that are empty, except equipment, which every exercise names. */
function tidy(draft) {
  return Object.fromEntries(Object.entries(draft).filter(([key, value]) => key === "equipment" || !isEmpty(value)));
}
