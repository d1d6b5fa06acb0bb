// The tab of one patient: the form on the left, the preview on the right.

import { chooseProgram } from "./choose-program.js";
import { deliver } from "./deliver.js";
import { el } from "./elements.js";
import { exerciseList } from "./exercise-list.js";
import { forWhom } from "./for-whom.js";
import { onPaper } from "./on-paper.js";
import { openSave } from "./open-save.js";
import { worded } from "./messages.js";
import { ownWords } from "./own-words.js";
import { preview } from "./preview.js";
import { markFields } from "./problems.js";
import { toHeed } from "./to-heed.js";
import { when } from "./when.js";
import { word } from "./words.js";

/**
 * Build the tab.
 * @param {object} desk
 * @param {{tell: function(string): void, saveTemplate: function(): void}} given
 * @returns {{node, update: function(): void, changed: function(boolean): void}}
 */
export function patientTab(desk, { tell, saveTemplate }) {
  const form = el("form", { class: "form", autocomplete: "off", "aria-label": word("tab.patient"), on: { submit: (event) => event.preventDefault() } });
  const parts = [
    forWhom(desk),
    toHeed(desk),
    chooseProgram(desk, tell),
    exerciseList(desk, tell),
    when(desk),
    ownWords(desk),
    onPaper(desk),
  ];
  form.append(...parts.map((part) => part.node));
  const showProblems = (problems) => {
    desk.answer = { ...desk.answer, problems };
    refresh();
    shown.showProblems();
  };
  const file = openSave(desk, { tell, showProblems });
  const actions = deliver(desk, { tell, saveTemplate, showProblems });
  const shown = preview(desk, { form, actions, onAnswer: () => refresh() });

  function refresh() {
    for (const part of [...parts, file, actions]) part.update();
    markFields(form, worded(desk.answer.problems ?? [], desk.catalogue.names));
  }

  const changed = (isAtOnce = false) => {
    refresh();
    shown.changed(isAtOnce);
  };
  const node = el("div", { class: "patient" }, el("h2", { class: "unseen" }, word("tab.patient")), el("div", { class: "left" }, file.node, form), shown.node);
  return { node, update: refresh, changed };
}
