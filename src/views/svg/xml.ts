/** XML by hand: elements as text, in which whatever was recorded is text and nothing else. */

/** Half of a surrogate pair, and the two that no XML document may have. */
const NO_CHARACTER = /[\ud800-\udfff\ufffe\uffff]/gu;

export function escape(text: string): string {
  return text
    .replaceAll(NO_CHARACTER, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** @param inside XML already; text goes through `escape` first */
export function tag(name: string, attributes: Attributes, inside = ""): string {
  const written = Object.entries(attributes)
    .filter((pair): pair is [string, string | number] => pair[1] !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? num(value) : escape(value)}"`);
  const open = `<${name}${written.join("")}`;
  return inside === "" ? `${open}/>` : `${open}>${inside}</${name}>`;
}

/** A coordinate: to a tenth of a pixel. */
export function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}
