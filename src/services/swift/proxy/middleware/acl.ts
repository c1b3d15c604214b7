/** Access lists of containers: tidied, read, and referrers compared. Upstream: swift/common/middleware/acl.py at 2.2.0. */
import { ValueError, bytesRepr } from "../../../../python/index.js";

/** What a list says: hosts that links may be on, and groups. */
export interface Acl {
  readonly referrers: readonly string[];
  readonly groups: readonly string[];
}

const REFERRER = [".r", ".ref", ".referer", ".referrer"];

/** A list as it is stored. @throws ValueError for what may not be in it */
export function cleanAcl(header: string, value: string): string {
  return value
    .split(",")
    .map((raw) => raw.trim())
    .filter((raw) => raw !== "")
    .map((raw) => cleanItem(header.toLowerCase(), raw))
    .join(",");
}

function cleanItem(header: string, raw: string): string {
  const at = raw.indexOf(":");
  if (at < 0) return raw;
  const first = raw.slice(0, at).trim();
  let second = raw.slice(at + 1).trim();
  if (!first.startsWith(".")) return raw;
  if (!REFERRER.includes(first)) {
    throw new ValueError(`Unknown designator ${bytesRepr(first)} in ACL: ${bytesRepr(raw)}`);
  }
  if (header.includes("write")) {
    throw new ValueError(`Referrers not allowed in write ACL: ${bytesRepr(raw)}`);
  }
  const negate = second.startsWith("-");
  if (negate) second = second.slice(1).trim();
  if (second !== "*" && second.startsWith("*")) second = second.slice(1).trim();
  if (second === "" || second === ".") {
    throw new ValueError(
      `No host/domain value after referrer designation in ACL: ${bytesRepr(raw)}`,
    );
  }
  return `.r:${negate ? "-" : ""}${second}`;
}

export function parseAcl(text: string | undefined): Acl {
  const items = text === undefined || text === "" ? [] : text.split(",");
  return {
    referrers: items.filter((item) => item.startsWith(".r:")).map((item) => item.slice(3)),
    groups: items.filter((item) => !item.startsWith(".r:")),
  };
}

/** The last entry that fits decides. */
export function referrerAllowed(
  referer: string | undefined,
  referrers: readonly string[],
): boolean {
  const [, host = ""] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/:?#]+)/i.exec(referer ?? "") ?? [];
  const from = host === "" ? "unknown" : host.toLowerCase();
  let allowed = false;
  for (const entry of referrers) {
    const denied = entry.startsWith("-");
    const match = denied ? entry.slice(1) : entry;
    const fits = match === "*" || match === from || (match.startsWith(".") && from.endsWith(match));
    if (fits) allowed = !denied;
  }
  return allowed;
}
