// Python in a worker: it is started with the parts of the file, and then answers what the page asks (docs/engine.md).
//
// Nothing is fetched: `fetch` gives the parts that came with the file, and refuses everything else.

const given = new Map();
self.fetch = async (address) => {
  const name = String(address.url ?? address).split("/").at(-1);
  if (!given.has(name)) throw new TypeError("nothing is fetched here");
  return new Response(given.get(name), { headers: { "content-type": name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream" } });
};

const HERE = "https://pdfgen.invalid/";

let started = null;
let python = null;
let turn = Promise.resolve();
const cancelled = new Set();

self.onmessage = ({ data }) => {
  if (data.parts) {
    started = start(data.parts);
    started.then(
      () => self.postMessage({ status: "ready" }),
      (error) => self.postMessage({ status: "failed", message: String(error.message ?? error) }),
    );
  } else if (data.cancel) {
    cancelled.add(data.cancel);
  } else {
    turn = turn.then(() => answer(data)).catch(() => null);
  }
};

async function start(parts) {
  const [asm, main, wasm, library, site] = await Promise.all(
    ["asm", "main", "wasm", "library", "site"].map(async (name) => unpacked(parts[name])),
  );
  performance.mark("unpacked");
  given.set("pyodide.asm.wasm", wasm);
  given.set("python_stdlib.zip", library);
  const create = (await import(address(asm))).default;
  const { loadPyodide } = await import(address(main));
  python = await loadPyodide({
    indexURL: HERE,
    packageBaseUrl: HERE,
    stdLibURL: `${HERE}python_stdlib.zip`,
    createPyodideModule: create,
    lockFileContents: parts.lock,
  });
  performance.mark("python");
  write(python.FS, site);
  performance.mark("written");
  return python.runPython(`
import sys
sys.path.insert(0, "/site")
from one_file_engine import ask
ask`);
}

function address(bytes) {
  return URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
}

async function unpacked(text) {
  const packed = Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Write the files of an archive: the length of a list, the list of names and sizes, and the files. */
function write(files, archive) {
  const length = new DataView(archive.buffer).getUint32(0);
  const list = JSON.parse(new TextDecoder().decode(archive.subarray(4, 4 + length)));
  let place = 4 + length;
  for (const [name, size] of list) {
    const folder = name.slice(0, name.lastIndexOf("/"));
    files.mkdirTree(folder);
    files.writeFile(name, archive.subarray(place, place + size));
    place += size;
  }
}

async function answer({ id, name, request, files }) {
  const ask = await started;
  const decoded = {};
  for (const [key, bytes] of Object.entries(files ?? {})) {
    decoded[key] = isPicture(bytes) ? await picture(bytes, { crop: name === "photo" ? request.crop : {}, isKept: name === KEEPING }) : bytes;
  }
  const frames = ask(name, JSON.stringify(request ?? {}), decoded);
  try {
    let frame = next(frames);
    while (frame) {
      // What says that it is enough is heard between two frames.
      await new Promise((heard) => setTimeout(heard));
      if (cancelled.delete(id)) return;
      const after = next(frames);
      const buffers = frame.files.map(({ data }) => data.buffer);
      self.postMessage({ id, ...frame, last: !after }, buffers);
      frame = after;
    }
  } finally {
    frames.close();
    frames.destroy();
  }
}

/** The operation that takes files of a folder, which stay what they are. */
const KEEPING = "folder_open";

/** Whether a file is a PNG, JPEG or WebP picture by how it begins. */
function isPicture(bytes) {
  const begin = String.fromCharCode(...bytes.subarray(0, 12));
  return begin.startsWith("\x89PNG") || begin.startsWith("\xff\xd8\xff") || (begin.startsWith("RIFF") && begin.endsWith("WEBP"));
}

/** Longest side of a picture that is saved, and of the pixels that Python gets: 300 to the inch on 85 mm. */
const SAVED = 2400;
const PRINTED = 1000;

/**
 * Decode a picture, keep its pixels for Python, and return it as a file with nothing but the picture: upright, cropped, on white.
 * What the browser cannot decode is returned as it is, and Python says so; and so is what is kept as it is.
 */
async function picture(bytes, { crop = {}, isKept = false }) {
  const bitmap = await createImageBitmap(new Blob([bytes])).catch(() => null);
  if (!bitmap) return bytes;
  const { left = 0, top = 0, right = 0, bottom = 0 } = crop;
  const box = [
    (bitmap.width * left) / 100,
    (bitmap.height * top) / 100,
    (bitmap.width * (100 - left - right)) / 100,
    (bitmap.height * (100 - top - bottom)) / 100,
  ];
  const type = bytes[0] === 0x89 ? "image/png" : "image/jpeg";
  const file = isKept ? bytes : new Uint8Array(await (await drawn(bitmap, box, SAVED).convertToBlob({ type, quality: 0.9 })).arrayBuffer());
  const canvas = drawn(bitmap, box, PRINTED);
  const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const kept = new Uint8Array(8 + width * height * 3);
  new DataView(kept.buffer).setUint32(0, width);
  new DataView(kept.buffer).setUint32(4, height);
  for (let from = 0, to = 8; from < data.length; from += 4, to += 3) {
    kept[to] = data[from];
    kept[to + 1] = data[from + 1];
    kept[to + 2] = data[from + 2];
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
  const name = Array.from(digest, (one) => one.toString(16).padStart(2, "0")).join("");
  python.FS.mkdirTree("/pixels");
  python.FS.writeFile(`/pixels/${name}`, kept);
  return file;
}

/** Return a part of a picture on white, with no side longer than so many pixels. */
function drawn(bitmap, [x, y, width, height], longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function next(frames) {
  const { done, value } = frames.next();
  if (done) return null;
  const [head, contents] = value.toJs();
  value.destroy();
  const { files: named, ...frame } = JSON.parse(head);
  return { frame, files: named.map(({ name, type }, index) => ({ name, type, data: contents[index].slice() })) };
}
