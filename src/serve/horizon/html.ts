/** Markup as a text, in which words can never be anything else than words: `html` escapes whatever is put in. */

/** Markup that is meant as such. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | false | readonly (Html | undefined)[];

/** `html\`<b>${name}</b>\``: what stands between the braces is a word, or markup made so. */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(markup.reduce((all, text, i) => `${all}${textOf(parts[i - 1])}${text}`));
}

function textOf(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map((one) => one?.text ?? "").join("");
  return escaped(String(part));
}

const SIGNS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/gu, (sign) => SIGNS[sign] ?? "");
