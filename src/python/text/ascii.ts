/**
 * Texts that are unicode where only ASCII comes through: `str(text)`, and what a traceback makes of one. Upstream:
 * CPython 2.7, Objects/unicodeobject.c (unicode_encode_ascii), and _some_str of the module traceback.
 */
import { ValueError } from "../exception.js";
import { repr } from "./text.js";

export class UnicodeEncodeError extends ValueError {
  override readonly name = "UnicodeEncodeError";
}

/** `text.encode("ascii", "backslashreplace")`, as it is where unicode has four bytes a sign. */
export const backslashed = (text: string): string =>
  text.replace(/[^\u0000-\u007f]/gu, (sign) => {
    const hex = (sign.codePointAt(0) ?? 0).toString(16);
    if (hex.length <= 2) return `\\x${hex}`;
    return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
  });

/** @throws UnicodeEncodeError */
export function asciiText(text: string): string {
  const at = text.search(/[^\u0000-\u007f]/);
  if (at < 0) return text;
  const position = `position ${String(at)}: ordinal not in range(128)`;
  throw new UnicodeEncodeError(
    `'ascii' codec can't encode character ${repr(text.charAt(at))} in ${position}`,
  );
}
