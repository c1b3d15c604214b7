/**
 * What of an entry counts when two runs are compared: what it says, without the ids and the times that
 * no two runs share. Ids stand as `‹id›`, so that one of them is told from none.
 */
import type { Entry } from "../../timeline/index.js";

/** Of these each run has its own: where an entry stands, when, whose it is, what else belongs to it. */
const OWN = new Set(["seq", "at", "cause", "taken", "id", "request", "msg_id", "quiet", "index"]);

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
/** Bare hexadecimal digits, MAC addresses, and devices that are named by the beginning of an id. */
const ID = new RegExp(
  `(?:req-|ami-)?${UUID}|(?<![0-9a-f])[0-9a-f]{32,64}(?![0-9a-f])|(?<!\\w)r-[0-9a-z]{8}(?!\\w)|` +
    "(?<![0-9a-f:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![0-9a-f:])|" +
    "(?<=\\b(?:tap|qvo|qvb|qbr))[0-9a-f]{8}-[0-9a-f]{2}(?![0-9a-f])",
  "gu",
);
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?/gu;
/** Payloads that were too long for the recording: their digest covers ids and times as well. */
const DIGEST = /"bytes":\d+,"digest":"[0-9a-f]*"/gu;
/** What is drawn by chance for its reader alone, by the name that it bears; in a table, beside its name. */
const SECRET =
  /"(\w*(?:pass|secret|audit_id)\w*)":(?:"(?:[^"\\]|\\.)*"|\[(?:null|,|"(?:[^"\\]|\\.)*"|\[[^[\]]*\])*\])/giu;
const SECRET_CELL = /(\|\s*\w*pass\w*\s*\|)[^|]*\|/giu;
/** Times as numbers, and what they were before. */
const MOMENT = /"(\w*(?:_at|_time|expires?))":(?:[\d.]+|\[(?:null|[\d.]+),(?:null|[\d.]+)\])/gu;
/** The number of a row, which a row that is deleted softly bears in `deleted` too. */
const NUMBERS = new Set(["id", "deleted"]);
const DECIMALS = /\d+\.\d{2,}/gu;

export function withoutIds(text: string): string {
  return text.replaceAll(ID, "‹id›").replaceAll(TIME, "‹time›");
}

/** `entry` as JSON without what is its run's own. Two entries of equal text say the same. */
export function plainText(entry: Entry): string {
  const told: Record<string, unknown> = Object.fromEntries(
    Object.entries(entry).filter(([field]) => !OWN.has(field)),
  );
  if (entry.kind === "db") {
    if (typeof entry.key === "number") told["key"] = "‹id›";
    told["changes"] = Object.fromEntries(
      Object.entries(entry.changes).filter(([column]) => !NUMBERS.has(column)),
    );
  }
  if (entry.kind === "log") told["message"] = entry.message.replaceAll(DECIMALS, "‹time›");
  return withoutIds(JSON.stringify(told))
    .replaceAll(DIGEST, '"bytes":0,"digest":""')
    .replaceAll(SECRET, '"$1":"‹secret›"')
    .replaceAll(SECRET_CELL, "$1 ‹secret› |")
    .replaceAll(MOMENT, '"$1":"‹time›"');
}
