// What can be chosen, as the engine says it, with the look-ups that the page needs.

import { word } from "./words.js";

/** The answer of `catalogue`; see docs/engine.md for what is in it. */
export class Catalogue {
  constructor(answer) {
    Object.assign(this, answer);
    this.exerciseById = byId(this.exercises);
    this.programById = byId(this.programs);
    this.situationById = byId(this.situations);
    this.layoutById = byId(this.layouts);
    /** What ids are called, for messages that name them. */
    this.names = new Map([...this.programs, ...this.exercises, ...this.situations, ...this.kinds, ...this.weekdays].map(({ id, name }) => [id, name]));
    for (const level of this.levels) this.names.set(level, word(`level.${level}`));
  }

  /** The condition of a program; where there is only one, that one. */
  conditionOf(values) {
    const id = this.programById.get(values.program)?.condition;
    return this.conditions.find((condition) => condition.id === id) ?? null;
  }

  /** The situations of a condition; all where none is chosen. */
  situationsOf(condition) {
    if (!condition) return this.situations;
    return this.situations.filter(({ id }) => condition.situations.includes(id));
  }

  /**
   * The cautions of an exercise for these situations, as they stand in the library.
   * @returns [{key, situation, use, text, isWeighed}]
   */
  cautionsOf(id, values) {
    const exercise = this.exerciseById.get(id);
    const found = [];
    for (const { situations, use, text } of exercise?.cautions ?? []) {
      for (const situation of situations.filter((one) => values.situations?.includes(one))) {
        const key = `${id}/${situation}`;
        const name = this.situationById.get(situation)?.name ?? situation;
        found.push({ key, situation: name, use, text, isWeighed: Boolean(values.confirmed?.includes(key)) });
      }
    }
    return found;
  }

  /** The first picture of an exercise, in its usual form. */
  pictureOf(id) {
    const forms = this.exerciseById.get(id)?.forms ?? [];
    const usual = forms.find(({ level }) => level === "L2") ?? forms[0];
    return usual?.pictures.at(-1) ?? null;
  }
}

function byId(list) {
  return new Map(list.map((one) => [one.id, one]));
}
