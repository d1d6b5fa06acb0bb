// Kept in this browser: language of the page, paper, edition, and what columns of lists are. Never anything about a
// patient; it can be turned off.

const KEY = "pdfgen";
const NAMES = ["page_language", "paper", "layout", "columns"];

/** Return what is kept: {page_language, paper, layout, columns: {heading: key}} as far as known, and `off` where nothing is to be kept. */
export function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/** Keep these, unless that is turned off. */
export function remember(choices) {
  const kept = remembered();
  if (kept.off) return;
  write({ ...kept, ...Object.fromEntries(Object.entries(choices).filter(([name]) => NAMES.includes(name))) });
}

/** Keep nothing from now on, or keep again. */
export function setRemembering(isOn) {
  write(isOn ? {} : { off: true });
}

function write(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing is no problem: everything works without.
  }
}
