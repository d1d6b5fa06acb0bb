// The tab of ticked sheets: scans come in, what is unsure is decided, a table and a page of charts go out.

import { button, el, fill, say } from "./elements.js";
import { bytesOf } from "./files.js";
import { messageOf } from "./problems.js";
import { scanDecide } from "./scan-decide.js";
import { scanFiles } from "./scan-files.js";
import { scanSave } from "./scan-save.js";
import { scanTable } from "./scan-table.js";
import { counted, word } from "./words.js";

/**
 * Build the tab.
 * @param {object} desk
 * @param {{tell: function(string): void}} given
 */
export function scansTab(desk, { tell }) {
  const heading = el("h2", { id: "scans-title", tabindex: "-1" }, word("tab.scans"));
  const section = (...children) => el("section", { class: "tab scans", "aria-labelledby": "scans-title" }, heading, el("p", {}, word("scans.about")), children);
  if (!desk.catalogue.installed.scan) return { node: section(needed()), update: () => null };

  const about = el("p", { class: "status", role: "status" });
  const notRead = el("ul", { class: "problems" });
  const ofPatients = el("ul", { class: "problems" });
  const saving = scanSave(desk, { tell });
  const table = scanTable(desk, { onLook: (entry) => decide.show(entry) });
  const decide = scanDecide(desk, { onDecided: drawn, onSave: () => saving.save("decisions"), onLeave: (entry) => table.focus(entry) });
  const again = button(word("scans.clear"), () => clear(), { class: "quiet" });
  const read = el("div", { class: "read", hidden: true }, decide.node, saving.node, table.node, again);
  const files = scanFiles(desk, { tell, onRead: show, onDecisions: takeDecisions });
  const node = section(files.node, about, notRead, ofPatients, read);

  function drawn() {
    table.draw();
    saving.update();
  }

  /** Show what was read; `problems` are those of patients' files. */
  async function show(problems = []) {
    const pile = desk.scans;
    fill(notRead, pile.refused.map((one) => el("li", {}, refusal(one, desk))));
    fill(ofPatients, problems.map(({ file, message }) => el("li", {}, el("strong", {}, file), " ", messageOf(message, desk.catalogue.names))));
    const answer = await desk.ask("scan_table", { known: pile.known }, { files: { sheets: pile.sheetsFile } });
    if (!answer) return;
    pile.show(answer.sheets);
    read.hidden = !pile.sheets.length;
    say(about, told(pile));
    decide.begin();
    drawn();
  }

  async function takeDecisions(file) {
    const answer = await desk.ask("scan_decisions", { name: file.name }, { files: { decisions: await bytesOf(file) } });
    if (!answer) return;
    if (answer.problems.length) return tell(`${file.name}: ${answer.problems.map(({ message }) => messageOf(message, desk.catalogue.names).textContent).join(" ")}`);
    const strange = desk.scans.take(answer.decisions);
    decide.begin();
    drawn();
    tell(word("scans.decisions.taken", { count: answer.decisions.length - strange, strange }));
  }

  function clear() {
    if (!desk.scans.isSaved && !window.confirm(word("scans.clear.sure"))) return;
    desk.scans.clear();
    for (const one of [notRead, ofPatients]) fill(one);
    read.hidden = true;
    say(about, "");
    files.focus();
  }

  if (desk.scans.files.length) show();
  return { node, update: () => null };
}

/** How to get what reads scans, where it is not installed. */
function needed() {
  const ways = ['pip install ".[scan]"', 'uv tool install ".[scan]"', 'pipx install --force ".[scan]"'];
  return [el("p", { class: "stale" }, word("scans.missing")), el("ul", {}, ways.map((way) => el("li", {}, el("code", {}, way))))];
}

/** What came of all files, in a line. */
function told(pile) {
  const parts = [counted("scans.sheets_read", pile.sheets.length)];
  if (pile.left.length) parts.push(counted("scans.to_look_at", pile.left.length));
  if (pile.refused.length) parts.push(counted("scans.refused", pile.refused.length));
  if (pile.blank) parts.push(counted("scans.blank", pile.blank));
  return parts.join(" ");
}

/** Why a page was not read: its file and page, the sheet where that is known, and what to do. */
function refusal({ file, field, message }, desk) {
  const [, page] = /^page (\d+)$/.exec(field ?? "") ?? [];
  const [, sheet, rest] = /^sheet (\S+): (.+)$/s.exec(message) ?? [];
  const place = page ? word("scans.found", { file, page }) : file;
  return [el("strong", {}, place), ": ", sheet && `${word("scans.sheet_named", { sheet })}: `, messageOf(rest ?? message, desk.catalogue.names)];
}
