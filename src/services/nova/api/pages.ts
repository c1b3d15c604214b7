/** Pages of lists. Upstream: nova/api/openstack/common.py (get_limit_and_marker) at 2014.2. */
import type { Query } from "../../../http/index.js";
import { badRequest } from "./input.js";

export interface Page {
  readonly limit: number;
  readonly marker: string | undefined;
}

/** @throws HttpFault 400 */
export function pageOf(query: Query, most: number): Page {
  const asked = query.get("limit");
  const limit = asked === undefined ? most : Number(asked);
  if (!Number.isInteger(limit)) throw badRequest("limit param must be an integer");
  if (limit < 0) throw badRequest("limit param must be positive");
  return { limit: Math.min(most, limit === 0 ? most : limit), marker: query.get("marker") };
}
