/**
 * Chooses a pool for a volume: filters, weighs, takes the best, promises it the room, and tells its
 * host. A host that has failed is not left out at the next attempt, unless a filter says so. Upstream:
 * cinder/scheduler/filter_scheduler.py at 2014.2.
 */
import type { ClientOf } from "../../../bus/index.js";
import type { Env, FlagsOf, RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { repr, str, type Json } from "../../../python/index.js";
import type { CinderDatabase } from "../db/database.js";
import { volumeUpdate } from "../db/volumes.js";
import { NoValidHost } from "../exception.js";
import { backendOf, poolOf } from "../hosts.js";
import type {
  FilterProperties,
  MoveSpec,
  RequestSpec,
  Retry,
  SchedulingSpec,
} from "../request-spec.js";
import type { volumeApi } from "../volume/rpcapi.js";
import { chooseFilters } from "./filters.js";
import { schedulerFlags } from "./flags.js";
import { HostManager } from "./host-manager.js";
import type { PoolState } from "./pool-state.js";
import { weighed } from "./weighers.js";

export class FilterScheduler {
  readonly hosts: HostManager;
  readonly #env: Env;
  readonly #db: CinderDatabase;
  readonly #flags: FlagsOf<typeof schedulerFlags>;
  readonly #volumes: ClientOf<typeof volumeApi, RequestContext>;

  constructor(env: Env, db: CinderDatabase, volumes: ClientOf<typeof volumeApi, RequestContext>) {
    this.#env = env;
    this.#db = db;
    this.#volumes = volumes;
    this.#flags = env.flags.read(schedulerFlags);
    this.hosts = new HostManager(env, db);
  }

  /** @throws NoValidHost, SchedulerHostFilterNotFound, SchedulerHostWeigherNotFound */
  *scheduleCreateVolume(
    ctxt: RequestContext,
    request_spec: RequestSpec,
    given: FilterProperties,
  ): Op<void> {
    const { volume_id, snapshot_id, image_id, volume_properties: properties } = request_spec;
    const spec: RequestSpec = { ...request_spec, resource_properties: properties };
    const filled = this.#filled(spec, given);
    const [pool] = this.#candidates(ctxt, filled);
    if (pool === undefined) {
      // It says properties and means the type.
      const type = repr(spec.volume_type);
      this.#env.log("warning", `No weighed hosts found for volume with properties: ${type}`);
      throw new NoValidHost({ reason: "No weighed hosts available" });
    }
    pool.consume(properties.size, this.#env.kernel.now);
    const { host } = pool;
    volumeUpdate(this.#db, ctxt, volume_id, { host, scheduled_at: this.#env.utcnow() });
    const { retry } = filled;
    const filter_properties = {
      ...filled,
      ...(retry && { retry: { ...retry, hosts: [...(retry.hosts ?? []), host] } }),
    };
    yield* this.#volumes.prepare({ server: backendOf(host) }).create_volume(ctxt, {
      volume_id,
      request_spec: spec,
      filter_properties,
      allow_reschedule: true,
      snapshot_id,
      image_id,
      source_replicaid: null,
      source_volid: null,
      consistencygroup_id: null,
    });
  }

  /** The pool of that name, if it may take a volume. @throws NoValidHost */
  hostPassesFilters(
    ctxt: RequestContext,
    host: string,
    request_spec: MoveSpec,
    given: FilterProperties,
  ): PoolState {
    const passed = this.#candidates(ctxt, this.#filled(completed(request_spec), given));
    const pool = passed.find((one) => one.host === host);
    if (pool !== undefined) return pool;
    throw new NoValidHost({ reason: `Cannot place volume ${request_spec.volume_id} on ${host}` });
  }

  /** Where a volume may be with another type: where it is, or else elsewhere. @throws NoValidHost */
  findRetypeHost(
    ctxt: RequestContext,
    request_spec: MoveSpec,
    given: FilterProperties,
    policy: Json,
  ): PoolState {
    const { volume_id, volume_type, volume_properties: properties } = request_spec;
    const current = str(properties["host"] ?? "");
    const filled = this.#filled(completed(request_spec), { ...given, vol_exists_on: current });
    const passed = this.#candidates(ctxt, filled);
    const of = `for volume ${volume_id} with type ${repr(volume_type)}`;
    const [best] = passed;
    if (best === undefined) throw new NoValidHost({ reason: `No valid hosts ${of}` });
    const here =
      passed.find(({ host }) => host === current) ??
      // The host of a volume of old names no pool.
      (poolOf(current) === undefined
        ? passed.find(({ host }) => backendOf(host) === current)
        : undefined);
    if (here !== undefined) return here;
    if (policy === "never") {
      const reason = `Current host not valid ${of}, migration not allowed`;
      throw new NoValidHost({ reason });
    }
    best.consume(properties.size, this.#env.kernel.now);
    return best;
  }

  /** `_populate_retry` and `populate_filter_properties`. @throws NoValidHost after the last attempt */
  #filled(request_spec: SchedulingSpec, { retry, ...given }: FilterProperties): FilterProperties {
    const { volume_properties: properties, volume_type } = request_spec;
    const now = this.#retry(retry);
    return {
      ...given,
      ...(now && { retry: now }),
      request_spec,
      config_options: {},
      volume_type,
      resource_type: volume_type,
      size: properties.size,
      availability_zone: properties.availability_zone,
      user_id: properties.user_id,
      metadata: properties["metadata"] ?? null,
      qos_specs: properties["qos_specs"] ?? null,
    };
  }

  #retry(last: Retry | undefined): Retry | undefined {
    const { scheduler_max_attempts: most } = this.#flags;
    if (most === 1) return undefined;
    const { num_attempts = 0, hosts = [], exc } = last ?? {};
    const retry = { num_attempts: num_attempts + 1, hosts };
    const lastHost = hosts.at(-1);
    if (exc !== undefined && lastHost !== undefined) {
      // The properties hold no volume_id, here and below.
      const why = `${lastHost} : ${exc.join("")}`;
      this.#env.log("error", `Error scheduling None from last vol-service: ${why}`);
    }
    if (retry.num_attempts <= most) return retry;
    const reason = `Exceeded max scheduling attempts ${String(most)} for volume None`;
    throw new NoValidHost({ reason });
  }

  /** `_get_weighted_candidates`: the best first. */
  #candidates(ctxt: RequestContext, properties: FilterProperties): PoolState[] {
    const env = this.#env;
    const db = this.#db;
    const { scheduler_default_filters: names, scheduler_default_weighers: weighers } = this.#flags;
    const pools = this.hosts.poolStates();
    const filters = chooseFilters(names, { env, db });
    const passed = pools.filter((pool) =>
      filters.every((filter) => filter(pool, { ctxt, properties })),
    );
    if (passed.length === 0) return [];
    const chance = env.stream("chance weigher");
    return weighed(passed, weighers, { ctxt, db, flags: this.#flags, chance });
  }
}

const completed = (spec: MoveSpec): MoveSpec => ({
  ...spec,
  resource_properties: spec.volume_properties,
});
