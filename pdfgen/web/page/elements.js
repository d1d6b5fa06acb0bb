// Making elements without a framework: `el` builds one, `fill` replaces what is in one.

/**
 * Return a new element.
 * @param {string} tag
 * @param {object} props attributes by name; `class`, `on` ({event: function}), `data` ({name: text}), and properties
 *   that are no attributes (`value`, `checked`, `disabled`, `hidden`, `open`). null, undefined and false are left out.
 * @param {...(Node|string|null|undefined|false|Array)} children
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, told] of Object.entries(value)) node.addEventListener(event, told);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (AS_PROPERTY.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  append(node, children);
  return node;
}

const AS_PROPERTY = new Set(["value", "checked", "disabled", "hidden", "open", "selected"]);

function append(node, children) {
  for (const child of children.flat(3)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
}

/** Put these children in the place of all that is in a node. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** Set the text of a node if it is another one: a live region is read out only when it changes. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

let count = 0;

/** Return an id that no other element has. */
export function newId(what) {
  count += 1;
  return `${what}-${count}`;
}

/** Return a button that does something; its text is its name unless `props` has an `aria-label`. */
export function button(text, onClick, props = {}) {
  return el("button", { type: "button", ...props, on: { click: onClick, ...props.on } }, text);
}
