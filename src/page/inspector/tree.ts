/** A payload as a tree that one opens: whatever it is, it is text. */
import { isMapping } from "../../python/index.js";
import { el, word } from "../dom.js";

/** Levels that are open at first. */
const OPEN = 2;
const LONGEST_LIST = 20;
const LONGEST_TEXT = 400;

export function tree(value: unknown, depth = 0): HTMLElement {
  if (!isBranch(value)) return leaf(value);
  const folded = foldedWords(value);
  if (folded !== undefined) return el("span", { class: "muted" }, folded);
  const items = Object.entries(value);
  const list = el("ul", {});
  const show = (from: number, to: number): void => {
    for (const [key, inner] of items.slice(from, to)) list.append(item(key, inner, depth));
    const left = items.length - to;
    if (left <= 0) return;
    const more = el("button", { type: "button", class: "more" }, `show ${String(left)} more`);
    more.addEventListener("click", () => {
      more.parentElement?.remove();
      show(to, items.length);
    });
    list.append(el("li", {}, more));
  };
  show(0, LONGEST_LIST);
  return items.length === 0
    ? el("span", { class: "muted" }, Array.isArray(value) ? "[]" : "{}")
    : list;
}

function item(key: string, value: unknown, depth: number): HTMLElement {
  if (!isBranch(value) || foldedWords(value) !== undefined || Object.keys(value).length === 0) {
    return el("li", {}, el("b", {}, word(key)), ": ", tree(value));
  }
  const details = el("details", { open: depth < OPEN }, el("summary", {}, el("b", {}, word(key))));
  details.append(tree(value, depth + 1));
  return el("li", {}, details);
}

function leaf(value: unknown): HTMLElement {
  const text =
    typeof value === "string" ? value : value === undefined ? "nothing" : JSON.stringify(value);
  if (text.length <= LONGEST_TEXT) return word(text);
  const cut = el("span", {}, word(`${text.slice(0, LONGEST_TEXT)}…`));
  const more = el(
    "button",
    { type: "button", class: "more" },
    `all ${String(text.length)} letters`,
  );
  more.addEventListener("click", () =>
    cut.replaceChildren(el("bdi", {}, document.createTextNode(text))),
  );
  cut.append(" ", more);
  return cut;
}

function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** `1,908 bytes, kept as a digest (t3)`. */
function foldedWords(value: object): string | undefined {
  if (!isMapping(value) || !isMapping(value["$folded"])) return undefined;
  const { bytes, items, shows } = value["$folded"];
  const name = isMapping(shows)
    ? Object.values(shows).filter((one) => typeof one === "string")
    : [];
  const what = typeof items === "number" ? `${String(items)} items, ` : "";
  const who = name.length === 0 ? "" : `: ${name.join(", ")}`;
  return `${what}${Number(bytes).toLocaleString("en")} bytes, kept as a digest${who}`;
}
