// Files come in: scans, which are read page by page and can be stopped, and prescriptions that give names and dates.

import { dropPlace } from "./drop-place.js";
import { button, el, say } from "./elements.js";
import { labelled } from "./fields.js";
import { bytesOf } from "./files.js";
import { counted, word } from "./words.js";

/** Files of one request, as many as the engine takes. */
const AT_ONCE = 12;

const MEGABYTE = 1_000_000;
const SCANS = ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.heic,.heif";
const PATIENTS = ".yaml,.yml,.json,.ndjson,.csv,.tsv,.txt,.xlsx,.xlsm";

/**
 * The places where files are dropped, and how far reading is.
 * @param {object} desk
 * @param {{tell: function(string): void, onRead: function(): Promise<void>, onDecisions: function(File): void}} told
 */
export function scanFiles(desk, { tell, onRead, onDecisions }) {
  const progress = progressOf();
  const scans = chooser({ key: "scans", label: word("scans.files"), hint: word("scans.files.hint"), accept: SCANS });
  const patients = chooser({ key: "patients", label: word("scans.patients"), hint: word("scans.patients.hint"), accept: PATIENTS });
  const decisions = chooser({ key: "decisions", label: word("scans.decisions"), hint: word("scans.decisions.hint"), accept: ".json" });
  const more = el("details", {}, el("summary", {}, word("scans.more")), el("div", { class: "pair top" }, patients.field, decisions.field));
  const node = el("div", { class: "scan-files" }, dropPlace(scans.field, readAll), progress.node, more);
  scans.onFiles(readAll);
  patients.onFiles((files) => {
    desk.scans.patients.push(...files);
    return inTurn(() => findPatients(true));
  });
  decisions.onFiles(([file]) => onDecisions(file));
  let turn = Promise.resolve();

  /** What was asked for last begins when the others have ended. */
  function inTurn(work) {
    turn = turn.then(work);
    return turn;
  }

  function readAll(files) {
    if (!files.length) return turn;
    return inTurn(async () => {
      const pile = desk.scans;
      const most = desk.catalogue.limits.file_bytes;
      const named = files.map((file) => ({ file, name: pile.nameFor(file.name) }));
      const tooLarge = named.filter(({ file }) => file.size > most);
      pile.refused.push(...tooLarge.map(({ name }) => ({ file: name, message: `is larger than ${Math.floor(most / MEGABYTE)} MB; split it` })));
      const before = pile.readings.length;
      const wasStopped = await readGroups(desk, named.filter(({ file }) => file.size <= most), progress);
      await findPatients(false);
      await onRead();
      const count = pile.readings.length - before;
      tell(wasStopped ? counted("scans.stopped", count) : counted("scans.read_now", count));
    });
  }

  async function findPatients(isNew) {
    const pile = desk.scans;
    if (!pile.patients.length || !pile.strangers.length) return;
    const problems = await search(desk, progress);
    if (!isNew) return;
    await onRead(problems);
    tell(word("scans.patients.found", { found: Object.keys(pile.known).length, all: Object.keys(pile.known).length + pile.strangers.length }));
  }

  return { node, focus: () => scans.control.focus() };
}

/** Read files in groups that one request may hold; return whether somebody stopped it. */
async function readGroups(desk, named, progress) {
  const pile = desk.scans;
  let before = 0;
  let wasStopped = false;
  progress.start(named.length);
  for (const group of groupsOf(named, desk.catalogue.limits.file_bytes)) {
    const files = Object.fromEntries(await Promise.all(group.map(async ({ file }, i) => [String(i), await bytesOf(file)])));
    const onFrame = (frame) => {
      pile.addPage(frame);
      progress.at(before + frame.file + frame.page / frame.pages, word("scans.at", { file: group[frame.file].name, page: frame.page, pages: frame.pages }));
    };
    const answer = await desk.ask("scan_read", { names: group.map(({ name }) => name) }, { files, signal: progress.signal, onFrame });
    wasStopped = progress.signal.aborted;
    if (!answer) {
      pile.release(named.map(({ name }) => name));
      break;
    }
    before += group.length;
  }
  progress.end();
  return wasStopped;
}

/** Look for the prescriptions of documents that are not known yet; return what is wrong with their files. */
async function search(desk, progress) {
  const pile = desk.scans;
  const problems = [];
  progress.start(1);
  const named = pile.patients.map((file) => ({ file, name: file.name }));
  for (const group of groupsOf(named, desk.catalogue.limits.file_bytes)) {
    const files = Object.fromEntries(await Promise.all(group.map(async ({ file }, i) => [String(i), await bytesOf(file)])));
    const onFrame = ({ done, most }) => progress.at(done / most, word("scans.searching"));
    const request = { names: group.map(({ name }) => name), documents: pile.strangers };
    const answer = await desk.ask("scan_patients", request, { files, signal: progress.signal, onFrame });
    if (!answer) break;
    Object.assign(pile.known, answer.known);
    problems.push(...answer.problems);
    if (!pile.strangers.length) break;
  }
  progress.end();
  return problems;
}

/** Return files in groups: at most so many, and of so many bytes together. */
function groupsOf(named, most) {
  const groups = [];
  let room = 0;
  for (const one of named) {
    if (one.file.size > room || groups.at(-1).length >= AT_ONCE) {
      groups.push([]);
      room = most;
    }
    groups.at(-1).push(one);
    room -= one.file.size;
  }
  return groups;
}

function progressOf() {
  const bar = el("progress", { max: "1", value: 0, "aria-label": word("scans.progress") });
  const text = el("p", {});
  const stop = button(word("scans.stop"), () => stopper.abort());
  const node = el("div", { class: "row", hidden: true }, bar, stop, text);
  let stopper = null;
  return {
    node,
    get signal() {
      return stopper.signal;
    },
    start(most) {
      stopper = new AbortController();
      bar.max = Math.max(most, 1);
      bar.value = 0;
      say(text, word("scans.reading"));
      node.hidden = false;
    },
    at(value, what) {
      bar.value = value;
      say(text, what);
    },
    end() {
      if (node.contains(document.activeElement)) document.getElementById("scans-title").focus();
      node.hidden = true;
    },
  };
}

function chooser({ key, label, hint, accept }) {
  const control = el("input", { type: "file", accept, multiple: key !== "decisions", data: { file: key } });
  const field = labelled({ key, label, hint, control });
  return {
    control,
    field,
    onFiles(told) {
      control.addEventListener("change", () => {
        const files = [...control.files];
        control.value = "";
        if (files.length) told(files);
      });
    },
  };
}
