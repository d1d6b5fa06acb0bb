// What is saved of the sheets: the table, the page of charts, and the decisions; each is a file of the command line.

import { button, el, say } from "./elements.js";
import { saveFile } from "./files.js";
import { inWords } from "./messages.js";
import { counted, pageLanguage, word } from "./words.js";

const PAPERS = ["a4", "letter"];

/** What the file of decisions says that it is. */
const SCHEMA = "pdfgen-decisions/1";

/**
 * The buttons.
 * @param {object} desk
 * @param {{tell: function(string): void}} given
 */
export function scanSave(desk, { tell }) {
  const left = el("p", { class: "hint" });
  const kinds = [["adherence", "primary"], ["csv", ""], ["json", ""], ["fhir", ""], ["decisions", ""]];
  const buttons = Object.fromEntries(kinds.map(([kind, look]) => [kind, button(word(`scans.save.${kind}`), () => save(kind), { class: look })]));
  const node = el("div", { class: "saving" }, el("h3", {}, word("scans.save")), el("div", { class: "row" }, Object.values(buttons)), left);

  async function save(kind) {
    const pile = desk.scans;
    if (kind === "decisions") return saved(decisionsFile(pile));
    const { paper } = desk.values;
    const request = { ...pile.request, kind, language: pageLanguage(), paper: PAPERS.includes(paper) ? paper : PAPERS[0] };
    const answer = await desk.ask("scan_save", request, { files: { sheets: pile.sheetsFile } });
    if (!answer) return null;
    const file = answer.files?.[0];
    return file ? saved(file) : tell(answer.problems.map(({ message }) => inWords(message, desk.catalogue.names).text).join(" "));
  }

  function saved(file) {
    saveFile(file);
    // A table holds what was decided as well as the decisions do.
    desk.scans.isSaved = true;
    tell(word("deliver.saved", { name: file.name }));
  }

  return {
    node,
    save,
    update() {
      const count = desk.scans.left.length;
      say(left, count ? counted("scans.still_open", count) : "");
      buttons.decisions.hidden = !desk.scans.decisions.size;
    },
  };
}

/** Return the file of decisions; it is written here, so that nothing is lost when the engine has ended. */
function decisionsFile(pile) {
  const text = `${JSON.stringify({ schema: SCHEMA, decisions: pile.listed }, null, 1)}\n`;
  return { name: "decisions.json", type: "application/json", data: new TextEncoder().encode(text) };
}
