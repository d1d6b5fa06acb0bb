// A sheet as it was seen, with what was read marked on it.

import { el } from "./elements.js";
import { sumOf } from "./scan-words.js";
import { placeOf } from "./scan-pile.js";
import { word } from "./words.js";

const STATES = ["ticked", "empty", "corrected", "written", "unsure"];

/**
 * Return the picture of the sheet of a line; null where it has none, as a program that was filled in on a screen.
 * @param {object} entry the line at hand: its box is marked strongly
 * @param {object} pile
 */
export function sheetPicture(entry, pile) {
  const { sheet, row } = entry;
  const picture = pile.pictures.get(placeOf(sheet));
  if (!picture) return null;
  const { done } = sumOf(sheet, pile);
  const image = el("img", { src: picture.whole, width: String(picture.width), height: String(picture.height), alt: word("scans.picture", { sheet: sheet.name, done }) });
  const lines = new Map(pile.linesOf(sheet).map((one) => [one.row.answer, one]));
  const marks = picture.boxes.map(([name, state, ...place]) => {
    const isHere = name === row.answer || name.startsWith(`${row.answer}.`);
    const line = lines.get(name) ?? lines.get(name.replace(/\.[^.]+$/, ""));
    const node = el("span", { class: `mark is-${stateOf(name, state, line, pile)}${isHere ? " current" : ""}` });
    ["left", "top", "width", "height"].forEach((side, i) => (node.style[side] = `${100 * place[i]}%`));
    return node;
  });
  const legend = STATES.map((state) => el("span", { class: `is-${state}` }, word(`scans.legend.${state}`)));
  return el("figure", { class: "paper" }, el("div", { class: "seen" }, image, marks), el("figcaption", { class: "legend" }, legend));
}

/** What a box is, after what was decided about its line. */
function stateOf(name, state, line, pile) {
  const { isDecided, value } = line ? pile.reading(line) : {};
  if (!isDecided) return state;
  if (line.row.answer !== name) return name.endsWith(`.${value}`) ? "ticked" : "empty";
  if (line.row.kind === "walking" || line.row.kind === "pain-number") return value ? "written" : "empty";
  return value === "1" ? "ticked" : "empty";
}
