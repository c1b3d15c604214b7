/**
 * What v2 makes of the query of a list, and the links to its first and next page. Whatever it does
 * not know is a filter by a column or a property. Upstream: glance/api/v2/images.py
 * (RequestDeserializer.index, ResponseSerializer.index) at 2014.2.
 */
import type { FlagsOf } from "../../../../framework/index.js";
import { HttpFault, type Query } from "../../../../http/index.js";
import { dictOrder, parseInteger, quotePlus, type JsonObject } from "../../../../python/index.js";
import type { glanceFlags } from "../../flags.js";
import type { ImageQuery } from "../../image-list.js";

const OWN = [
  ...["limit", "marker", "sort_key", "sort_dir", "member_status", "tag", "visibility"],
  ...["changes-since", "deleted"],
];

/** @throws HttpFault 400 */
export function listQueryV2(query: Query, flags: FlagsOf<typeof glanceFlags>): ImageQuery {
  const sortDir = sortDirOf(query);
  const visibility = query.get("visibility");
  if (visibility && !["public", "private", "shared"].includes(visibility)) {
    throw new HttpFault(400, `Invalid visibility value: ${visibility}`);
  }
  if (query.get("changes-since")) {
    throw new HttpFault(400, 'The "changes-since" filter is no longer available on v2.');
  }
  const memberStatus = query.get("member_status") ?? "accepted";
  if (!["pending", "accepted", "rejected", "all"].includes(memberStatus)) {
    throw new HttpFault(400, `Invalid status: ${memberStatus}`);
  }
  const names = query.names().filter((name) => !OWN.includes(name));
  return {
    filters: names.map((name) => [name, query.get(name) ?? ""] as const),
    tags: query.getAll("tag").map((tag) => tag.trim()),
    deleted: false,
    visibility,
    memberStatus,
    marker: query.get("marker"),
    limit: limitOf(query.get("limit"), flags),
    sortKey: query.get("sort_key") ?? "created_at",
    sortDir,
  };
}

/** @throws HttpFault 400 */
export function sortDirOf(query: Query): "asc" | "desc" {
  const text = query.get("sort_dir") ?? "desc";
  if (text === "asc" || text === "desc") return text;
  throw new HttpFault(400, `Invalid sort direction: ${text}`);
}

/** @throws HttpFault 400 */
export function limitOf(
  text: string | undefined,
  { limit_param_default, api_limit_max }: FlagsOf<typeof glanceFlags>,
): number {
  const limit = text === undefined ? limit_param_default : parseInteger(text);
  if (limit === undefined) throw new HttpFault(400, "limit param must be an integer");
  if (limit < 0) throw new HttpFault(400, "limit param must be positive");
  return Math.min(api_limit_max, limit);
}

/** There is a next page if this one is full, be it the last. @param path `/v2/images` */
export function pagesOf(
  path: string,
  query: Query,
  page: readonly { readonly uuid: string }[],
  limit: number,
): JsonObject {
  const names = query.names().filter((name) => name !== "marker");
  const values = new Map(names.map((name) => [name, query.get(name) ?? ""]));
  const url = (): string => {
    const pairs = dictOrder([...values.keys()]).map(
      (name) => `${quotePlus(name)}=${quotePlus(values.get(name) ?? "")}`,
    );
    return `${path}${pairs.length === 0 ? "" : `?${pairs.join("&")}`}`;
  };
  const first = url();
  const last = page.at(-1);
  if (last === undefined || page.length < limit) return { first };
  values.set("marker", last.uuid);
  return { first, next: url() };
}
