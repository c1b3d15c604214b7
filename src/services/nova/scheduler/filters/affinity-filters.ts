/**
 * With or away from given instances, by hint; not default filters. Upstream:
 * nova/scheduler/filters/affinity_filter.py (SameHostFilter, DifferentHostFilter).
 */
import { str, truth, type Json } from "../../../../python/index.js";
import type { NovaDatabase } from "../../db/database.js";
import type { SchedulingRequest } from "../request.js";
import type { FilterEnv, HostFilter } from "./filter.js";

export const sameHostFilter = ({ db }: FilterEnv): HostFilter => ({
  name: "SameHostFilter",
  oncePerRequest: true,
  forRequest(request) {
    const hosts = hostsOf(db, request, "same_host");
    return hosts && (({ host }) => hosts.has(host));
  },
});

export const differentHostFilter = ({ db }: FilterEnv): HostFilter => ({
  name: "DifferentHostFilter",
  oncePerRequest: true,
  forRequest(request) {
    const hosts = hostsOf(db, request, "different_host");
    return hosts && (({ host }) => !hosts.has(host));
  },
});

/** Where the instances of a hint are; undefined without the hint. */
function hostsOf(
  db: NovaDatabase,
  { filterProperties }: SchedulingRequest,
  hint: string,
): Set<string | null> | undefined {
  const given = filterProperties.scheduler_hints?.[hint];
  if (!truth(given)) return undefined;
  const uuids: readonly (Json | undefined)[] = Array.isArray(given) ? given : [given];
  return new Set(uuids.map((uuid) => db.instances.get(str(uuid ?? null))?.host ?? null));
}
