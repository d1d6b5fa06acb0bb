// Part 1: for whom the program is, and in which language.

import { el } from "./elements.js";
import { section, selectField, textField } from "./fields.js";
import { word } from "./words.js";

/** Label and language. */
export function forWhom(desk) {
  const label = textField(desk, {
    path: "patient.label",
    label: word("whom.label"),
    hint: word("whom.label.hint"),
    limit: desk.catalogue.limits.label,
  });
  const language = selectField(desk, { path: "language", label: word("whom.language"), options: () => desk.catalogue.languages });
  const node = section(1, word("whom"), el("div", { class: "pair" }, label.node, language.node));
  return { node, update: () => [label, language].forEach((part) => part.update()) };
}
