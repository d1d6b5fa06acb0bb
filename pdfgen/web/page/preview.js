// The preview: what there is to look at, the page at hand, small pages, and the plan as a table.

import { button, el, fill, say } from "./elements.js";
import { planTable } from "./plan-table.js";
import { PreviewLoop } from "./preview-loop.js";
import { lookAt } from "./to-look-at.js";
import { pageLanguage, word } from "./words.js";

const MOST_PIXELS = 1600;

/**
 * The right half of the page.
 * @param {object} desk
 * @param {{form: Element, onAnswer: function(): void}} given the form, and who is told that there is an answer
 * @returns {{node, changed: function(boolean): void, refresh: function(): void}}
 */
export function preview(desk, { form, onAnswer, actions }) {
  const state = { page: 1, count: 0, small: new Set(), smallOf: null, inView: new Set() };
  const status = el("p", { role: "status", class: "status" });
  const picture = el("img", { class: "page", alt: "", hidden: true });
  const empty = el("p", { class: "empty" }, word("preview.empty"));
  const stale = el("p", { class: "stale", hidden: true }, word("preview.stale"));
  const which = el("p", { class: "which", "aria-live": "polite" });
  const back = button("←", () => turn(state.page - 1), { class: "icon", "aria-label": word("preview.back") });
  const on = button("→", () => turn(state.page + 1), { class: "icon", "aria-label": word("preview.on") });
  const larger = button(word("preview.larger"), () => larger.setAttribute("aria-pressed", String(frame.classList.toggle("full"))), { "aria-pressed": "false", class: "small larger" });
  const turner = el("div", { class: "turner", hidden: true }, back, which, on, larger);
  const thumbs = el("ol", { class: "thumbs", hidden: true });
  const looks = lookAt(desk, form);
  const table = planTable(desk);
  const frame = el("div", { class: "sheet" }, empty, picture);

  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const page = [...thumbs.children].indexOf(target) + 1;
      if (isIntersecting) state.inView.add(page);
      else state.inView.delete(page);
    }
    loop.wantSmall();
  });

  const loop = new PreviewLoop(desk, {
    page: () => state.page,
    width: () => Math.min(MOST_PIXELS, Math.round((frame.clientWidth || 480) * (window.devicePixelRatio || 1))),
    language: pageLanguage,
    onWaiting: (isWaiting) => frame.classList.toggle("waiting", isWaiting && Boolean(desk.values.program)),
    onAnswer: take,
    onSmall: takeSmall,
    smallWanted: () => [...state.inView].filter((page) => page <= state.count && !state.small.has(page)),
  });

  /** Ask for what the values make now; without a program there is nothing to show. */
  function changed(isAtOnce) {
    if (desk.values.program) {
      if (picture.hidden) say(empty, word("preview.making"));
      return loop.changed(isAtOnce);
    }
    loop.stop();
    picture.hidden = true;
    state.count = 0;
    return take({ problems: [], warnings: [] });
  }

  function take(answer) {
    const last = desk.values.program ? desk.answer.plan : null;
    desk.answer = answer.plan ? answer : { ...answer, plan: last, record: null };
    const file = answer.files?.find((one) => one.name === `page-${state.page}.png`) ?? answer.files?.[0];
    if (answer.page_count) {
      state.count = answer.page_count;
      state.page = Math.min(state.page, state.count);
    }
    if (state.smallOf !== desk.values) state.small.clear();
    state.smallOf = desk.values;
    if (file) show(file);
    stale.hidden = Boolean(file) || picture.hidden;
    empty.hidden = !picture.hidden;
    say(empty, word(answer.problems?.length ? "preview.wrong" : "preview.empty"));
    say(status, statusOf(desk, answer));
    looks.update();
    table.update();
    drawTurner();
    onAnswer();
  }

  function show(file) {
    const number = Number(file.name.match(/\d+/)[0]);
    const address = URL.createObjectURL(new Blob([file.data], { type: file.type }));
    if (picture.src) URL.revokeObjectURL(picture.src);
    picture.src = address;
    picture.dataset.page = String(number);
    picture.alt = word("preview.alt", { page: number, count: state.count });
    picture.hidden = false;
    state.page = number;
  }

  function turn(page) {
    if (page < 1 || page > state.count) return;
    state.page = page;
    drawTurner();
    loop.changed(true);
  }

  function drawTurner() {
    turner.hidden = state.count === 0;
    thumbs.hidden = state.count === 0;
    say(which, word("preview.which", { page: state.page, count: state.count }));
    back.setAttribute("aria-disabled", String(state.page === 1));
    on.setAttribute("aria-disabled", String(state.page === state.count));
    drawThumbs();
  }

  function drawThumbs() {
    if (thumbs.children.length !== state.count) {
      fill(thumbs, [...Array(state.count).keys()].map((i) => thumb(i + 1, turn)));
      state.inView.clear();
      for (const entry of thumbs.children) seen.observe(entry);
    }
    [...thumbs.children].forEach((entry, i) => {
      const one = entry.firstElementChild;
      if (i + 1 === state.page) one.setAttribute("aria-current", "page");
      else one.removeAttribute("aria-current");
    });
  }

  function takeSmall(answer) {
    for (const file of answer.files ?? []) {
      const number = Number(file.name.match(/\d+/)[0]);
      state.small.add(number);
      const image = thumbs.children[number - 1]?.querySelector("img");
      if (!image) continue;
      if (image.src) URL.revokeObjectURL(image.src);
      image.src = URL.createObjectURL(new Blob([file.data], { type: file.type }));
      image.hidden = false;
    }
    return Boolean(answer.files?.length);
  }

  const node = el(
    "aside",
    { class: "preview", "aria-labelledby": "preview-title" },
    el("h2", { id: "preview-title", tabindex: "-1" }, word("preview")),
    actions.node,
    status,
    looks.node,
    stale,
    turner,
    frame,
    thumbs,
    actions.more,
    table.node,
  );
  return { node, changed, showProblems: looks.update };
}

function thumb(page, turn) {
  return el(
    "li",
    {},
    button([el("img", { alt: "", hidden: true, width: "75", height: "106" }), el("span", {}, String(page))], () => turn(page), {
      class: "thumb",
      "aria-label": word("preview.page", { page }),
    }),
  );
}

function statusOf(desk, answer) {
  if (!desk.values.program) return word("preview.choose");
  if (answer.problems?.length) return word("preview.wrong");
  const weeks = answer.plan?.weeks ?? [];
  const minutes = [...new Set(weeks.map((week) => week.minutes).filter(Boolean))];
  const said = [word("preview.count", { count: answer.page_count ?? 0 })];
  if (minutes.length) said.push(word("preview.minutes", { minutes: minutesOf(minutes) }));
  if (answer.document_id) said.push(word("preview.id", { id: answer.document_id }));
  return said.join(" · ");
}

/** From the fewest to the most minutes; a week says a number or a range. */
function minutesOf(list) {
  const numbers = list.flatMap((one) => String(one).match(/\d+/g) ?? []).map(Number);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? String(least) : `${least}–${most}`;
}
