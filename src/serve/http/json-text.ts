/**
 * The text of an answer's body. A list that is asked for again and again is made of values that are never changed
 * and are the same each time, which frozen ones are: of those the text is made once.
 */
import { isObject, type Json } from "../../python/index.js";

const TEXTS = new WeakMap<object, string>();

/** As `JSON.stringify` writes it. */
export function jsonText(body: Json): string {
  if (!isObject(body)) return JSON.stringify(body);
  const members: string[] = [];
  for (const name of Object.keys(body)) {
    members.push(`${JSON.stringify(name)}:${listText(body[name] ?? null)}`);
  }
  return `{${members.join(",")}}`;
}

function listText(value: Json): string {
  if (!Array.isArray(value) || !isFrozen(value[0])) return JSON.stringify(value);
  return `[${value.map(itemText).join(",")}]`;
}

function itemText(item: Json): string {
  if (!isFrozen(item)) return JSON.stringify(item);
  const known = TEXTS.get(item);
  if (known !== undefined) return known;
  const text = JSON.stringify(item);
  TEXTS.set(item, text);
  return text;
}

const isFrozen = (item: unknown): item is object =>
  typeof item === "object" && item !== null && Object.isFrozen(item);
