/** What counts as an IP address in an option: what `inet_pton` takes. Upstream: netaddr, INET_PTON. */

const BYTE = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/u;

export function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => BYTE.test(part));
}

export function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const words = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = words.at(-1) ?? "";
  const dotted = last.includes(".");
  if (dotted && (!isIpv4(last) || text.endsWith("::"))) return false;
  const hex = dotted ? words.slice(0, -1) : words;
  if (!hex.every((word) => /^[\da-f]{1,4}$/iu.test(word))) return false;
  const length = hex.length + (dotted ? 2 : 0);
  return halves.length === 2 ? length < 8 : length === 8;
}
