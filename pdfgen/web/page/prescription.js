// The prescription at hand, with what was before it and after it: undo and redo, a hundred steps.

const STEPS = 100;
const TOGETHER_MS = 1500;

/** Holds the values; every change goes through here, and whoever listens is told. */
export class Prescription {
  #before = [];
  #after = [];
  #told = [];
  #last = { key: null, time: 0 };

  /** @param {object} values */
  constructor(values) {
    this.values = Object.freeze(values);
    this.isSaved = true;
  }

  /** Call a function after each change. */
  listen(told) {
    this.#told.push(told);
  }

  /**
   * Change the values.
   * @param {string} key what is changed: letters typed into one field one after the other are one step back
   * @param {function(object): void} how gets values that it may change
   */
  change(key, how) {
    const draft = structuredClone(this.values);
    how(draft);
    if (JSON.stringify(draft) === JSON.stringify(this.values)) return;
    const now = Date.now();
    const isSameStep = key === this.#last.key && now - this.#last.time < TOGETHER_MS && this.#before.length;
    if (!isSameStep) this.#before = [...this.#before, this.values].slice(-STEPS);
    this.#last = { key, time: now };
    this.#after = [];
    this.#become(draft);
  }

  /** Take other values: a new prescription, or one that was opened. */
  replace(values) {
    this.change(`replace ${Date.now()}`, (draft) => {
      for (const key of Object.keys(draft)) delete draft[key];
      Object.assign(draft, structuredClone(values));
    });
    this.isSaved = true;
  }

  /** Take other values before anything was changed: no step back. */
  restart(values) {
    this.values = Object.freeze(values);
  }

  /** Whether nothing was changed yet. */
  get isUntouched() {
    return this.isSaved && !this.canUndo && !this.canRedo;
  }

  get canUndo() {
    return this.#before.length > 0;
  }

  get canRedo() {
    return this.#after.length > 0;
  }

  undo() {
    if (!this.canUndo) return;
    this.#after.push(this.values);
    this.#step(this.#before.pop());
  }

  redo() {
    if (!this.canRedo) return;
    this.#before.push(this.values);
    this.#step(this.#after.pop());
  }

  #step(values) {
    this.#last = { key: null, time: 0 };
    this.#become(values);
  }

  #become(values) {
    this.values = Object.freeze(values);
    this.isSaved = false;
    for (const told of this.#told) told(this.values);
  }
}
