"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const open = data.open;
const decisions = new Map();
let at = 0;
let saved = true;
const byId = (id) => document.getElementById(id);

const DAYS = { mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday", sat: "Saturday", sun: "Sunday" };

function choicesOf(one) {
  if (one.kind === "pain" || one.kind === "pain-number") {
    const numbers = [...Array(11).keys()].map((n) => ({ key: n === 10 ? "t" : String(n), value: String(n), label: String(n) }));
    return [...numbers, { key: "n", value: "", label: "Nothing" }];
  }
  if (one.kind === "effort") {
    return [
      { key: "1", value: "easy", label: "Too easy" }, { key: "2", value: "right", label: "About right" },
      { key: "3", value: "hard", label: "Too hard" }, { key: "n", value: "", label: "Nothing" },
    ];
  }
  if (one.kind === "walking") return [{ key: "n", value: "", label: "Nothing" }];
  return [{ key: "y", value: "1", label: "Ticked" }, { key: "n", value: "0", label: "Not ticked" }];
}

function asked(one) {
  const day = one.weekday ? `${DAYS[one.weekday]}${one.date ? " " + one.date : ""}` : "";
  const what = {
    exercise: `Exercise ${one.exercise}${one.name ? " (" + one.name + ")" : ""}: done?`,
    morning: "The next morning: ticked?",
    pain: "Pain: which number?",
    "pain-number": "Pain: which number is written?",
    effort: "Effort of the week: which one?",
    walking: "Walking: how many minutes?",
  }[one.kind];
  return [`Week ${one.week || "?"}`, day, what].filter(Boolean).join(", ");
}

function progress() {
  const left = open.length - decisions.size;
  byId("progress").textContent = open.length
    ? `${decisions.size} of ${open.length} decided${left ? "" : "; save them"}` : "Nothing is unsure.";
}

function show(move) {
  const finished = at >= open.length;
  byId("question").hidden = finished;
  byId("done").hidden = !(finished && open.length);
  document.querySelectorAll(".box.current").forEach((box) => box.classList.remove("current"));
  progress();
  if (finished) {
    if (move) byId("done").querySelector("h2").focus();
    return;
  }
  const one = open[at];
  byId("asked").textContent = asked(one);
  byId("reason").textContent = `Sheet ${one.sheet}: ${one.reason}`;
  byId("part").src = one.picture;
  byId("part").alt = `The part of the sheet: ${asked(one)}`;
  const number = one.kind === "walking";
  byId("number").hidden = !number;
  byId("written").value = number ? decisions.get(at) || "" : "";
  byId("choices").replaceChildren(...choicesOf(one).map((choice) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(choice.label + " ");
    const key = document.createElement("kbd");
    key.textContent = choice.key.toUpperCase();
    button.append(key);
    button.setAttribute("aria-pressed", String(decisions.get(at) === choice.value));
    button.addEventListener("click", () => decide(choice.value));
    return button;
  }));
  document.querySelectorAll(`.box[data-sheet="${one.index}"]`).forEach((box) => {
    const name = box.dataset.name;
    if (name === one.answer || name.startsWith(one.answer + ".")) box.classList.add("current");
  });
  if (move) (number ? byId("written") : byId("asked")).focus();
}

function decide(value) {
  decisions.set(at, value);
  saved = false;
  at += 1;
  show(true);
}

function back() { if (at > 0) { at -= 1; show(true); } }
function leave() { decisions.delete(at); at += 1; show(true); }

function save() {
  const made = [...decisions].sort((a, b) => a[0] - b[0]).map(([index, value]) => {
    const { sheet, file, page, answer } = open[index];
    return { sheet, file, page, answer, value };
  });
  const text = JSON.stringify({ schema: data.schema, decisions: made }, null, 1) + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "decisions.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  saved = true;
}

function drawSheets() {
  for (const [index, sheet] of data.sheets.entries()) {
    const title = document.createElement("h3");
    title.textContent = `${sheet.name}, ${sheet.place}`;
    const figure = document.createElement("div");
    figure.className = "sheet";
    const image = document.createElement("img");
    image.src = sheet.picture;
    image.alt = `${sheet.name}: ${sheet.said}`;
    image.loading = "lazy";
    figure.append(image);
    for (const [name, state, left, top, width, height] of sheet.boxes) {
      const box = document.createElement("div");
      box.className = `box ${state}`;
      box.dataset.sheet = String(index);
      box.dataset.name = name;
      Object.assign(box.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
      figure.append(box);
    }
    byId("sheets").append(title, figure);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  const typing = event.target === byId("written");
  if (typing && /^[0-9]$/.test(key)) return;
  if (key === "s") save();
  else if (key === "b") back();
  else if (at >= open.length) return;
  else if (key === "o") leave();
  else {
    const choice = choicesOf(open[at]).find((one) => one.key === key);
    if (!choice) return;
    decide(choice.value);
  }
  event.preventDefault();
});
byId("number").addEventListener("submit", (event) => {
  event.preventDefault();
  const value = byId("written").value.trim();
  if (/^[0-9]{1,3}$/.test(value)) decide(value);
});
byId("save").addEventListener("click", save);
byId("back").addEventListener("click", back);
byId("again").addEventListener("click", back);
byId("skip").addEventListener("click", leave);
window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
drawSheets();
show(false);
