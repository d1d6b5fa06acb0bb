// The tab of templates: programs with doses under a name, without a patient in them.

import { useTemplate } from "./choose-program.js";
import { button, el, fill } from "./elements.js";
import { labelled } from "./fields.js";
import { keepFiles, ownFolder } from "./own-folder.js";
import { messageOf } from "./problems.js";
import { word } from "./words.js";

/**
 * Build the tab.
 * @param {object} desk
 * @param {{tell: function(string): void, toPatient: function(): void, onChanged: function(): void, onOpened: function(string): void}} given
 */
export function templatesTab(desk, { tell, toPatient, onChanged, onOpened }) {
  const name = el("input", { type: "text", maxlength: "80", autocomplete: "off" });
  const list = el("ul", { class: "entries" });
  const left = el("p", { class: "hint" });
  const problems = el("ul", { class: "problems" });
  const none = el("p", { class: "hint" }, word("template.none"));
  const save = button(word("template.save"), () => saveOne(), { class: "primary" });
  const replace = button(word("template.replace"), () => saveOne(true), { hidden: true });

  async function saveOne(isReplacing = false) {
    if (!desk.values.program) return tell(word("preview.choose"));
    if (!name.value.trim()) {
      name.focus();
      return tell(word("template.no_name"));
    }
    const answer = await desk.ask("template_save", { name: name.value.trim(), values: desk.values, replace: isReplacing });
    if (!answer) return null;
    fill(problems, answer.problems.map(({ message }) => el("li", {}, messageOf(message, desk.catalogue.names))));
    const isThere = desk.templates.some((one) => one.name === name.value.trim());
    replace.hidden = !(answer.problems.length && isThere);
    if (answer.problems.length) return null;
    left.textContent = answer.left_out?.length ? word("template.left_out", { keys: answer.left_out.join(", ") }) : "";
    await keepFiles(desk, answer.files, { below: "templates" });
    tell(word("template.saved", { name: name.value.trim() }));
    name.value = "";
    return readAll();
  }

  async function readAll() {
    const answer = await desk.ask("templates");
    if (!answer) return;
    desk.templates = answer.templates;
    draw();
    onChanged();
  }

  function draw() {
    none.hidden = (desk.templates ?? []).length > 0;
    fill(list, (desk.templates ?? []).map(entry));
  }

  function entry(template) {
    const program = desk.catalogue.programById.get(template.values.program)?.name ?? "";
    const use = () => {
      useTemplate(desk, template.values);
      tell(word("template.used", { name: template.name }));
      toPatient();
    };
    const remove = async () => {
      if (!(await desk.ask("template_delete", { name: template.name }))) return;
      await keepFiles(desk, [], { below: "templates", gone: [`${template.name}.yaml`] });
      tell(word("template.removed", { name: template.name }));
      await readAll();
      name.focus();
    };
    return el(
      "li",
      {},
      el("h3", {}, template.name),
      el("p", { class: "hint" }, program),
      el(
        "div",
        { class: "row" },
        button(word("template.use"), use, { "aria-label": word("template.use_this", { name: template.name }) }),
        button(word("template.remove"), remove, { "aria-label": word("template.remove_this", { name: template.name }) }),
      ),
    );
  }

  const node = el(
    "section",
    { class: "tab", "aria-labelledby": "templates-title" },
    el("h2", { id: "templates-title" }, word("tab.templates")),
    el("p", {}, word("template.about")),
    ownFolder(desk, onOpened),
    labelled({ key: "template_name", label: word("template.name"), control: name }),
    el("div", { class: "row" }, save, replace),
    left,
    problems,
    none,
    list,
  );
  draw();
  return { node, update: draw, readAll, focusName: () => name.focus() };
}
