/**
 * With or away from given instances, by hint; not default filters. Only instances that whoever asks
 * may see count, and none that waits to be reclaimed. Upstream: nova/scheduler/filters/affinity_filter.py
 * (SameHostFilter, DifferentHostFilter), nova/compute/api.py (get_all).
 */
import { str, truth, type Json } from "../../../../python/index.js";
import type { NovaDatabase } from "../../db/database.js";
import { SOFT_DELETED } from "../../states/vm-states.js";
import type { SchedulingRequest } from "../request.js";
import type { FilterEnv, HostFilter, HostTest } from "./filter.js";

export const sameHostFilter = ({ db }: FilterEnv): HostFilter => ({
  name: "SameHostFilter",
  oncePerRequest: true,
  forRequest: (request) => testOf(db, request, "same_host", true),
});

export const differentHostFilter = ({ db }: FilterEnv): HostFilter => ({
  name: "DifferentHostFilter",
  oncePerRequest: true,
  forRequest: (request) => testOf(db, request, "different_host", false),
});

function testOf(
  db: NovaDatabase,
  request: SchedulingRequest,
  hint: string,
  together: boolean,
): HostTest | undefined {
  const hosts = hostsOf(db, request, hint);
  return (
    hosts && {
      passes: ({ host }) => hosts.has(host) === together,
      compared: ({ host }) => (hosts.has(host) ? "is there" : "not there"),
    }
  );
}

/** Where the instances of a hint are; undefined without the hint. */
function hostsOf(
  db: NovaDatabase,
  { filterProperties, context }: SchedulingRequest,
  hint: string,
): Set<string | null> | undefined {
  const given = filterProperties.scheduler_hints?.[hint];
  if (!truth(given)) return undefined;
  const uuids: readonly (Json | undefined)[] = Array.isArray(given) ? given : [given];
  return new Set(
    uuids.flatMap((uuid) => {
      const instance = db.instances.get(str(uuid ?? null));
      if (instance === undefined || instance.vm_state === SOFT_DELETED) return [];
      const seen = context.is_admin || instance.project_id === context.project_id;
      return seen ? [instance.host] : [];
    }),
  );
}
