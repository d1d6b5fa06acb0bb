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
  const python = await loadPyodide({
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
  const frames = ask(name, JSON.stringify(request ?? {}), files ?? {});
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

function next(frames) {
  const { done, value } = frames.next();
  if (done) return null;
  const [head, contents] = value.toJs();
  value.destroy();
  const { files: named, ...frame } = JSON.parse(head);
  return { frame, files: named.map(({ name, type }, index) => ({ name, type, data: contents[index].slice() })) };
}
