/**
 * What people see of a session, without what is another each time.
 * Ids are counted, times and ports are hidden, in the same width.
 * @param ids those that were seen before, with their numbers
 */
export function withoutChance(text: string, ids: Map<string, string>): string {
  return text
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{32,64}\b/gu, (id) => {
      const known = ids.get(id) ?? numbered(id, ids.size + 1);
      ids.set(id, known);
      return known;
    })
    .replace(/\bAUTH_[0-9a-f]{32}/gu, "AUTH_…")
    .replace(/127\.0\.0\.1:\d{5}/gu, "127.0.0.1:PORT_")
    .replace(/2014-09-18([T ])\d\d:\d\d:\d\d(\.\d{6})?/gu, (_, between: string, part?: string) => {
      return `2014-09-18${between}hh:mm:ss${part === undefined ? "" : ".ffffff"}`;
    })
    .replace(
      /^(\s*(?:Meta Mtime|X-Timestamp|Last Modified|X-Trans-Id|ETag|X-Openstack-Request-Id): ).*$/gmu,
      "$1…",
    )
    .replace(/(adminPass +\| )\w{12}/gu, "$1************")
    .replace(/\[auth .*\]$/gmu, "[…]")
    .replace(/ +$/gmu, "");
}

function numbered(id: string, count: number): string {
  const digits = String(count).padStart(id.replaceAll("-", "").length, "0");
  let at = 0;
  return id.replace(/[0-9a-f]/gu, () => digits[at++] ?? "0");
}
