// Before the modules of the page: what they import, what was prepared, and Python in a worker.

(() => {
  const text = (id) => document.getElementById(`pdfgen-${id}`).textContent;
  const addresses = {};
  for (const script of document.querySelectorAll("script[data-module]")) {
    addresses[`pdfgen/${script.dataset.module}`] = URL.createObjectURL(new Blob([script.textContent], { type: "text/javascript" }));
  }
  const map = document.createElement("script");
  map.type = "importmap";
  map.textContent = JSON.stringify({ imports: addresses });
  document.head.append(map);

  const prepared = JSON.parse(text("prepared"));
  globalThis.pdfgenPrepared = { catalogue: prepared.catalogue };

  const source = new Blob([text("worker")], { type: "text/javascript" });
  globalThis.pdfgenWorker = new Worker(URL.createObjectURL(source));

  const main = document.createElement("script");
  main.type = "module";
  main.textContent = `import "pdfgen/${document.documentElement.dataset.main}";`;
  document.head.append(main);

  // The form is there before Python begins to take all of the processor.
  requestAnimationFrame(() => setTimeout(() => {
    const parts = Object.fromEntries(["asm", "main", "wasm", "library", "site", "lock"].map((name) => [name, text(name)]));
    globalThis.pdfgenWorker.postMessage({ parts });
  }, 100));
})();
