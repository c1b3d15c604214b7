/** Elements by hand. Words become text nodes and attributes; no recorded word ever becomes markup. */

type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Nothing that was recorded is shown longer than this in one place. */
const LONGEST = 4_000;

export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child === undefined) continue;
    made.append(typeof child === "string" ? child.slice(0, LONGEST) : child);
  }
  return made;
}

export function button(
  words: string | Node,
  name: string,
  act: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = el(
    "button",
    { type: "button", title: name, "aria-label": name, ...attributes },
    words,
  );
  made.addEventListener("click", act);
  return made;
}

/** A recorded word: of its own direction, apart from the words around it. */
export function word(text: string, tone = ""): HTMLElement {
  return el("bdi", { class: tone === "" || tone === "plain" ? undefined : tone }, text);
}

/**
 * A piece of a picture.
 * @param shapes made of numbers and names of classes alone
 */
export function picture(shapes: string, width: number, height: number, box: string): SVGSVGElement {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" width="${String(width)}" height="${String(height)}" viewBox="${box}">${shapes}</svg>`;
  return holder.content.firstElementChild as SVGSVGElement;
}
