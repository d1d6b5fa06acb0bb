// The values of a prescription as plain data: reading and changing them. Nothing here knows the page.

/** Return what stands at a path such as `patient.label`; undefined where nothing does. */
export function at(values, path) {
  return path.split(".").reduce((value, key) => value?.[key], values);
}

/** Return a text that the file gives in several languages, or for some weeks, in words; any other as it is. */
export function inWords(value) {
  if (value === null || typeof value !== "object") return value;
  const parts = Array.isArray(value) ? value.map((note) => inWords(note?.text ?? "")) : Object.values(value);
  return parts.join(" / ");
}

/** Whether a value says nothing, so that its key is left out. */
export function isEmpty(value) {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Put a value at a path of values that may be changed; an empty one takes its key away, and what is empty then. */
export function put(values, path, value) {
  const [key, ...rest] = path.split(".");
  if (rest.length) {
    if (typeof values[key] !== "object" || values[key] === null) {
      if (isEmpty(value)) return;
      values[key] = {};
    }
    put(values[key], rest.join("."), value);
    if (isEmpty(values[key])) delete values[key];
  } else if (isEmpty(value)) delete values[key];
  else values[key] = value;
}

/** Return a number where whole digits were typed, else the text as it was typed (a range such as 8-10, or a mistake). */
export function numberOrText(text) {
  const typed = text.trim();
  return /^\d{1,6}$/.test(typed) ? Number(typed) : typed;
}

/** Return the list with an entry that is there or not. */
export function withEntry(list, entry, isThere) {
  const others = (list ?? []).filter((other) => other !== entry);
  return isThere ? [...others, entry] : others;
}

/** Return the list with the entry at one place moved to another. */
export function moved(list, from, to) {
  const others = list.filter((_, index) => index !== from);
  return [...others.slice(0, to), list[from], ...others.slice(to)];
}

/** Return the ids of the exercises: those of the prescription, else the program's. */
export function exercisesOf(values, program) {
  return Array.isArray(values.exercises) ? values.exercises : (program?.exercises ?? []);
}

/** Set the exercises; where they are just the program's, the prescription names none. */
export function setExercises(values, program, ids) {
  const asProgram = program && ids.length === program.exercises.length && ids.every((id, i) => id === program.exercises[i]);
  if (asProgram) delete values.exercises;
  else values.exercises = ids;
}

/** Take away what was said about one exercise: doses, note, cautions that were weighed. */
export function forgetExercise(values, id) {
  for (const key of ["doses", "notes"]) {
    if (values[key]) {
      delete values[key][id];
      if (isEmpty(values[key])) delete values[key];
    }
  }
  put(values, "confirmed", (values.confirmed ?? []).filter((weighed) => !weighed.startsWith(`${id}/`)));
}

/** Take another program with its own exercises; what was said about exercises that it lacks is taken away. */
export function chooseProgram(values, program, before) {
  const gone = exercisesOf(values, before).filter((id) => !program.exercises.includes(id));
  delete values.exercises;
  values.program = program.id;
  for (const id of gone) forgetExercise(values, id);
}

/** Return the doses of an exercise as a list, one entry for each row of weeks. */
export function doseRows(values, id) {
  const doses = values.doses?.[id];
  if (Array.isArray(doses)) return doses;
  return doses ? [doses] : [];
}

/** Set the doses of an exercise: none, one as an object, several as a list. */
export function setDoseRows(values, id, rows) {
  const said = rows.length === 1 ? rows[0] : rows;
  if (isEmpty(said)) {
    if (values.doses) delete values.doses[id];
    if (isEmpty(values.doses)) delete values.doses;
  } else values.doses = { ...values.doses, [id]: said };
}

/** Change one key of one row of doses. */
export function setDose(values, id, row, key, value) {
  const rows = doseRows(values, id).map((dose) => ({ ...dose }));
  while (rows.length <= row) rows.push({});
  put(rows[row], key, value);
  setDoseRows(values, id, rows);
}

/** Keys that say nothing of a patient: a template holds them, and they are laid under a list. */
const OF_NOBODY = [
  "language", "twin_language", "program", "weeks", "start_step", "days", "exercises", "doses", "figure", "layout", "paper",
  "ink", "large", "tracker_weeks", "read_back",
];

/** Return values without what is the patient's. */
export function withoutPatient(values) {
  return Object.fromEntries(Object.entries(values).filter(([key]) => OF_NOBODY.includes(key)));
}
