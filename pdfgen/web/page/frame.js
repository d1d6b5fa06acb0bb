// What stands round the tabs: name, what this is, language, tabs, what was said last, and trouble with the engine.

import { button, el, fill, say } from "./elements.js";
import { fillOptions } from "./fields.js";
import { remembered, setRemembering } from "./remembered.js";
import { PAGE_LANGUAGES, pageLanguage, word } from "./words.js";

const TABS = ["patient", "roster", "scans", "exercises", "templates", "clinic"];

/** What was said last stays so long on the screen. */
const SAID_MS = 7_000;

/**
 * Build the frame.
 * @param {object} desk
 * @param {{onLanguage: function(string), onTab: function(string), onStop: function()}} told
 */
export function frame(desk, { onLanguage, onTab, onStop }) {
  const said = el("p", { role: "status", class: "said", "aria-live": "polite" });
  const trouble = el("div", { role: "alert", class: "trouble", hidden: true });
  const names = TABS.filter((name) => name !== "scans" || desk.catalogue.can.scans);
  const places = {};
  const buttons = {};
  let current = names[0];
  for (const name of names) {
    places[name] = el("div", { hidden: true });
    buttons[name] = button(word(`tab.${name}`), () => open(name), { class: "tab-button" });
  }

  function open(name) {
    current = name;
    say(said, "");
    for (const one of names) {
      places[one].hidden = one !== name;
      if (one === name) buttons[one].setAttribute("aria-current", "page");
      else buttons[one].removeAttribute("aria-current");
    }
    onTab(name);
  }

  let timer = null;
  const starting = el("p", { role: "status", class: "starting", hidden: true }, word("starting"));
  desk.engine.onStatus(({ status }) => (starting.hidden = status !== "loading"));
  const tell = (text) => {
    say(said, text);
    clearTimeout(timer);
    timer = setTimeout(() => say(said, ""), SAID_MS);
  };
  const node = el(
    "div",
    { class: "frame" },
    el("a", { href: "#content", class: "skip" }, word("skip")),
    header(desk, { onLanguage, onStop }),
    el("nav", { "aria-label": word("tabs"), class: "tabs" }, names.map((name) => buttons[name])),
    trouble,
    starting,
    el("main", { id: "content", tabindex: "-1" }, said, names.map((name) => places[name])),
    footer(desk),
  );
  return {
    node,
    said,
    tell,
    open,
    tab: () => current,
    show(tabs, name) {
      for (const one of names) places[one].append(tabs[one].node);
      open(name);
    },
    showTrouble(what) {
      trouble.hidden = !what;
      if (what) fill(trouble, troubleText(what));
    },
  };
}

function troubleText({ kind, message }) {
  if (kind === "gone") return [el("strong", {}, word("trouble.gone")), " ", word("trouble.gone.how")];
  return [el("strong", {}, word("trouble.refused")), " ", el("span", { lang: "en" }, message)];
}

function header(desk, { onLanguage, onStop }) {
  const language = el("select", { id: "page-language" });
  fillOptions(language, PAGE_LANGUAGES);
  language.value = pageLanguage();
  language.addEventListener("change", () => onLanguage(language.value));
  return el(
    "header",
    {},
    el("h1", {}, "pdfgen"),
    el("p", { class: "what" }, word("what")),
    el(
      "div",
      { class: "row" },
      el("label", { for: "page-language" }, word("page.language")),
      language,
      desk.engine.kind === "server" && button(word("stop"), onStop, { class: "quiet" }),
    ),
  );
}

/** What the page is and is not, and what it keeps. */
function footer(desk) {
  const keeps = el("input", { type: "checkbox", id: "keeps", checked: !remembered().off, on: { change: (event) => setRemembering(event.target.checked) } });
  const { store, notice, version } = desk.catalogue;
  return el(
    "footer",
    {},
    notice && el("p", { class: "notice" }, el("strong", {}, word("notice")), ` ${notice}`),
    el("p", {}, word("purpose")),
    el("p", {}, word("kept"), " ", store.kind === "folder" ? word("kept.folder", { folder: store.folder }) : word("kept.memory")),
    el("div", { class: "tick" }, keeps, el("label", { for: "keeps" }, word("kept.choices"))),
    el("p", { class: "hint" }, `pdfgen ${version}`),
  );
}
