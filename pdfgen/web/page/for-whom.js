// Part 1: for whom the program is, in which language, and whether there is a second copy.

import { el } from "./elements.js";
import { section, selectField, textField } from "./fields.js";
import { put } from "./values.js";
import { word } from "./words.js";

const TWIN = "bilingual";

/** Label, language, second copy. */
export function forWhom(desk) {
  const label = textField(desk, {
    path: "patient.label",
    label: word("whom.label"),
    hint: word("whom.label.hint"),
    limit: desk.catalogue.limits.label,
  });
  const language = selectField(desk, { path: "language", label: word("whom.language"), options: () => desk.catalogue.languages });
  const second = selectField(desk, {
    path: "twin_language",
    label: word("whom.second"),
    options: () => [{ id: "", name: word("whom.second.none") }, ...others(desk)],
    write: chooseSecond,
  });
  const node = section(1, word("whom"), label.node, el("div", { class: "pair" }, language.node, second.node));
  const update = () => [label, language, second].forEach((part) => part.update());
  return { node, update };
}

function others(desk) {
  return desk.catalogue.languages.filter(({ id }) => id !== desk.values.language);
}

/** A second copy takes the edition that makes two equal ones; without it, that edition goes again. */
function chooseSecond(values, chosen) {
  put(values, "twin_language", chosen);
  if (chosen) values.layout = TWIN;
  else if (values.layout === TWIN) delete values.layout;
}
