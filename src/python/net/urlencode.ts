/** Texts in URLs, as Python 2's urllib writes them. Upstream: urllib.py (quote_plus, urlencode). */
import { wellFormed } from "../text/text.js";

/** `urllib.urlencode`, the pairs in the order of their names. */
export function urlencode(pairs: ReadonlyMap<string, string>): string {
  const names = [...pairs.keys()].sort();
  return names.map((name) => `${quotePlus(name)}=${quotePlus(pairs.get(name) ?? "")}`).join("&");
}

/** Leaves letters, digits and `_.-` alone, unlike `encodeURIComponent`; a space is a plus. */
export function quotePlus(text: string): string {
  if (/^[\w.-]*$/.test(text)) return text;
  return encodeURIComponent(wellFormed(text))
    .replace(/[!~*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

/** `urllib.quote(text, safe="")`: a blank is `%20`. */
export const quote = (text: string): string => quotePlus(text).replaceAll("+", "%20");
