/**
 * Which pools may take a volume: one function for each filter. JsonFilter is not simulated. Upstream:
 * cinder/scheduler/filters/*.py, cinder/openstack/common/scheduler/filters/*.py at 2014.2.
 */
import {
  extraSpecMatches,
  type Env,
  type Operator,
  type RequestContext,
} from "../../../framework/index.js";
import {
  AttributeError,
  boolFromString,
  isObject,
  isUuidLike,
  ValueError,
  type Json,
} from "../../../python/index.js";
import type { CinderDatabase } from "../db/database.js";
import { SchedulerHostFilterNotFound } from "../exception.js";
import type { FilterProperties } from "../request-spec.js";
import { floored, type PoolState } from "./pool-state.js";

export interface FilterEnv {
  readonly env: Env;
  readonly db: CinderDatabase;
}

/** One request, as filters see it. */
export interface VolumeRequest {
  readonly ctxt: RequestContext;
  readonly properties: FilterProperties;
}

type Filter = (pool: PoolState, request: VolumeRequest) => boolean;

const availabilityZone: Filter = ({ service }, { properties }) => {
  const zone = properties.request_spec?.resource_properties?.availability_zone ?? null;
  return zone === null || zone === "" || zone === service.availability_zone;
};

const capacity =
  ({ env }: FilterEnv): Filter =>
  (pool, { properties: { size = 0, vol_exists_on: there } }) => {
    const { free_capacity_gb: free, host } = pool;
    if (host === there) return true;
    if (free === undefined) {
      env.log("error", "Free capacity not set: volume node info collection broken.");
      return false;
    }
    if (typeof free !== "number") return true;
    const usable = pool.usable(free);
    if (usable < size) {
      const compared = `${String(size)}/${floored(usable)}`;
      env.log(
        "warning",
        `Insufficient free space for volume creation on host ${host} (requested / avail): ${compared}`,
      );
    }
    return usable >= size;
  };

/** Keys without a scope, or in scope `capabilities`, name what was reported. */
const capabilities: Filter = (pool, { properties: { resource_type = {} } }) => {
  if (resource_type === null) {
    throw new AttributeError("'NoneType' object has no attribute 'get'");
  }
  const specs = resource_type["extra_specs"];
  if (!isObject(specs)) return true;
  return Object.entries(specs).every(([key, requirement]) => {
    const scope = key.split(":");
    if (scope.length > 1 && scope[0] !== "capabilities") return true;
    const path = scope[0] === "capabilities" ? scope.slice(1) : scope;
    let found: Json | undefined = pool.capabilities;
    for (const name of path) found = isObject(found) ? found[name] : undefined;
    return typeof requirement === "string" && has(found, requirement);
  });
};

/** What Cinder's language of extra specs has beside Nova's. */
const MORE: ReadonlyMap<string, Operator> = new Map([
  ["<is>", (value: string, wanted: string) => boolFromString(value) === boolFromString(wanted)],
]);

/** `extra_specs_ops.match`: what is no number where one should be does not match. */
function has(value: Json | undefined, requirement: string): boolean {
  if (value === undefined || value === null || typeof value === "object") return false;
  const [operator = ""] = requirement.trim().split(/\s+/);
  // A number is equal to no text.
  const numeric = ["=", "==", "!=", ">=", "<=", "<is>"].includes(operator);
  if (typeof value !== "string" && !numeric) return false;
  try {
    return extraSpecMatches(String(value), requirement, MORE);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return false;
  }
}

const ignoreAttemptedHosts: Filter = ({ host }, { properties: { retry } }) =>
  retry?.hosts?.includes(host) !== true;

/** With or away from the volumes of a hint. */
const affinity =
  ({ db }: FilterEnv, hint: string, together: boolean): Filter =>
  ({ host }, { ctxt, properties: { scheduler_hints = {} } }) => {
    const given = scheduler_hints[hint] ?? [];
    const ids: readonly Json[] = Array.isArray(given) ? (given as readonly Json[]) : [given];
    const uuids = ids.filter((id) => typeof id === "string" && isUuidLike(id));
    // It is better to fail a request than to serve it wrong.
    if (uuids.length < ids.length) return false;
    if (ids.length === 0) return true;
    const there = db.volumes
      .find({ host })
      .some(({ uuid, project_id }) => ids.includes(uuid) && project_id === ctxt.project_id);
    return there === together;
  };

const FILTERS: Readonly<Record<string, (env: FilterEnv) => Filter>> = {
  AvailabilityZoneFilter: () => availabilityZone,
  CapacityFilter: capacity,
  CapabilitiesFilter: () => capabilities,
  IgnoreAttemptedHostsFilter: () => ignoreAttemptedHosts,
  SameBackendFilter: (env) => affinity(env, "same_host", true),
  DifferentBackendFilter: (env) => affinity(env, "different_host", false),
};

/** The filters of those names. @throws SchedulerHostFilterNotFound naming all that there are not */
export function chooseFilters(names: readonly string[], env: FilterEnv): readonly Filter[] {
  const bad = names.filter((name) => !Object.hasOwn(FILTERS, name));
  if (bad.length > 0) throw new SchedulerHostFilterNotFound({ filter_name: bad.join(", ") });
  return names.flatMap((name) => FILTERS[name]?.(env) ?? []);
}
