// What can be decided about an answer, one key a decision: the same keys as the page that `pdfgen scan --review` writes.

const NUMBERS = [...Array(11).keys()].map((n) => ({ key: n === 10 ? "t" : String(n), value: String(n), label: "" }));

/**
 * Return the decisions that an answer of this kind may get.
 * @param {string} kind of the answer
 * @returns {{key: string, value: string, label: string}[]} `label` is a key of the words of the page; empty where the value is its own
 */
export function choicesOf(kind) {
  if (kind === "pain" || kind === "pain-number") return [...NUMBERS, { key: "n", value: "", label: "scans.choice.nothing" }];
  if (kind === "effort") {
    return [
      { key: "1", value: "easy", label: "scans.effort.easy" },
      { key: "2", value: "right", label: "scans.effort.right" },
      { key: "3", value: "hard", label: "scans.effort.hard" },
      { key: "n", value: "", label: "scans.choice.nothing" },
    ];
  }
  if (kind === "walking") return [{ key: "n", value: "", label: "scans.choice.nothing" }];
  return [
    { key: "y", value: "1", label: "scans.choice.ticked" },
    { key: "n", value: "0", label: "scans.choice.empty" },
  ];
}
