// The page begins here: it opens the engine, reads what can be chosen, and builds its tabs in the chosen language.

import { clinicTab } from "./clinic.js";
import { Desk } from "./desk.js";
import { el, fill, say } from "./elements.js";
import { openEngine } from "./engine.js";
import { frame } from "./frame.js";
import { step } from "./open-save.js";
import { ownExercisesTab } from "./own-exercises.js";
import { patientTab } from "./patient.js";
import { Prescription } from "./prescription.js";
import { remember, remembered } from "./remembered.js";
import { rosterTab } from "./roster.js";
import { scansTab } from "./scans.js";
import { templatesTab } from "./templates.js";
import { browserLanguage, pageLanguage, setPageLanguage, word } from "./words.js";

const root = document.getElementById("page");
const kept = remembered();
setPageLanguage(kept.page_language ?? browserLanguage());

const desk = new Desk(openEngine(), new Prescription(preset()));
desk.roster.mapping = kept.columns ?? {};
let page = null;
desk.prescription.listen(() => page?.tabs.patient.changed());
start();

/** What a new prescription says: the language of the page, and the paper and edition of the last time. */
function preset() {
  const { paper, layout } = kept;
  return { language: pageLanguage(), ...(paper && { paper }), ...(layout && { layout }) };
}

async function start() {
  desk.onTrouble = (trouble) => trouble && fill(root, el("p", { role: "alert", class: "trouble" }, word("trouble.start"), ` ${trouble.message}`));
  if (!(await desk.readCatalogue())) return;
  desk.onTrouble = (trouble) => page?.frame.showTrouble(trouble);
  build("patient");
  await page.tabs.templates.readAll();
  await warmUp();
}

/** Let the engine make a page that nobody sees, while somebody still chooses: the first one that is asked for is quick then. */
async function warmUp() {
  const [program] = desk.catalogue.programs;
  if (!program || desk.values.program) return;
  const values = { program: program.id, language: desk.values.language };
  await desk.ask("preview", { values, pages: [1], width: 400, generation: 0, language: pageLanguage() });
}

/** Build everything in the language that is set; the values at hand stay. */
function build(tab) {
  const shown = frame(desk, { onLanguage: changeLanguage, onTab: opened, onStop: stop });
  const { tell } = shown;
  const again = async () => {
    if (!(await desk.readCatalogue())) return;
    build(page.frame.tab());
  };
  const reopened = async (text) => {
    await again();
    await page.tabs.templates.readAll();
    page.frame.tell(text);
  };
  const tabs = {
    patient: patientTab(desk, { tell, saveTemplate: () => (shown.open("templates"), tabs.templates.focusName()) }),
    roster: rosterTab(desk, { tell }),
      ...(desk.catalogue.can.scans && { scans: scansTab(desk, { tell }) }),
    exercises: ownExercisesTab(desk, { tell, onSaved: again, onOpened: reopened }),
    templates: templatesTab(desk, { tell, toPatient: () => shown.open("patient"), onChanged: () => tabs.patient.update(), onOpened: reopened }),
    clinic: clinicTab(desk, { tell, onSaved: () => tabs.patient.changed(true), onOpened: reopened }),
  };
  page = { frame: shown, tabs };
  shown.show(tabs, tab);
  fill(root, shown.node);
  document.title = word("title");
  tabs.patient.changed(true);
}

function opened(name) {
  const tab = page?.tabs[name];
  tab?.update();
  if (name === "templates") tab?.readAll();
  if (name === "clinic") tab?.read();
  if (name === "exercises") tab?.readAll();
}

async function changeLanguage(id) {
  setPageLanguage(id);
  remember({ page_language: id });
  const tab = page.frame.tab();
  if (!(await desk.readCatalogue())) return;
  if (desk.prescription.isUntouched) desk.prescription.restart({ ...desk.values, language: id });
  build(tab);
  opened(tab);
  document.getElementById("page-language").focus();
}

async function stop() {
  if (hasUnsaved() && !window.confirm(word("stop.sure"))) return;
  await desk.engine.stop();
  fill(root, el("main", { class: "ended" }, el("h1", {}, word("ended")), el("p", {}, word("ended.how"))));
  desk.prescription.isSaved = desk.scans.isSaved = true;
}

function hasUnsaved() {
  return (!desk.prescription.isSaved && Boolean(desk.values.program)) || !desk.scans.isSaved;
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || page?.frame.tab() !== "patient") return;
  const key = event.key.toLowerCase();
  const way = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
  if (!way) return;
  event.preventDefault();
  step(desk.prescription, way, page.frame.tell);
});

window.addEventListener("beforeunload", (event) => {
  if (hasUnsaved()) event.preventDefault();
});

window.addEventListener("error", (event) => page && say(page.frame.said, `${word("trouble.bug")} ${event.message}`));
