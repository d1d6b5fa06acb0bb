// In the one file: what is the clinic's own is opened from a folder or file by file, and written back into that folder
// where the browser lets us (Chromium, Edge); elsewhere it is downloaded. A server has its folder, and none of this.

import { button, el } from "./elements.js";
import { labelled } from "./fields.js";
import { bytesOf, saveFile } from "./files.js";
import { messageOf } from "./problems.js";
import { counted, word } from "./words.js";

const PICTURES = /\.(jpe?g|png|webp|svg)$/i;
const YAML = /\.ya?ml$/i;
const TEMPLATES = "templates";
const MOST_FILES = 300;
const MOST_DEEP = 3;

/**
 * The part of a tab where files are opened; null on a server.
 * @param {object} desk
 * @param {function(string): void} onOpened is told what was opened, in words
 */
export function ownFolder(desk, onOpened) {
  if (desk.catalogue.store.kind !== "memory") return null;
  const wrong = (desk.opened?.problems ?? []).map(({ file, field, message }) => el("li", {}, `${[file, field].filter(Boolean).join(", ")}: `, messageOf(message, desk.catalogue.names)));
  const problems = el("ul", { class: "problems" }, wrong);
  const files = el("input", { type: "file", multiple: true, accept: ".yaml,.yml,image/*" });
  files.addEventListener("change", () => take([...files.files].map((file) => [file.name, file])));
  const folder = el("input", { type: "file", webkitdirectory: true, hidden: true, "aria-hidden": "true", tabindex: "-1" });
  folder.addEventListener("change", () => take([...folder.files].map((file) => [file.webkitRelativePath.split("/").slice(1).join("/"), file])));
  const open = button(word("folder.open"), () => (globalThis.showDirectoryPicker ? pick() : folder.click()));
  const about = el("p", { class: "hint" }, word(globalThis.showDirectoryPicker ? "folder.about" : "folder.about.read"));
  const drop = el("div", { class: "drop" }, el("div", { class: "row" }, open), folder, about, labelled({ key: "own_files", label: word("folder.files"), hint: word("folder.files.hint"), control: files }), problems);
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    take([...event.dataTransfer.files].map((file) => [file.name, file]));
  });

  async function pick() {
    const handle = await globalThis.showDirectoryPicker({ id: "pdfgen", mode: "readwrite" }).catch(() => null);
    if (!handle) return;
    await take(await listed(handle), handle);
  }

  async function take(found, handle = null) {
    const wanted = found.filter(([name]) => isOwn(name)).slice(0, MOST_FILES);
    const sent = Object.fromEntries(await Promise.all(wanted.map(async ([name, file]) => [name, await bytesOf(file)])));
    const answer = await desk.ask("folder_open", {}, { files: sent });
    files.value = "";
    folder.value = "";
    if (!answer) return;
    desk.opened = answer;
    // What was not taken must not be written over.
    if (handle) desk.folder = answer.problems.length ? null : handle;
    await onOpened(told(answer));
  }

  return el("details", { class: "own-folder", open: true }, el("summary", {}, word("folder")), el("div", { class: "unfolded" }, drop));
}

function told({ clinic, exercises, templates }) {
  const parts = [clinic && word("folder.clinic"), exercises && word("folder.exercises"), templates && counted("folder.templates", templates)].filter(Boolean);
  return parts.length ? word("folder.opened", { what: parts.join(", ") }) : word("folder.nothing");
}

/** Pictures anywhere, files of YAML at the top and among the templates: below, other people's files may lie. */
function isOwn(name) {
  const parts = name.split("/");
  if (PICTURES.test(name)) return true;
  return YAML.test(name) && (parts.length === 1 || (parts.length === 2 && parts[0] === TEMPLATES));
}

async function listed(handle, above = "", deep = 1) {
  const found = [];
  for await (const [name, entry] of handle.entries()) {
    if (entry.kind === "file") found.push([above + name, await entry.getFile()]);
    else if (deep < MOST_DEEP && found.length < MOST_FILES) found.push(...(await listed(entry, `${above}${name}/`, deep + 1)));
  }
  return found;
}

/**
 * Keep what the engine has saved: in the folder that is open, else as downloads. A server has kept it already.
 * @param {object[]} files of the answer
 * @param {string[]} gone places in the folder of what was deleted
 */
export async function keepFiles(desk, files = [], { below = "", gone = [] } = {}) {
  if (desk.catalogue.store.kind !== "memory") return;
  try {
    if (!desk.folder) throw new Error("no folder is open");
    const folder = below ? await desk.folder.getDirectoryHandle(below, { create: true }) : desk.folder;
    for (const { name, data } of files) {
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write(data);
      await stream.close();
    }
    for (const name of gone) await folder.removeEntry(name).catch(() => null);
  } catch {
    files.forEach(saveFile);
  }
}
