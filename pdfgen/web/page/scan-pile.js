// The sheets at hand: what was read, what prescriptions add, what a person decided. All of it is in memory alone.

const OPEN = ["unsure", "written", "several"];

/** The pile. Parts of the page read it, and change it by its functions. */
export class ScanPile {
  constructor() {
    this.clear();
  }

  /** Forget everything. */
  clear() {
    for (const { addresses } of this.pictures?.values() ?? []) addresses.forEach((one) => URL.revokeObjectURL(one));
    /** Names of the files that were taken. */
    this.files = [];
    /** Sheets as the engine gave them, in the order of the pile. */
    this.readings = [];
    /** Pages that were not read: [{file, field, message}]. */
    this.refused = [];
    this.blank = 0;
    /** What prescriptions add, by document; and the files that they are looked for in. */
    this.known = {};
    this.patients = [];
    /** Pictures by the place of their sheet. */
    this.pictures = new Map();
    /** Lines of the table, all and by sheet; see `show`. */
    this.entries = [];
    this.lines = new Map();
    this.sheets = [];
    this.decisions = new Map();
    this.undone = [];
    this.isSaved = true;
  }

  /** Take the name for a file that comes in: its own, or with a number where another one has it. */
  nameFor(name) {
    const dot = name.lastIndexOf(".");
    const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
    let found = name;
    for (let count = 2; this.files.includes(found); count += 1) found = `${stem} (${count})${end}`;
    this.files.push(found);
    return found;
  }

  /** Give the names of files back of which nothing was read. */
  release(names) {
    const read = new Set([...this.readings, ...this.refused].map(({ file }) => file));
    this.files = this.files.filter((name) => !names.includes(name) || read.has(name));
  }

  /** Take a page as `scan_read` answers it. */
  addPage({ sheets, problems, blank, picture, files }) {
    this.readings.push(...sheets);
    this.refused.push(...problems);
    if (blank) this.blank += 1;
    if (picture) this.pictures.set(placeOf(sheets[0]), kept(picture, files));
  }

  /** Ids of the documents that no prescription was found for. */
  get strangers() {
    return [...new Set(this.readings.map(({ document }) => document))].filter((one) => !(one in this.known));
  }

  /** What the engine is asked with. */
  get request() {
    return { known: this.known, decisions: this.listed, not_read: this.refused };
  }

  /** Decisions as their file lists them. */
  get listed() {
    return this.entries.filter(({ key }) => this.decisions.has(key)).map(({ key, sheet, row }) => {
      return { sheet: sheet.name, file: sheet.file, page: sheet.page, answer: row.answer, value: this.decisions.get(key) };
    });
  }

  get sheetsFile() {
    return new TextEncoder().encode(JSON.stringify(this.readings));
  }

  /** Take the sheets as `scan_table` answers them, in order; a line is {key, sheet, row, isOpen}. */
  show(sheets) {
    this.sheets = sheets;
    this.lines = new Map(sheets.map((sheet) => [sheet, sheet.rows.map((row) => {
      return { key: keyOf(sheet, row.answer), sheet, row, isOpen: !sheet.copy_of && OPEN.includes(row.state) && !row.value };
    })]));
    this.entries = [...this.lines.values()].flat();
  }

  /** Return what is known of a line now: {value, state, reason, isDecided}. */
  reading({ key, row }) {
    if (!this.decisions.has(key)) return { value: row.value, state: row.state, reason: row.reason, isDecided: false };
    const value = this.decisions.get(key);
    return { value, state: value ? "ok" : "none", reason: "", isDecided: true };
  }

  /** Lines that a person has to look at, whether that was done or not. */
  get asked() {
    return this.entries.filter(({ isOpen }) => isOpen);
  }

  get left() {
    return this.asked.filter(({ key }) => !this.decisions.has(key));
  }

  /** Decide on a line; null takes a decision back. */
  decide(entry, value) {
    this.undone.push({ key: entry.key, before: this.decisions.get(entry.key) ?? null });
    this.#set(entry.key, value);
  }

  /** Take back what was done last; return its line, or null. */
  undo() {
    const last = this.undone.pop();
    if (!last) return null;
    this.#set(last.key, last.before);
    return this.entries.find(({ key }) => key === last.key) ?? null;
  }

  #set(key, value) {
    if (value === null) this.decisions.delete(key);
    else this.decisions.set(key, value);
    this.isSaved = false;
  }

  /** Take decisions that were saved before; return how many belong to no sheet here. */
  take(listed) {
    const keys = new Set(this.entries.map(({ key }) => key));
    const own = listed.filter((one) => keys.has(keyOf({ ...one, name: one.sheet }, one.answer)));
    for (const one of own) this.decisions.set(keyOf({ ...one, name: one.sheet }, one.answer), one.value);
    return listed.length - own.length;
  }

  /** Return the lines of a sheet. */
  linesOf(sheet) {
    return this.lines.get(sheet) ?? [];
  }
}

/** Return how a reading of a sheet is told from all others. */
export function placeOf({ name, file, page }) {
  return JSON.stringify([name, file, page]);
}

function keyOf(sheet, answer) {
  return `${placeOf(sheet)} ${answer}`;
}

/** Keep pictures as addresses that the browser shows. */
function kept(picture, files) {
  const byName = new Map(files.map(({ name, type, data }) => [name, URL.createObjectURL(new Blob([data], { type }))]));
  return { ...picture, whole: byName.get("sheet.jpg"), part: (answer) => byName.get(`${answer}.jpg`), addresses: [...byName.values()] };
}
