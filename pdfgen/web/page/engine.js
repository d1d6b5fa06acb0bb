// The engine: the only module that knows whether the page is served (fetch) or one file (a worker).
//
// `docs/engine.md` describes the protocol. The one file starts its worker before these modules, as `pdfgenWorker`, and
// brings answers of `catalogue` by language, as `pdfgenPrepared.catalogue`: the form is there while Python starts.

import { FrameReader } from "./frames.js";

/** Why an engine gave no answer: `kind` is gone, refused, stopped, or what the engine says (request, unknown, bug). */
export class EngineError extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** Return the engine that this page has. */
export function openEngine() {
  return globalThis.pdfgenWorker ? new WorkerEngine(globalThis.pdfgenWorker) : new ServerEngine();
}

class ServerEngine {
  kind = "server";

  /** A server is ready when it has sent the page. */
  onStatus(told) {
    told({ status: "ready" });
  }

  /**
   * Ask for one operation.
   * @param {string} name
   * @param {object} request
   * @param {{files?: Object<string, Uint8Array>, signal?: AbortSignal, onFrame?: function}} more
   *   `onFrame` is called with each frame before the last.
   * @returns the last frame, with `files` as [{name, type, data}].
   * @throws {EngineError}
   */
  async ask(name, request = {}, { files = {}, signal, onFrame } = {}) {
    try {
      const response = await fetch(`/engine/${name}`, { method: "POST", signal, ...body(request, files) });
      if (!response.ok) throw new EngineError("refused", (await response.text()).slice(0, 300));
      return onFrame ? await lastOf(response.body.getReader(), onFrame) : onlyFrame(await response.arrayBuffer());
    } catch (error) {
      if (error instanceof EngineError) throw error;
      if (error.name === "AbortError") throw new EngineError("stopped", "");
      throw new EngineError("gone", error.message);
    }
  }

  /** End the program that serves this page. */
  async stop() {
    await fetch("/stop", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" }).catch(() => null);
  }
}

function body(request, files) {
  const names = Object.keys(files);
  if (!names.length) return { headers: { "Content-Type": "application/json" }, body: JSON.stringify(request) };
  const form = new FormData();
  form.append("request", JSON.stringify(request));
  for (const name of names) form.append(name, new Blob([files[name]]), name);
  return { body: form };
}

function onlyFrame(bytes) {
  const frame = new FrameReader().add(new Uint8Array(bytes)).at(-1);
  if (!frame) throw new EngineError("gone", "the answer is not complete");
  return checked(frame);
}

/** Take frames as they come; all but the last are told. */
async function lastOf(reader, onFrame) {
  const frames = new FrameReader();
  let last = null;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    for (const frame of frames.add(value)) {
      if (last) onFrame(last);
      last = checked(frame);
    }
  }
  if (!last || frames.hasRest) throw new EngineError("gone", "the answer is not complete");
  return last;
}

function checked(frame) {
  if (frame.error) throw new EngineError(frame.error.kind, frame.error.message);
  return frame;
}

/** Operations after which a prepared catalogue is out of date. */
const CHANGING = /_(write|delete|save|open)$/;

class WorkerEngine {
  kind = "one-file";
  #worker;
  #asked = new Map();
  #count = 0;
  #status = { status: "loading" };
  #told = () => {};
  #prepared = globalThis.pdfgenPrepared?.catalogue ?? {};

  constructor(worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => this.#hear(data));
    worker.addEventListener("error", (event) => this.#fail(event.message ?? "the worker has ended"));
  }

  /** Call a function with the state of the worker, now and when it changes. */
  onStatus(told) {
    this.#told = told;
    told(this.#status);
  }

  ask(name, request = {}, { files = {}, signal, onFrame } = {}) {
    if (CHANGING.test(name)) this.#prepared = {};
    const prepared = name === "catalogue" && this.#prepared[request.language];
    if (prepared) return Promise.resolve(prepared);
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject, onFrame });
      signal?.addEventListener("abort", () => {
        this.#worker.postMessage({ cancel: id });
        this.#asked.delete(id);
        reject(new EngineError("stopped", ""));
      });
      this.#worker.postMessage({ id, name, request, files });
    });
  }

  async stop() {
    this.#worker.terminate();
  }

  #hear({ id, frame, files = [], last, status, message }) {
    if (status) {
      this.#status = { status, message };
      this.#told(this.#status);
      if (status === "failed") this.#fail(message);
      return;
    }
    const asked = this.#asked.get(id);
    if (!asked) return;
    if (frame.error) asked.reject(new EngineError(frame.error.kind, frame.error.message));
    else if (last) asked.resolve({ ...frame, files });
    else asked.onFrame?.({ ...frame, files });
    if (last || frame.error) this.#asked.delete(id);
  }

  #fail(message) {
    for (const { reject } of this.#asked.values()) reject(new EngineError("gone", message));
    this.#asked.clear();
  }
}
