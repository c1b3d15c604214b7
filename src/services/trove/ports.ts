/** Ports as options name them. Upstream: trove/common/utils.py (gen_ports) at 2014.2. */

/** `3306` or `21100-21199`; undefined for what is neither. */
export function portsOf(text: string): { readonly from: number; readonly to: number } | undefined {
  const [, from = "", rest, to = ""] = /^\s*(\d+)\s*(-\s*(\d+)\s*)?$/u.exec(text) ?? [];
  if (from === "") return undefined;
  // The third group is the number of the second.
  const end = rest === undefined ? from : to;
  const range = { from: Number(from), to: Number(end) };
  return range.from > range.to ? undefined : range;
}
