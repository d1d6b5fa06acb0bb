// Files in and out of the browser, without a server.

import { el } from "./elements.js";

const KEPT_MS = 60_000;

/** Let the browser save bytes as a file of this name. */
export function saveFile({ name, type, data }) {
  const address = URL.createObjectURL(new Blob([data], { type }));
  const link = el("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}

/** Open bytes in a window of the browser's own; return whether it let us. */
export function openInViewer({ type, data }) {
  const address = URL.createObjectURL(new Blob([data], { type }));
  setTimeout(() => URL.revokeObjectURL(address), 10 * KEPT_MS);
  return Boolean(window.open(address, "_blank"));
}

/** Print a PDF by the browser's own viewer, in a frame that is not seen. */
export function printFile({ type, data }) {
  document.querySelector("iframe.print")?.remove();
  const address = URL.createObjectURL(new Blob([data], { type }));
  const frame = el("iframe", { class: "print", src: address, title: "PDF", tabindex: "-1", "aria-hidden": "true" });
  return new Promise((resolve) => {
    frame.addEventListener("load", () => {
      try {
        frame.contentWindow.focus();
        frame.contentWindow.print();
        resolve(true);
      } catch {
        resolve(false);
      }
    });
    document.body.append(frame);
  });
}

/** Return the bytes of a file that was chosen or dropped. */
export async function bytesOf(file) {
  return new Uint8Array(await file.arrayBuffer());
}

/** Put a text on the clipboard; return whether that worked. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { value: text, class: "unseen", "aria-hidden": "true", tabindex: "-1" });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
