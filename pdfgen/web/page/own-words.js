// Part 6: what is printed in one's own words.

import { el } from "./elements.js";
import { section, textField } from "./fields.js";
import { word } from "./words.js";

/** The patient's goal, the fixed moment; a sentence of the therapist, and who that is. */
export function ownWords(desk) {
  const goal = textField(desk, { path: "goal", label: word("words.goal"), hint: word("words.goal.hint") });
  const moment = textField(desk, { path: "if_then", label: word("words.moment"), hint: word("words.moment.hint") });
  const message = textField(desk, { path: "message", label: word("words.message"), hint: word("words.message.hint"), lines: 2 });
  const therapist = textField(desk, { path: "therapist", label: word("words.therapist"), hint: word("words.therapist.hint") });
  const parts = [goal, moment, message, therapist];
  const more = el("details", {}, el("summary", {}, word("words.more")), el("div", { class: "unfolded" }, message.node, therapist.node));
  return { node: section(6, word("words"), goal.node, moment.node, more), update: () => parts.forEach((part) => part.update()) };
}
