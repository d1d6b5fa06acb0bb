// The tab of one's own clinic: what stands on every program. Keys that it does not show stay as they are in the file.

import { button, el } from "./elements.js";
import { fillOptions, labelled } from "./fields.js";
import { bytesOf } from "./files.js";
import { worded } from "./messages.js";
import { keepFiles, ownFolder } from "./own-folder.js";
import { listProblems, markFields } from "./problems.js";
import { at, put } from "./values.js";
import { word } from "./words.js";

const TEXTS = ["name", "phone", "email", "website", "therapist", "logo_alt", "accent", "header", "footer"];
const COUNTRIES = ["NL", "BE", "DE", "GB", "US", "DK", "EU"];

const HINTS = { accent: "clinic.accent.hint", footer: "clinic.footer.hint", address: "clinic.address.hint", file: "clinic.file.hint" };

/**
 * Build the tab.
 * @param {object} desk
 * @param {{tell: function(string): void, onSaved: function(): void, onOpened: function(string): void}} given
 */
export function clinicTab(desk, { tell, onSaved, onOpened }) {
  const state = { values: {}, logo: null, isTyped: false };
  const texts = TEXTS.map((key) => textOf(key));
  const address = el("textarea", { rows: "4", autocomplete: "off" });
  const country = el("select", {});
  fillOptions(country, [{ id: "", name: word("clinic.country.none") }, ...COUNTRIES.map((id) => ({ id, name: word(`clinic.country.${id}`) }))]);
  const logo = el("input", { type: "file", accept: desk.catalogue.can.photos ? ".svg,.png,.jpg,.jpeg,.webp" : ".svg" });
  const shownLogo = el("img", { class: "logo", alt: word("clinic.logo.now"), hidden: true });
  const problems = el("ul", { class: "problems" });
  const remarks = el("p", { class: "hint", hidden: true }, word("file.remarks"));
  const file = el("input", { type: "file", accept: ".yaml,.yml" });
  const form = el(
    "div",
    { class: "form" },
    el("div", { class: "pair top" }, texts.slice(0, 1).map(({ node }) => node), field("address", address)),
    el("div", { class: "pair" }, texts.slice(1).map(({ node }) => node), field("country", country)),
    field("logo", logo, desk.catalogue.can.photos ? "clinic.logo.hint" : "clinic.logo.hint_svg"),
    shownLogo,
  );
  // What was not read yet cannot be changed: saving it would empty the file.
  const whole = el(
    "div",
    { class: "form", hidden: true },
    form,
    problems,
    remarks,
    el("div", { class: "row" }, button(word("clinic.save"), () => save(), { class: "primary" })),
    el("details", {}, el("summary", {}, word("clinic.from_file")), el("div", { class: "unfolded" }, field("file", file))),
  );
  const node = el(
    "section",
    { class: "tab", "aria-labelledby": "clinic-title" },
    el("h2", { id: "clinic-title" }, word("tab.clinic")),
    el("p", {}, word("clinic.about")),
    ownFolder(desk, onOpened),
    whole,
  );
  form.addEventListener("input", () => (state.isTyped = true));
  logo.addEventListener("change", async () => {
    const [chosen] = logo.files;
    state.logo = chosen ? await bytesOf(chosen) : null;
  });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (chosen) await sent({}, { clinic: await bytesOf(chosen), ...chosenLogo() });
    file.value = "";
  });

  async function read() {
    if (state.isTyped) return;
    const answer = await desk.ask("clinic_read");
    if (!answer || state.isTyped) return;
    whole.hidden = false;
    state.values = answer.values ?? {};
    remarks.hidden = !answer.has_remarks;
    for (const { key, control } of texts) control.value = at(state.values, key) ?? "";
    address.value = [state.values.address ?? []].flat().join("\n");
    country.value = state.values.country ?? "";
    showProblems(answer.problems);
    const [picture] = answer.files ?? [];
    shownLogo.hidden = !picture;
    if (picture) shownLogo.src = URL.createObjectURL(new Blob([picture.data], { type: picture.type }));
  }

  async function save() {
    const values = structuredClone(state.values);
    for (const { key, control } of texts) put(values, key, control.value.trim());
    put(values, "address", address.value.split("\n").map((line) => line.trim()).filter(Boolean));
    put(values, "country", country.value);
    await sent({ values }, chosenLogo());
  }

  function chosenLogo() {
    return state.logo ? { logo: state.logo } : {};
  }

  async function sent(request, files) {
    const answer = await desk.ask("clinic_write", request, { files });
    if (!answer) return;
    showProblems(answer.problems);
    if (answer.problems.length) return tell(word("clinic.wrong"));
    await keepFiles(desk, answer.files);
    Object.assign(state, { logo: null, isTyped: false });
    logo.value = "";
    tell(word("clinic.saved"));
    await read();
    return onSaved();
  }

  function showProblems(found) {
    const told = worded(found, desk.catalogue.names);
    markFields(form, told);
    listProblems(problems, form, told);
  }

  return { node, update: () => null, read };
}

function textOf(key) {
  const control = el("input", { type: "text", autocomplete: "off" });
  return { key, control, node: field(key, control) };
}

function field(key, control, hint = HINTS[key]) {
  return labelled({ key, label: word(`clinic.${key}`), hint: hint && word(hint), control });
}
