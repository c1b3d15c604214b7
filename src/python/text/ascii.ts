/**
 * `str(text)` of a text that is unicode: only ASCII comes through. Upstream: CPython 2.7,
 * Objects/unicodeobject.c (unicode_encode_ascii).
 */
import { ValueError } from "../exception.js";
import { repr } from "./text.js";

export class UnicodeEncodeError extends ValueError {
  override readonly name = "UnicodeEncodeError";
}

/** @throws UnicodeEncodeError */
export function asciiText(text: string): string {
  const at = text.search(/[^\u0000-\u007f]/);
  if (at < 0) return text;
  const position = `position ${String(at)}: ordinal not in range(128)`;
  throw new UnicodeEncodeError(
    `'ascii' codec can't encode character ${repr(text.charAt(at))} in ${position}`,
  );
}
