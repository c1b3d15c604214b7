/** Which versions go together. Upstream: oslo.messaging `_utils.py:version_is_compatible`; messaging §A6. */
import { IndexException, ValueError, bytesRepr } from "../../python/index.js";

/**
 * Whether a server that implements `implemented` can serve a request for `requested`: the same
 * major, and a minor (then a third part) no higher than the server's. A third part may be missing.
 * @throws ValueError, IndexError for what is no version, as upstream does without meaning to
 */
export function versionIsCompatible(implemented: string, requested: string): boolean {
  if (implemented === requested) return true;
  const own = implemented.split(".");
  const wanted = requested.split(".");
  const part = (parts: readonly string[], at: number): number => int(parts[at] ?? "0");
  if (int(wanted[0] ?? "") !== part(own, 0)) return false;
  if (wanted.length < 2) throw new IndexException("list index out of range");
  const [minor, wantedMinor] = [part(own, 1), part(wanted, 1)];
  if (wantedMinor !== minor) return wantedMinor < minor;
  return part(wanted, 2) <= part(own, 2);
}

/** `int(text)`, for the digits of a version. */
function int(text: string): number {
  if (/^\s*[+-]?\d+\s*$/.test(text)) return Number(text);
  throw new ValueError(`invalid literal for int() with base 10: ${bytesRepr(text)}`);
}
