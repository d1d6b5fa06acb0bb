// Texts of an exercise in each language, side by side, with how hard they are to read.

import { el } from "./elements.js";
import { labelled } from "./fields.js";
import { isEmpty } from "./values.js";
import { word } from "./words.js";

/**
 * A text in each language.
 * @param {object} editor {languages, reading}
 * @param {object} owner what holds the text
 * @param {string} key of the text
 * @param {{label: string, hint?: string, path: string, lines?: number, isStep?: boolean, isList?: boolean}} how
 *   of a list, each line is an entry
 */
export function localText(editor, owner, key, { label, hint, path, lines = 1, isStep = false, isList = false }) {
  const fields = editor.languages.map(({ id, name }) => {
    const control = lines > 1 || isList ? el("textarea", { rows: Math.max(lines, 2), lang: id }) : el("input", { type: "text", lang: id, autocomplete: "off" });
    control.value = isList ? (owner[key] ?? []).map((text) => text[id] ?? "").join("\n").trimEnd() : (owner[key]?.[id] ?? "");
    control.addEventListener("input", () => (isList ? writeList(owner, key, id, control.value) : write(owner, key, id, control.value)));
    const node = labelled({ key: `${path}.${id}`, label: word("own.in_language", { label, language: name }), hint, control });
    node.append(editor.reading.watch(control, id, isStep));
    return node;
  });
  return el("div", { class: "pair", data: { field: path, label } }, fields);
}

function write(owner, key, language, text) {
  const texts = { ...owner[key] };
  if (text.trim()) texts[language] = text.trim();
  else delete texts[language];
  if (isEmpty(texts)) delete owner[key];
  else owner[key] = texts;
}

/** The lines of one language become entries; those of other languages keep their places. */
function writeList(owner, key, language, text) {
  const lines = text.split("\n").map((line) => line.trim());
  const count = Math.max(lines.length, (owner[key] ?? []).length);
  const entries = Array.from({ length: count }, (_, i) => {
    const texts = { ...(owner[key] ?? [])[i] };
    if (lines[i]) texts[language] = lines[i];
    else delete texts[language];
    return texts;
  });
  const kept = entries.filter((texts) => !isEmpty(texts));
  if (kept.length) owner[key] = kept;
  else delete owner[key];
}
