// A place onto which files are dropped, round the field that chooses them.

import { el } from "./elements.js";

/**
 * Return the place.
 * @param {Element} field it holds
 * @param {function(File[]): void} onFiles told what was dropped
 */
export function dropPlace(field, onFiles) {
  const node = el("div", { class: "drop" }, field);
  node.addEventListener("dragover", (event) => {
    event.preventDefault();
    node.classList.add("over");
  });
  node.addEventListener("dragleave", () => node.classList.remove("over"));
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    node.classList.remove("over");
    onFiles([...event.dataTransfer.files]);
  });
  return node;
}
