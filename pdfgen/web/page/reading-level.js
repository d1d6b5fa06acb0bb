// How hard a text is to read, as one types: asked for when it has been quiet for a moment.

import { el, newId, say } from "./elements.js";
import { word } from "./words.js";

const QUIET_MS = 400;

/** Asks for the reading level of texts, and says it beneath them. */
export class ReadingLevel {
  #desk;
  #changed = new Map();
  #timer = null;

  constructor(desk) {
    this.#desk = desk;
  }

  /**
   * Watch a control.
   * @param {HTMLInputElement|HTMLTextAreaElement} control
   * @param {string} language of its text
   * @param {boolean} isStep steps are to be easier than other texts
   * @returns the element that says how hard it is
   */
  watch(control, language, isStep) {
    const node = el("p", { class: "level", id: newId("level"), "aria-live": "off" });
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${node.id}`.trim());
    control.addEventListener("input", () => this.#want(control, { node, language, isStep }));
    if (control.value) this.#want(control, { node, language, isStep });
    return node;
  }

  #want(control, about) {
    this.#changed.set(control, about);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), QUIET_MS);
  }

  async #ask() {
    const all = [...this.#changed];
    this.#changed.clear();
    for (const language of new Set(all.map(([, about]) => about.language))) {
      const ours = all.filter(([control, about]) => about.language === language && control.isConnected);
      const texts = ours.map(([control, { isStep }]) => ({ text: control.value, step: isStep }));
      if (!texts.length) continue;
      const answer = await this.#desk.ask("readability", { language, texts });
      (answer?.results ?? []).forEach((result, i) => show(ours[i], result));
    }
  }
}

function show([control, { node }], result) {
  if (!control.value.trim() || !result) return say(node, "");
  node.classList.toggle("hard", !result.ok);
  if (result.longest_sentence > result.longest_allowed) {
    return say(node, word("level.long", { words: result.longest_sentence, limit: result.longest_allowed }));
  }
  const numbers = { score: Math.round(result.score), limit: Math.round(result.limit) };
  return say(node, word(result.ok ? "level.easy" : "level.hard", numbers));
}
