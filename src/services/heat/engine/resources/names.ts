/**
 * What a resource is called where it is made, if its template has no name for it: its stack, its name, and
 * twelve characters out of its id. Upstream: heat/engine/resource.py (physical_resource_name,
 * reduce_physical_resource_name), heat/common/short_id.py at 2014.2.
 */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const BITS = 5;

/** `get_id`: the 60 random bits of a uuid's time, in base 32. */
export function shortId(uuid: string): string {
  const [low = "", middle = "", high = ""] = uuid.split("-");
  const bits = Array.from(high.slice(1) + middle + low, (digit) =>
    parseInt(digit, 16).toString(2).padStart(4, "0"),
  ).join("");
  const letters: string[] = [];
  for (let at = 0; at < bits.length; at += BITS) {
    letters.push(ALPHABET.charAt(parseInt(bits.slice(at, at + BITS), 2)));
  }
  return letters.join("");
}

/** @param limit how long it may be: 255, and 53 for a server */
export function physicalName(stack: string, resource: string, uuid: string, limit = 255): string {
  const name = `${stack}-${resource}-${shortId(uuid)}`;
  // Two characters, a hyphen, and the end of the rest.
  return name.length <= limit ? name : `${name.slice(0, 2)}-${name.slice(3 - limit)}`;
}
