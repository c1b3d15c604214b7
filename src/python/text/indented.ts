/**
 * JSON over several lines as Python 2 writes it, with a blank at the end of each line but the last of its kind.
 * Upstream: `_make_iterencode` of json.encoder with `indent`, Python 2.7.
 */
import { dictOrder } from "../dict-order.js";
import { isObject } from "../guards.js";
import type { Json } from "../json.js";
import { dumps } from "./text.js";

export interface IndentOptions {
  /** `ensure_ascii`. Default: true. */
  readonly ascii?: boolean;
}

/** `json.dumps(value, indent=indent)`. */
export function indented(value: Json, indent: number, options: IndentOptions = {}): string {
  return write(value, indent, 0, options.ascii ?? true);
}

function write(value: Json, indent: number, depth: number, ascii: boolean): string {
  if (value === null || typeof value !== "object") return scalar(value, ascii);
  const newline = `\n${" ".repeat(indent * (depth + 1))}`;
  const inner = (member: Json): string => write(member, indent, depth + 1, ascii);
  const items = isObject(value)
    ? dictOrder(Object.keys(value)).map(
        (key) => `${scalar(key, ascii)}: ${inner(value[key] ?? null)}`,
      )
    : value.map(inner);
  const [open, close] = isObject(value) ? ["{", "}"] : ["[", "]"];
  if (items.length === 0) return open + close;
  return `${open}${newline}${items.join(`, ${newline}`)}\n${" ".repeat(indent * depth)}${close}`;
}

const scalar = (value: Json, ascii: boolean): string =>
  typeof value === "string" && !ascii ? JSON.stringify(value) : dumps(value);
