// Opening and saving the patient's file: the very file of the command line.

import { button, el } from "./elements.js";
import { bytesOf, saveFile } from "./files.js";
import { word } from "./words.js";

const NAME = "patient.yaml";

/** The buttons of the patient's file, undo and redo. `given.ask(text)` asks the user whether to go on. */
export function openSave(desk, { tell, showProblems }) {
  const chooser = el("input", { type: "file", accept: ".yaml,.yml,.json", hidden: true, data: { file: "patient" } });
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    if (file) await openFile(desk, file, { tell, showProblems });
    chooser.value = "";
  });
  const fresh = button(word("file.new"), () => startAnew(desk, tell));
  const open = button(word("file.open"), () => chooser.click());
  const save = button(word("file.save"), () => saveAs(desk, tell));
  const undo = button(word("file.undo"), () => step(desk.prescription, "undo", tell), { "aria-keyshortcuts": "Control+Z" });
  const redo = button(word("file.redo"), () => step(desk.prescription, "redo", tell), { "aria-keyshortcuts": "Control+Y" });
  const toPages = el("a", { href: "#preview-title", class: "to-pages" }, word("file.to_pages"));
  const update = () => {
    undo.setAttribute("aria-disabled", String(!desk.prescription.canUndo));
    redo.setAttribute("aria-disabled", String(!desk.prescription.canRedo));
  };
  update();
  const node = el("div", { class: "row file" }, fresh, open, save, undo, redo, toPages, chooser);
  return { node, update };
}

/** Undo or redo one step, by a button or by the keyboard. */
export function step(prescription, way, tell) {
  const can = way === "undo" ? prescription.canUndo : prescription.canRedo;
  if (can) prescription[way]();
  tell(word(can ? `file.${way}.done` : `file.${way}.none`));
}

function startAnew(desk, tell) {
  const { language, paper, layout } = desk.values;
  desk.prescription.replace(Object.fromEntries(Object.entries({ language, paper, layout }).filter(([, value]) => value)));
  tell(word("file.new.done"));
}

async function openFile(desk, file, { tell, showProblems }) {
  const answer = await desk.ask("read", {}, { files: { prescription: await bytesOf(file) } });
  if (!answer) return;
  const isRead = answer.values && Object.keys(answer.values).length > 0;
  if (isRead) desk.prescription.replace(answer.values);
  if (!isRead) showProblems(answer.problems ?? []);
  const said = word(isRead ? "file.opened" : "file.not_opened", { name: file.name });
  tell(answer.has_remarks ? `${said} ${word("file.remarks")}` : said);
}

/** Save the values as YAML; where the engine is gone, as JSON, which is YAML too and is opened the same way. */
async function saveAs(desk, tell) {
  const answer = await desk.ask("write", { values: desk.values });
  const made = answer?.files?.[0];
  const plain = { data: new TextEncoder().encode(`${JSON.stringify(desk.values, null, 2)}\n`) };
  saveFile({ name: NAME, type: "application/yaml", data: (made ?? plain).data });
  desk.prescription.isSaved = true;
  tell(word("file.saved", { name: NAME }));
}
