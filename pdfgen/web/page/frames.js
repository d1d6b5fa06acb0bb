// Answers as frames: four bytes (length of the JSON, big-endian), the JSON, then the files that it lists.

/** Takes bytes as they come and gives whole frames, each with its files. */
export class FrameReader {
  #bytes = new Uint8Array(0);

  /** Add bytes, and return the frames that they complete. */
  add(chunk) {
    const joined = new Uint8Array(this.#bytes.length + chunk.length);
    joined.set(this.#bytes);
    joined.set(chunk, this.#bytes.length);
    this.#bytes = joined;
    const frames = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  /** Whether bytes are left that make no whole frame. */
  get hasRest() {
    return this.#bytes.length > 0;
  }

  #next() {
    const bytes = this.#bytes;
    if (bytes.length < 4) return null;
    let at = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (bytes.length < at) return null;
    const told = JSON.parse(new TextDecoder().decode(bytes.subarray(4, at)));
    const listed = told.files ?? [];
    if (bytes.length < listed.reduce((sum, file) => sum + file.size, at)) return null;
    const files = listed.map(({ name, type, size }) => {
      const data = bytes.slice(at, at + size);
      at += size;
      return { name, type, data };
    });
    this.#bytes = bytes.slice(at);
    return { ...told, files };
  }
}
