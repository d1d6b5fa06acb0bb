// How pdfjs.pdf beside this was made: filled in and saved by pdf.js 5.6.205, the viewer of Firefox.
//
//     python tests/forms/bare_form.py bare.pdf
//     npm install pdfjs-dist@5.6.205
//     node tests/forms/fill_with_pdfjs.mjs bare.pdf tests/forms/pdfjs.pdf

import { readFileSync, writeFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const FILLED = { "w1-1-mon": false, "w1-2-wed": true, "pain-w1-fri": "4", "effort-w1-right": true };

const [source, target] = process.argv.slice(2);
const file = await getDocument({ data: new Uint8Array(readFileSync(source)) }).promise;
for (let number = 1; number <= file.numPages; number++) {
  const page = await file.getPage(number);
  for (const field of await page.getAnnotations()) {
    if (field.fieldName in FILLED) {
      file.annotationStorage.setValue(field.id, { value: FILLED[field.fieldName] });
    }
  }
}
writeFileSync(target, await file.saveDocument());
