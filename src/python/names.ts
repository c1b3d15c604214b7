/**
 * How the clients read what a user typed for a thing: as a number, as a UUID, as the human id that
 * shell completion offers, and how they write it into a URL. Upstream: uuid.UUID, oslo's to_slug,
 * urllib.quote_plus.
 */
import { wellFormed } from "./text.js";

/** `int(text)`, or undefined where that raises ValueError. */
export function parseInteger(text: string): number | undefined {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Whether `uuid.UUID(text)` takes it: dashes, braces and `urn:uuid:` do not count. */
export function isUuid(text: string): boolean {
  const bare = text
    .replace("urn:", "")
    .replace("uuid:", "")
    .replace(/^[{}]+|[{}]+$/g, "");
  return /^[0-9a-fA-F]{32}$/.test(bare.replaceAll("-", ""));
}

/** `My Server #1` to `my-server-1`. */
export function slug(name: string): string {
  const plain = name.normalize("NFKD").replace(/[^\0-\x7f]/g, "");
  return plain
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, "-");
}

/** `urllib.urlencode`, the pairs in the order of their names. */
export function urlencode(pairs: ReadonlyMap<string, string>): string {
  const names = [...pairs.keys()].sort();
  return names.map((name) => `${quotePlus(name)}=${quotePlus(pairs.get(name) ?? "")}`).join("&");
}

/** Unlike `encodeURIComponent`, leaves only letters, digits and `_.-` alone; a space is a plus. */
function quotePlus(text: string): string {
  return encodeURIComponent(wellFormed(text))
    .replace(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}
