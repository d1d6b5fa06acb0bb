// Dragging an entry of a list to another place, by mouse, pen or finger. Buttons do the same for everybody else.

/**
 * Let entries of a list be dragged by their handle.
 * @param {Element} list
 * @param {function(number, number): void} onMove told from which place to which
 */
export function makeSortable(list, onMove) {
  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".handle");
    const entry = handle?.closest("li");
    if (!entry || entry.parentElement !== list || event.button !== 0) return;
    event.preventDefault();
    follow(list, entry, handle, event, onMove);
  });
}

function follow(list, entry, handle, start, onMove) {
  const from = placeIn(list, entry);
  let to = from;
  entry.classList.add("dragged");
  handle.setPointerCapture(start.pointerId);
  const move = (event) => {
    entry.style.transform = `translateY(${event.clientY - start.clientY}px)`;
    to = placeAt(list, entry, event.clientY);
    markTarget(list, from, to);
  };
  const end = (event) => {
    handle.removeEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) handle.removeEventListener(name, end);
    entry.classList.remove("dragged");
    entry.style.transform = "";
    markTarget(list, from, from);
    if (event.type === "pointerup" && to !== from) onMove(from, to);
  };
  handle.addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, end);
}

function placeIn(list, entry) {
  return [...list.children].indexOf(entry);
}

function placeAt(list, entry, y) {
  const others = [...list.children].filter((child) => child !== entry);
  return others.filter((child) => y > child.getBoundingClientRect().top + child.offsetHeight / 2).length;
}

function markTarget(list, from, to) {
  const entries = [...list.children];
  for (const child of entries) child.classList.remove("before", "after");
  if (to !== from) entries[to].classList.add(to < from ? "before" : "after");
}
