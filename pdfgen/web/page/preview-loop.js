// Asking for previews: 150 ms after the last key, one at a time, and an older answer never over a newer one.

const QUIET_MS = 150;
const SMALL_WIDTH = 150;
const SMALL_AT_ONCE = 4;

/** Asks the engine for what the page shows. */
export class PreviewLoop {
  #desk;
  #shows;
  #generation = 0;
  #isAsking = false;
  #timer = null;
  #isStale = false;

  /**
   * @param {object} desk
   * @param {{page: function(): number, width: function(): number, language: function(): string,
   *   onAnswer: function(object, boolean): void, onSmall: function(object): void, smallWanted: function(): number[],
   *   onWaiting: function(boolean): void}} shows what is to be shown, and who is told
   */
  constructor(desk, shows) {
    this.#desk = desk;
    this.#shows = shows;
  }

  /** Values or the page at hand are others: ask when it has been quiet for a moment (or at once). */
  changed(isAtOnce = false) {
    this.#generation += 1;
    this.#shows.onWaiting(true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), isAtOnce ? 0 : QUIET_MS);
  }

  /** Nothing is to be shown any more; an answer that still comes is too old. */
  stop() {
    this.#generation += 1;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#isStale = false;
    this.#shows.onWaiting(false);
  }

  /** Small pages are wanted that are not there yet. */
  wantSmall() {
    if (!this.#isAsking && this.#timer === null) this.#askSmall(this.#generation);
  }

  async #ask() {
    this.#timer = null;
    if (this.#isAsking) {
      this.#isStale = true;
      return;
    }
    this.#isAsking = true;
    this.#isStale = false;
    const generation = this.#generation;
    const answer = await this.#desk.ask("preview", {
      values: this.#desk.values,
      pages: [this.#shows.page()],
      width: this.#shows.width(),
      generation,
      language: this.#shows.language(),
    });
    this.#isAsking = false;
    if (answer && answer.generation === this.#generation) {
      this.#shows.onWaiting(false);
      this.#shows.onAnswer(answer);
      if (this.#generation === generation && this.#timer === null) this.#askSmall(generation);
    } else if (!answer) this.#shows.onWaiting(false);
    if (this.#isStale) this.#ask();
  }

  async #askSmall(generation) {
    const wanted = this.#shows.smallWanted().slice(0, SMALL_AT_ONCE);
    if (!wanted.length || this.#isAsking) return;
    this.#isAsking = true;
    const answer = await this.#desk.ask("preview", {
      values: this.#desk.values,
      pages: wanted,
      width: SMALL_WIDTH,
      generation,
      language: this.#shows.language(),
    });
    this.#isAsking = false;
    if (this.#isStale) return this.#ask();
    if (!answer || generation !== this.#generation) return;
    if (this.#shows.onSmall(answer)) this.#askSmall(generation);
  }
}
