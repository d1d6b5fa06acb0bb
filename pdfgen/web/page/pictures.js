// Drawings of exercises: asked for together, kept by name and figure, shown as images.

import { el } from "./elements.js";

/** Gives images of drawings; those that are asked for at the same time are one request. */
export class Pictures {
  #ask;
  #kept = new Map();
  #wanted = new Map();

  /** @param {function(string[], string): Promise} ask gives the answer of `pictures` for names and a figure */
  constructor(ask) {
    this.#ask = ask;
  }

  /** Return an image of a picture ({name, alt, mirrored}); it has no alternative text where its name stands beside it. */
  image(picture, figure, alt = "") {
    const image = el("img", { alt, class: picture?.mirrored ? "drawing mirrored" : "drawing", width: "160", height: "120" });
    const name = picture?.name || picture?.photo;
    if (name) this.#address(name, figure ?? "").then((address) => address && (image.src = address));
    return image;
  }

  #address(name, figure) {
    const key = `${figure}/${name}`;
    if (!this.#kept.has(key)) {
      this.#kept.set(key, new Promise((resolve) => this.#want(figure, name, resolve)));
    }
    return this.#kept.get(key);
  }

  #want(figure, name, resolve) {
    if (!this.#wanted.has(figure)) {
      this.#wanted.set(figure, new Map());
      setTimeout(() => this.#askFor(figure), 0);
    }
    this.#wanted.get(figure).set(name, resolve);
  }

  async #askFor(figure) {
    const wanted = this.#wanted.get(figure);
    this.#wanted.delete(figure);
    const answer = await this.#ask([...wanted.keys()], figure);
    const files = new Map((answer?.files ?? []).map((file) => [file.name.replace(/\.svg$/, ""), file]));
    for (const [name, resolve] of wanted) {
      const file = files.get(name);
      if (!file) this.#kept.delete(`${figure}/${name}`);
      resolve(file ? URL.createObjectURL(new Blob([file.data], { type: file.type })) : null);
    }
  }
}
