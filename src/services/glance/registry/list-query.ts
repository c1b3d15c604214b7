/**
 * What the registry makes of the query of a list. Upstream: glance/registry/api/v1/images.py
 * (_get_query_params and what it calls) at 2014.2.
 */
import type { FlagsOf } from "../../../framework/index.js";
import { HttpFault, type Query } from "../../../http/index.js";
import type { Calendar } from "../../../kernel/index.js";
import { boolFromString, isUuidLike, parseInteger } from "../../../python/index.js";
import type { glanceFlags } from "../flags.js";
import type { ImageQuery } from "../image-list.js";

const FILTERS = [
  ...["name", "status", "container_format", "disk_format", "min_ram", "min_disk"],
  ...["size_min", "size_max"],
];

const MINUTE = 60_000_000;

const SORT_KEYS = [
  ...["name", "status", "container_format", "disk_format", "size", "id"],
  ...["created_at", "updated_at"],
];

/** @throws HttpFault 400 */
export function listQuery(
  query: Query,
  isAdmin: boolean,
  flags: FlagsOf<typeof glanceFlags>,
  calendar: Calendar,
): ImageQuery {
  const filters: [string, string | boolean][] = [];
  const properties: Record<string, string> = {};
  for (const name of query.names()) {
    const value = query.get(name) ?? "";
    if (FILTERS.includes(name)) filters.push([name, value]);
    if (name.startsWith("property-")) properties[name.slice("property-".length)] = value;
  }
  const guarded = query.get("protected");
  if (guarded !== undefined) {
    const value = yesOrNo(guarded);
    if (value === undefined) throw new HttpFault(400, "protected must be True, or False");
    filters.push(["protected", value]);
  }
  const since = query.get("changes-since");
  const changesSince = since === undefined ? undefined : isoTime(since, calendar);
  const gone = isAdmin ? query.get("deleted") : undefined;
  const usual = changesSince === undefined ? false : undefined;
  const isPublic = isAdmin ? publicFilter(query.get("is_public")) : undefined;
  return {
    filters,
    properties,
    ...(changesSince !== undefined && { changesSince }),
    deleted: gone === undefined ? usual : boolFromString(gone),
    // For an admin, True means all that a user would see.
    isPublic: isPublic === true ? undefined : isPublic,
    adminAsUser: isPublic === true,
    memberStatus: "all",
    limit: limitOf(query.get("limit"), flags),
    marker: markerOf(query.get("marker")),
    sortKey: oneOf("sort_key", query.get("sort_key") ?? "created_at", SORT_KEYS),
    sortDir: oneOf("sort_dir", query.get("sort_dir") ?? "desc", ["asc", "desc"] as const),
  };
}

/** Upstream's own words for yes and no here; undefined for others. */
function yesOrNo(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (word === "true" || word === "1") return true;
  return word === "false" || word === "0" ? false : undefined;
}

function publicFilter(text: string | undefined): boolean | undefined {
  if (text === undefined) return true;
  if (text.toLowerCase() === "none") return undefined;
  const value = yesOrNo(text);
  if (value === undefined) throw new HttpFault(400, "is_public must be None, True, or False");
  return value;
}

function limitOf(
  text: string | undefined,
  { limit_param_default, api_limit_max }: FlagsOf<typeof glanceFlags>,
): number {
  const limit = text === undefined ? limit_param_default : parseInteger(text);
  if (limit === undefined) throw new HttpFault(400, "limit param must be an integer");
  if (limit < 0) throw new HttpFault(400, "limit param must be positive");
  return Math.min(api_limit_max, limit);
}

function markerOf(marker: string | undefined): string | undefined {
  if (marker && !isUuidLike(marker)) throw new HttpFault(400, "Invalid marker format");
  return marker;
}

function oneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const known = choices.find((choice) => choice === value);
  if (known !== undefined) return known;
  throw new HttpFault(400, `Unsupported ${name}. Acceptable values: ${choices.join(", ")}`);
}

/** A time in ISO 8601, with a zone or in UTC, as the columns write it. @throws HttpFault 400 */
function isoTime(text: string, calendar: Calendar): string {
  const [, time = "", zone = ""] = /^(.*?)(Z|(?<=:.*)[+-]\d\d(?::?\d\d)?)?$/s.exec(text) ?? [];
  const [, sign, hour = "0", minute = "0"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hour) * 60 + Number(minute));
  const at = calendar.parse(time) - offset * MINUTE;
  if (Number.isNaN(at)) throw new HttpFault(400, "Unrecognized changes-since value");
  return calendar.stamp(at);
}
