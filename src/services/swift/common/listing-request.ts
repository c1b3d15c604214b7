/**
 * What a listing is asked for with, and in which form. XML is not simulated: who asks for it is given
 * what an unknown format is. Upstream: swift/common/request_helpers.py (get_param,
 * get_listing_content_type), swift/account/server.py (GET), swift/container/server.py (GET) at 2.2.0.
 */
import type { Query } from "../../../http/index.js";
import type { ListOptions } from "../db/listing.js";
import { Answered, answer } from "./answer.js";

export const LISTING_LIMIT = 10_000;

export type ListingType = "text/plain" | "application/json";

/** @throws Answered with 412 for a delimiter of several characters or too high a limit */
export function listOptions(query: Query): ListOptions {
  const delimiter = query.get("delimiter");
  if (delimiter && (delimiter.length > 1 || delimiter.charCodeAt(0) > 254)) {
    throw new Answered(answer(412, { body: "Bad delimiter" }));
  }
  const asked = query.get("limit");
  const limit = asked !== undefined && /^\d+$/.test(asked) ? Number(asked) : LISTING_LIMIT;
  if (limit > LISTING_LIMIT) {
    throw new Answered(answer(412, { body: `Maximum limit is ${String(LISTING_LIMIT)}` }));
  }
  return {
    limit,
    marker: query.get("marker") ?? "",
    endMarker: query.get("end_marker"),
    prefix: query.get("prefix"),
    delimiter,
    path: query.get("path"),
  };
}

const OFFERED: readonly ListingType[] = ["text/plain", "application/json"];

/** @throws Answered with 406 where nothing that is accepted is offered */
export function listingType(query: Query, accept: string | undefined): ListingType {
  const format = query.get("format");
  if (format) return format.toLowerCase() === "json" ? "application/json" : "text/plain";
  const best = bestMatch(accept, OFFERED);
  if (best === undefined) throw new Answered(answer(406));
  return best;
}

/** swob.Accept.best_match: the highest quality first, and what has no star. */
export function bestMatch<T extends string>(
  accept: string | undefined,
  offered: readonly T[],
): T | undefined {
  if (accept === undefined || accept === "") return offered[0];
  if (!accept.split(",").every((part) => /^\s*[^\s/;]+\/[^\s/;]+\s*(?:;.*)?$/.test(part)))
    return undefined;
  const ranges = accept.split(",").map((part) => {
    const [type = "", ...parameters] = part.split(";").map((text) => text.trim());
    const quality = parameters.find((text) => /^q\s*=/.test(text))?.split("=")[1];
    return { type, quality: quality === undefined ? 1 : Number(quality) };
  });
  const specific = ({ type }: { readonly type: string }): number => (type.includes("*") ? 0 : 1);
  ranges.sort((a, b) => b.quality - a.quality || specific(b) - specific(a));
  for (const range of ranges) {
    const found = offered.find((type) => covers(range.type, type));
    if (found !== undefined) return found;
  }
  return undefined;
}

const covers = (range: string, type: string): boolean =>
  range === "*/*" || range === type || range === `${type.split("/")[0] ?? ""}/*`;
