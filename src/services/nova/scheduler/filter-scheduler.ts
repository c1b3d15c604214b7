/**
 * Chooses hosts: filters them, weighs those that pass, takes the best, and counts what it will use
 * before choosing for the next instance. All instances of a request find a host, or none does.
 * Upstream: nova/scheduler/filter_scheduler.py at 2014.2; nova §1.5.
 */
import type { Notifier } from "../../../bus/index.js";
import type { FlagsOf, RequestContext } from "../../../framework/index.js";
import type { Op, Stream } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";
import { NoValidHost } from "../exception.js";
import type { FilterEnv } from "./filters/filter.js";
import { chooseFilters } from "./filters/registry.js";
import type { schedulerFlags } from "./flags.js";
import { groupOf } from "./groups.js";
import { HostManager } from "./host-manager.js";
import type { Consumer, HostState } from "./host-state.js";
import type { SchedulingRequest } from "./request.js";
import type { Destination, FilterProperties, RequestSpec } from "./rpcapi.js";
import { chooseWeighers } from "./weights/registry.js";
import { heaviest, weights, type Weigher } from "./weights/weigher.js";

export interface FilterSchedulerOptions extends FilterEnv {
  readonly notifier: Notifier;
  /** Where the choice among the best comes from. */
  readonly chance: Stream;
}

export class FilterScheduler {
  readonly #db: NovaDatabase;
  readonly #flags: FlagsOf<typeof schedulerFlags>;
  readonly #notifier: Notifier;
  readonly #chance: Stream;
  readonly #hosts: HostManager;
  readonly #weighers: readonly Weigher[];

  /** @throws SchedulerHostFilterNotFound if a filter of the flags does not exist */
  constructor(options: FilterSchedulerOptions) {
    this.#db = options.db;
    this.#flags = options.flags;
    this.#notifier = options.notifier;
    this.#chance = options.chance;
    const filters = chooseFilters(options.flags.scheduler_default_filters, options);
    this.#hosts = new HostManager(options.db, filters);
    this.#weighers = chooseWeighers(options.flags);
  }

  /** A destination for each instance, in their order. @throws NoValidHost if any found none */
  *selectDestinations(
    ctxt: RequestContext,
    requestSpec: RequestSpec,
    filterProperties: FilterProperties,
  ): Op<Destination[]> {
    const payload = { request_spec: requestSpec };
    yield* this.#notifier.info(ctxt, "scheduler.select_destinations.start", payload);
    const selected = this.#schedule(ctxt, requestSpec, filterProperties);
    // What was consumed for those that did find a host is not given back.
    if (selected.length < requestSpec.num_instances) throw new NoValidHost({ reason: "" });
    yield* this.#notifier.info(ctxt, "scheduler.select_destinations.end", payload);
    return selected.map(({ host, nodename, limits }) => ({ host, nodename, limits }));
  }

  #schedule(
    context: RequestContext,
    requestSpec: RequestSpec,
    filterProperties: FilterProperties,
  ): HostState[] {
    const filterNames = this.#flags.scheduler_default_filters;
    const group = groupOf(this.#db, context, filterProperties, filterNames);
    const request: SchedulingRequest = {
      requestSpec,
      instanceType: requestSpec.instance_type,
      filterProperties,
      groupHosts: group?.hosts,
      groupPolicies: group?.policies ?? [],
    };
    const consumer = requestSpec.instance_properties as unknown as Consumer;
    const now = this.#db.utcnow();
    const selected: HostState[] = [];
    let hosts = this.#hosts.allHostStates();
    for (let index = 0; index < requestSpec.num_instances; index++) {
      // Who failed for one instance is not asked again for the next.
      hosts = this.#hosts.filtered(hosts, request, index);
      if (hosts.length === 0) break;
      const chosen = this.#choose(hosts);
      selected.push(chosen);
      this.#hosts.consume(chosen, consumer, now);
      group?.hosts.add(chosen.host);
    }
    return selected;
  }

  /** One of the best by chance, out of as many as the flag says. */
  #choose(hosts: readonly HostState[]): HostState {
    const size = Math.max(1, Math.min(this.#flags.scheduler_host_subset_size, hosts.length));
    return this.#chance.pick(heaviest(hosts, weights(this.#weighers, hosts), size));
  }
}
