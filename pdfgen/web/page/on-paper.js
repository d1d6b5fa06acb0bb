// Part 7: the edition, a second copy, the paper, large print, grey, who is drawn; and sheets to tick.

import { el } from "./elements.js";
import { section, selectField, textField, tickField } from "./fields.js";
import { remember } from "./remembered.js";
import { put } from "./values.js";
import { word } from "./words.js";

const TWIN = "bilingual";

/** How it is printed. Paper and edition are kept for the next time. */
export function onPaper(desk) {
  const kept = (key) => (values, chosen) => {
    put(values, key, chosen);
    remember({ [key]: chosen });
  };
  const layout = selectField(desk, {
    path: "layout",
    label: word("paper.layout"),
    options: () => [
      { id: "", name: word("paper.layout.preset") },
      ...desk.catalogue.layouts.map(({ id, name, description }) => ({ id, name: description ? `${name}: ${description}` : name })),
    ],
    write: kept("layout"),
  });
  const second = selectField(desk, {
    path: "twin_language",
    label: word("paper.second"),
    options: () => [{ id: "", name: word("paper.second.none") }, ...desk.catalogue.languages.filter(({ id }) => id !== desk.values.language)],
    write: chooseSecond,
  });
  const paper = selectField(desk, { path: "paper", label: word("paper.paper"), options: () => papersOf(desk), write: kept("paper") });
  const figure = selectField(desk, {
    path: "figure",
    label: word("paper.figure"),
    options: () => [{ id: "", name: word("paper.figure.preset") }, ...desk.catalogue.figures.map((id) => ({ id, name: word(`figure.${id}`) }))],
  });
  const large = tickField(desk, { path: "large", label: word("paper.large"), hint: word("paper.large.hint") });
  const grey = tickField(desk, { path: "ink", label: word("paper.grey"), hint: word("paper.grey.hint"), value: "grey" });
  const sheets = textField(desk, { path: "tracker_weeks", label: word("paper.tracker"), hint: word("paper.tracker.hint") });
  const readBack = tickField(desk, { path: "read_back", label: word("paper.read_back"), hint: word("paper.read_back.hint") });
  const parts = [layout, second, paper, figure, large, grey, sheets, readBack];
  const more = el("details", {}, el("summary", {}, word("paper.more")), el("div", { class: "unfolded" }, sheets.node, readBack.node));
  const node = section(7, word("paper"), layout.node, el("div", { class: "pair" }, second.node, paper.node, figure.node), el("div", { class: "pair top" }, large.node, grey.node), more);
  return { node, update: () => parts.forEach((part) => part.update()) };
}

/** A second copy takes the edition that makes two equal ones; without it, that edition goes again. */
function chooseSecond(values, chosen) {
  put(values, "twin_language", chosen);
  if (chosen) values.layout = TWIN;
  else if (values.layout === TWIN) delete values.layout;
}

/** The papers that the chosen edition has; all where none is chosen. */
function papersOf(desk) {
  const layout = desk.catalogue.layoutById.get(desk.values.layout);
  const papers = desk.catalogue.papers.filter((id) => !layout || layout.papers.includes(id));
  return [{ id: "", name: word("paper.paper.preset") }, ...papers.map((id) => ({ id, name: word(`paper.name.${id}`) }))];
}
