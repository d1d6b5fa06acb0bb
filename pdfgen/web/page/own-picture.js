// A picture of an own exercise: a photo that is turned upright, cropped and freed of all else in it, or a shipped drawing.

import { el, fill, newId } from "./elements.js";
import { fillOptions, labelled, problemPlace, selectOption } from "./fields.js";
import { bytesOf } from "./files.js";
import { localText } from "./local-text.js";
import { word } from "./words.js";

const EDGES = ["left", "top", "right", "bottom"];
const MOST_CUT = 45;

/**
 * The fields of a picture.
 * @param {object} editor {photos: Map of name to {data, crop, address}, ask, pictures, drawings, canPhotos}
 * @param {object} panel its values
 */
export function panelEditor(editor, panel, path, i) {
  const shown = el("div", { class: "shown" });
  const crops = el("div", { class: "small-fields" });
  const told = problemPlace();
  const show = () => {
    const photo = panel.photo && editor.photos.get(panel.photo);
    if (photo && panel.crop) Object.assign(photo.crop, panel.crop);
    const image = photo ? el("img", { src: photo.address, alt: "", class: "photo" }) : panel.figure ? editor.pictures.image({ name: panel.figure }, "") : null;
    fill(shown, image);
    fill(crops, photo && EDGES.map((edge) => cropField({ panel, photo, edge, image, path })));
    if (photo) cut(image, photo.crop);
  };
  const chooser = el("input", { type: "file", accept: "image/*" });
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    if (!file) return;
    const made = await upright(editor, await bytesOf(file), told);
    if (!made) return;
    panel.photo = editor.newPhotoName();
    delete panel.figure;
    delete panel.crop;
    editor.photos.set(panel.photo, { ...made, crop: { left: 0, top: 0, right: 0, bottom: 0 }, isNew: true });
    drawing.value = "";
    show();
  });
  const drawing = el("select", {});
  fillOptions(drawing, [{ id: "", name: word("own.drawing.none") }, ...editor.drawings.map((name) => ({ id: name, name }))]);
  selectOption(drawing, panel.figure);
  drawing.addEventListener("change", () => {
    if (drawing.value) panel.figure = drawing.value;
    else delete panel.figure;
    delete panel.photo;
    delete panel.crop;
    show();
  });
  show();
  return [
    el("div", { class: "pair" }, editor.canPhotos && labelled({ key: `${path}.photo`, label: word("own.photo", { number: i + 1 }), hint: word("own.photo.hint"), control: chooser }), labelled({ key: `${path}.figure`, label: word("own.drawing"), control: drawing })),
    told,
    shown,
    crops,
    localText(editor, panel, "alt", { label: word("own.alt"), path: `${path}.alt` }),
    sideField(panel, path),
  ];
}

async function upright(editor, bytes, told) {
  const answer = await editor.ask("photo", {}, { files: { photo: bytes } });
  const file = answer?.files?.[0];
  told.hidden = Boolean(file);
  told.lang = "en";
  told.textContent = (answer?.problems ?? []).map(({ message }) => message).join(" ");
  return file ? photoOf(file) : null;
}

/** Return a photo that can be shown and cropped, of a file. */
export function photoOf({ data, type }) {
  return { data, type, crop: {}, address: URL.createObjectURL(new Blob([data], { type })) };
}

/** How much is cut off at an edge; it is cut off the photo itself, so the panel says nothing of it any more. */
function cropField({ panel, photo, edge, image, path }) {
  const id = newId("crop");
  const said = el("output", { for: id }, `${photo.crop[edge] ?? 0} %`);
  const control = el("input", { type: "range", id, min: "0", max: String(MOST_CUT), value: photo.crop[edge] ?? 0 });
  control.addEventListener("input", () => {
    photo.crop[edge] = Number(control.value);
    photo.isNew = true;
    delete panel.crop;
    said.textContent = `${control.value} %`;
    cut(image, photo.crop);
  });
  return el("div", { class: "field", data: { field: `${path}.crop.${edge}` } }, el("label", { for: id }, word(`own.crop.${edge}`)), control, said);
}

/** Show only what is left of a photo. */
function cut(image, crop) {
  const parts = ["top", "right", "bottom", "left"].map((edge) => `${crop[edge] ?? 0}%`);
  image.style.clipPath = `inset(${parts.join(" ")})`;
}

function sideField(panel, path) {
  const control = el("select", {});
  fillOptions(control, ["", "left", "right"].map((id) => ({ id, name: word(`own.side.${id || "none"}`) })));
  selectOption(control, panel.side);
  control.addEventListener("change", () => {
    if (control.value) panel.side = control.value;
    else delete panel.side;
  });
  return labelled({ key: `${path}.side`, label: word("own.side"), control });
}

/** Return the photos as files, those that were cropped cut by the engine. */
export async function photoFiles(editor, names) {
  const files = {};
  for (const name of names) {
    const photo = editor.photos.get(name);
    if (!photo?.isNew) continue;
    const isCut = EDGES.some((edge) => photo.crop[edge]);
    const answer = isCut ? await editor.ask("photo", { crop: photo.crop }, { files: { photo: photo.data } }) : null;
    files[name] = answer?.files?.[0]?.data ?? photo.data;
  }
  return files;
}
