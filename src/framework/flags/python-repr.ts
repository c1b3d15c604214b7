/** A value as Python's `repr` shows it, for the words of upstream's errors and logs. */
import type { FlagValue } from "./types.js";

export function pythonRepr(value: FlagValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quote(value);
  if (value instanceof Map) {
    const pairs = [...value].map(([key, item]) => `${quote(String(key))}: ${quote(String(item))}`);
    return `{${pairs.join(", ")}}`;
  }
  return `[${[...(value as readonly string[])].map(quote).join(", ")}]`;
}

/** Single quotes, unless the text has those and no double ones. */
function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = text
    .replace(/\\/gu, "\\\\")
    .replace(/\n/gu, "\\n")
    .replace(/\r/gu, "\\r")
    .replace(/\t/gu, "\\t");
  return mark + (mark === "'" ? inside.replace(/'/gu, "\\'") : inside) + mark;
}
