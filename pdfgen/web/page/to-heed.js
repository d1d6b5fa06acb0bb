// Part 2: what is to be heeded. A situation never chooses or removes an exercise; its cautions come beside the exercises.

import { el } from "./elements.js";
import { disclosure, group, section, tickList } from "./fields.js";
import { counted, word } from "./words.js";

/** The situations of the condition, as boxes to tick behind a line that says which are chosen. */
export function toHeed(desk) {
  const options = () => {
    const fitting = desk.catalogue.situationsOf(desk.catalogue.conditionOf(desk.values));
    const extra = (desk.values.situations ?? []).filter((id) => !fitting.some((one) => one.id === id));
    return [...fitting, ...extra.map((id) => desk.catalogue.situationById.get(id) ?? { id, name: id })];
  };
  const list = tickList(desk, { path: "situations", options });
  const boxes = group({ key: "situations", label: word("heed.which"), hint: word("heed.hint") }, list.node);
  const chosen = el("span", { class: "chosen" });
  const folded = disclosure("", boxes);
  folded.summary.append(chosen);
  const node = section(2, word("heed"), folded.node);
  const update = () => {
    list.update();
    const ids = desk.values.situations ?? [];
    const names = ids.map((id) => desk.catalogue.situationById.get(id)?.name ?? id).join(", ");
    chosen.textContent = ids.length ? counted("heed.chosen", ids.length, { names }) : word("heed.none");
  };
  update();
  return { node, update };
}
