// Making the programs of a list: progress, a way to stop, and the ZIP at the end.

import { button, el, say } from "./elements.js";
import { saveFile } from "./files.js";
import { inWords } from "./messages.js";
import { messageOf } from "./problems.js";
import { counted, word } from "./words.js";

/**
 * The button that makes them, and what it shows meanwhile.
 * @param {object} desk
 * @param {{request: function(): object, files: function(): object, tell: function(string): void}} given
 */
export function makeRoster(desk, { request, files, tell }) {
  const bar = el("progress", { max: "1", value: 0, "aria-label": word("roster.progress") });
  const text = el("p", { role: "status" });
  const wrong = el("ul", { class: "problems" });
  const start = button("", () => make(), { class: "primary" });
  const stop = button(word("roster.stop"), () => stopper?.abort());
  const running = el("div", { class: "row", hidden: true }, bar, stop);
  const print = desk.catalogue.can.sheets && el("p", { class: "hint" }, word("roster.print"));
  const node = el("div", { class: "making" }, el("div", { class: "row" }, start), print, running, text, wrong);
  let stopper = null;

  async function make() {
    if (stopper || start.getAttribute("aria-disabled") === "true") return;
    stopper = new AbortController();
    running.hidden = false;
    wrong.replaceChildren();
    say(text, "");
    bar.value = 0;
    const { signal } = stopper;
    const answer = await desk.ask("roster_make", request(), { files: files(), signal, onFrame: progress });
    const wasStopped = signal.aborted;
    stopper = null;
    running.hidden = true;
    if (wasStopped) return say(text, word("roster.stopped"));
    if (!answer) return;
    const zip = answer.files?.find((file) => file.name.endsWith(".zip"));
    if (zip) saveFile(zip);
    say(text, told(answer, zip));
    tell(text.textContent);
  }

  function told(answer, zip) {
    if (zip) return counted("roster.made", answer.made, { failed: answer.failed.length, name: zip.name });
    return answer.problems.map(({ message }) => inWords(message, desk.catalogue.names).text).join(" ");
  }

  function progress({ done, total, row, ok, problems }) {
    bar.max = total || 1;
    bar.value = done;
    say(text, word("roster.at", { done, total }));
    if (ok === false) wrong.append(el("li", {}, `${word("roster.row")} ${row}: `, problems.map(({ message }) => [messageOf(message, desk.catalogue.names), " "])));
  }

  return {
    node,
    ready(count, total) {
      start.textContent = total === count ? counted("roster.make", count) : word("roster.make.some", { count, total });
      start.setAttribute("aria-disabled", String(count === 0));
    },
  };
}
