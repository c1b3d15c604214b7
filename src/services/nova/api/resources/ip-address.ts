/** Whether a text is an address. Upstream: nova/utils.py (is_valid_ipv4, is_valid_ipv6). */

export const isIpv4 = (text: string): boolean =>
  /^(\d{1,3})(\.\d{1,3}){3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255);

export function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2 || !text.includes(":")) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const mapped = last.includes(".");
  if (mapped && !isIpv4(last)) return false;
  const plain = mapped ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = plain.length + (mapped ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
