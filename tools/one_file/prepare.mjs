// At the time of building: run prepare.py in the Python of the file itself, under Node.
//
//     node prepare.mjs PYODIDE SITE OUT
//
// PYODIDE is the unpacked npm package, SITE the folder of what is imported, OUT gets what prepare.py writes.

import path from "node:path";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const [pyodide, site, out] = process.argv.slice(2).map((one) => path.resolve(one));
const { loadPyodide } = await import(pathToFileURL(path.join(pyodide, "pyodide.mjs")));
const python = await loadPyodide({ env: { HOME: "/home", PYTHONHASHSEED: "0" } });
for (const [name, root] of [["/site", site], ["/out", out]]) {
  python.FS.mkdirTree(name);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, name);
}
python.runPython(readFileSync(fileURLToPath(new URL("prepare.py", import.meta.url)), "utf8"));
