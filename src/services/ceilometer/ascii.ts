/** `str(text)` of Python 2: a text of ASCII, or an error. Upstream: CPython 2.7, whose default codec is ASCII. */
import { repr, ValueError } from "../../python/index.js";

class UnicodeEncodeException extends ValueError {
  override readonly name: string = "UnicodeEncodeError";
}

/** @throws UnicodeEncodeError */
export function asciiOnly(text: string): string {
  const at = text.search(/[^\u0000-\u007f]/u);
  if (at < 0) return text;
  const char = repr(text.slice(at, at + 1)).slice(1);
  throw new UnicodeEncodeException(
    `'ascii' codec can't encode character u${char} in position ${String(at)}: ordinal not in range(128)`,
  );
}
