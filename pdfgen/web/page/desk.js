// What lies on the desk: the engine, what can be chosen, the prescription at hand and the newest answer about it.

import { Catalogue } from "./catalogue.js";
import { EngineError } from "./engine.js";
import { Pictures } from "./pictures.js";
import { ScanPile } from "./scan-pile.js";
import { exercisesOf } from "./values.js";
import { pageLanguage } from "./words.js";

/** Shared by all parts of the page. Parts read it, and change only `prescription`. */
export class Desk {
  /** Told when the engine has no answer: {kind, message}. */
  onTrouble = () => {};
  /** The newest answer of `preview`: problems, warnings, plan, record; {} before there is one. */
  answer = {};
  /** Templates of the clinic: [{name, values}]. */
  templates = [];
  /** The list of patients at hand, and how it is read; it stays when the language of the page is changed. */
  roster = { file: null, mapping: {}, dayFirst: null, corrections: {}, answer: null, base: "", generation: 0 };

  /** In the one file: the folder that is written to, and what was opened last. */
  folder = null;
  opened = null;
  /** Week sheets that came back; they stay, too. */
  scans = new ScanPile();

  constructor(engine, prescription) {
    this.engine = engine;
    this.prescription = prescription;
    this.pictures = new Pictures((names, figure) => this.ask("pictures", { names, figure: figure || null }));
  }

  get values() {
    return this.prescription.values;
  }

  get program() {
    return this.catalogue.programById.get(this.values.program) ?? null;
  }

  get exercises() {
    return exercisesOf(this.values, this.program);
  }

  /** Read again what can be chosen, in the language of the page. */
  async readCatalogue() {
    const answer = await this.ask("catalogue", { language: pageLanguage() });
    if (answer) this.catalogue = new Catalogue(answer);
    return Boolean(answer);
  }

  /**
   * Ask the engine; what goes wrong is told on the page.
   * @returns the answer, or null where there is none
   */
  async ask(name, request = {}, more = {}) {
    try {
      const answer = await this.engine.ask(name, request, more);
      this.onTrouble(null);
      return answer;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.kind !== "stopped") this.onTrouble({ kind: error.kind, message: error.message });
      return null;
    }
  }
}
