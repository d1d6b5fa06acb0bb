// Taking the program away: PDF, print, sheets for the printer, second copy, screen edition, calendar, lines for the record.

import { button, el, fill } from "./elements.js";
import { copyText, openInViewer, printFile, saveFile } from "./files.js";
import { word } from "./words.js";

const SCREEN = "screen";

/**
 * The buttons above and below the preview.
 * @param {object} desk
 * @param {{tell: function(string): void, showProblems: function(object[]): void, saveTemplate: function(): void}} given
 */
export function deliver(desk, given) {
  const { tell } = given;
  const pdf = async (what, request, then) => {
    tell(word("deliver.making"));
    const answer = await desk.ask("pdf", { values: desk.values, edition: null, kind: "program", ...request });
    if (!answer) return tell("");
    const file = answer.files?.[0];
    if (!file) {
      given.showProblems(answer.problems ?? []);
      return tell(word("deliver.wrong"));
    }
    return tell((await then(file)) ?? word("deliver.saved", { name: file.name }));
  };
  const first = button(word("deliver.pdf"), () => pdf("program", {}, saveFile), { class: "primary" });
  const print = button(word("deliver.print"), () => pdf("program", {}, async (file) => word((await printFile(file)) ? "deliver.printing" : "deliver.no_print")));
  const look = button(word("deliver.look"), () => pdf("program", {}, (file) => word(openInViewer(file) ? "deliver.opened" : "deliver.no_window")));
  const sheets = button(word("deliver.sheets"), () => pdf("sheets", { kind: "sheets" }, saveFile));
  const copy = button(word("deliver.copy"), () => pdf("copy", { kind: "copy" }, saveFile));
  const screen = button(word("deliver.screen"), () => pdf("screen", { edition: SCREEN }, saveFile));
  const days = button(word("deliver.calendar"), () => calendar(desk, given));
  const template = button(word("deliver.template"), () => given.saveTemplate());
  const record = recordPart(desk, tell);
  const needing = [first, print, look, screen, days, template, sheets, copy];
  const update = () => {
    const layout = desk.catalogue.layoutById.get(desk.values.layout);
    sheets.hidden = !layout?.sheets;
    copy.hidden = !layout?.twin;
    screen.hidden = desk.values.layout === SCREEN;
    for (const one of needing) one.setAttribute("aria-disabled", String(!desk.values.program));
    record.update();
  };
  for (const one of needing) one.addEventListener("click", (event) => stopWithoutProgram(desk, event, tell), { capture: true });
  const node = el("div", { class: "row actions" }, first, print, look);
  const more = el("div", { class: "more" }, el("h3", {}, word("deliver.more")), el("div", { class: "row" }, sheets, copy, screen, days, template), record.node);
  return { node, more, update };
}

function stopWithoutProgram(desk, event, tell) {
  if (desk.values.program) return;
  event.stopImmediatePropagation();
  tell(word("preview.choose"));
}

async function calendar(desk, { tell, showProblems }) {
  const answer = await desk.ask("calendar", { values: desk.values });
  if (!answer) return;
  const file = answer.files?.[0];
  if (file) saveFile(file);
  else showProblems(answer.problems ?? []);
  tell(file ? word("deliver.saved", { name: file.name }) : word("deliver.wrong"));
}

/** Eight plain lines of what was prescribed, for the record of the patient. */
function recordPart(desk, tell) {
  const lines = el("div", { class: "record" });
  const folded = el("details", { hidden: true }, el("summary", {}, word("deliver.record")), lines, button(word("deliver.record.copy"), copyLines));
  async function copyLines() {
    const done = await copyText((desk.answer.record ?? []).join("\n"));
    tell(word(done ? "deliver.record.copied" : "deliver.record.not_copied"));
  }
  const update = () => {
    const { record } = desk.answer;
    folded.hidden = !record?.length;
    fill(lines, (record ?? []).map((line) => el("p", {}, line)));
  };
  return { node: folded, update };
}
