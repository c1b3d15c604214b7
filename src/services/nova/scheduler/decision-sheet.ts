/**
 * What is noted down of one decision while it is made: who was left out, what each filter compared,
 * what each weigher added. Only where somebody keeps it; nothing of the choice depends on it. Upstream
 * has log lines alone (`notes.ts`).
 */
import type { Scale, Sieve, Verdict } from "../../../framework/observations.js";
import type { HostTest } from "./filters/filter.js";
import type { HostState } from "./host-state.js";
import type { DecisionFacts } from "./notes.js";
import type { SchedulingRequest } from "./request.js";
import { scaled, type Weigher } from "./weights/weigher.js";

/** A node by the name of its host, unless it has one of its own. */
export const labelOf = ({ host, nodename }: HostState): string =>
  host === nodename ? host : `${host}/${nodename}`;

export class DecisionSheet {
  readonly #request: SchedulingRequest;
  readonly #index: number;
  readonly #candidates: DecisionFacts["candidates"];
  readonly #leftOut: (readonly [string, string])[] = [];
  readonly #filters: Sieve[] = [];
  #unfiltered = false;

  constructor(request: SchedulingRequest, index: number, hosts: readonly HostState[]) {
    this.#request = request;
    this.#index = index;
    // As they are now: the chosen one will have less in a moment.
    this.#candidates = hosts.map((host) => [labelOf(host), stateOf(host)]);
  }

  leaveOut(hosts: readonly HostState[], why: string): void {
    for (const host of hosts) this.#leftOut.push([labelOf(host), why]);
  }

  /** Hosts were forced. */
  passAll(): void {
    this.#unfiltered = true;
  }

  skip(filter: string): void {
    this.#filters.push({ filter, skipped: true, verdicts: [] });
  }

  sieve(filter: string, verdicts: readonly Verdict[]): void {
    this.#filters.push({ filter, verdicts });
  }

  /** What `test` found about `host`. */
  verdict(host: HostState, passed: boolean, test: HostTest | undefined): Verdict {
    return [labelOf(host), passed, test?.compared(host) ?? ""];
  }

  /** All of it, when `chosen` has been drawn out of `ranked`, heaviest first, or nobody was left. */
  facts(
    ranked: readonly (readonly [HostState, number])[],
    weighers: readonly Weigher[],
    subset: number,
    chosen: HostState | undefined,
  ): DecisionFacts {
    const { requestSpec, instanceType, filterProperties, groupHosts, groupPolicies } =
      this.#request;
    const { instance_properties: instance, instance_uuids, num_instances } = requestSpec;
    const { name, memory_mb, vcpus, root_gb, ephemeral_gb, swap, extra_specs } = instanceType;
    const { scheduler_hints, force_hosts, force_nodes, ignore_hosts, retry } = filterProperties;
    const zone = instance["availability_zone"];
    const hosts = ranked.map(([host]) => host);
    const shownName = instance["display_name"];
    return {
      instance: instance_uuids[this.#index] ?? "",
      name: typeof shownName === "string" ? shownName : "",
      index: this.#index,
      of: num_instances,
      asked: { flavor: name, memory_mb, vcpus, root_gb, ephemeral_gb, swap },
      given: {
        ...(typeof zone === "string" && zone !== "" && { availability_zone: zone }),
        ...(extra_specs && Object.keys(extra_specs).length > 0 && { extra_specs }),
        ...(scheduler_hints && { scheduler_hints: { ...scheduler_hints } }),
        ...(force_hosts && { force_hosts }),
        ...(force_nodes && { force_nodes }),
        ...(ignore_hosts && { ignore_hosts }),
        ...(retry && { attempt: retry.num_attempts, tried: retry.hosts.map(([host]) => host) }),
        ...(groupHosts && { group: { policies: groupPolicies, hosts: [...groupHosts] } }),
      },
      candidates: this.#candidates,
      left_out: this.#leftOut,
      ...(this.#unfiltered && { unfiltered: true as const }),
      filters: this.#filters,
      weighers: weighers.map((weigher) => scaleOf(weigher, hosts)),
      weights: ranked.map(([host, weight]) => [labelOf(host), weight]),
      subset,
      chosen: chosen === undefined ? null : labelOf(chosen),
      limits: { ...chosen?.limits },
    };
  }
}

function stateOf(host: HostState): Readonly<Record<string, number>> {
  return {
    free_ram_mb: host.free_ram_mb,
    total_ram_mb: host.total_usable_ram_mb,
    free_disk_mb: host.free_disk_mb,
    total_disk_gb: host.total_usable_disk_gb,
    vcpus_used: host.vcpus_used,
    vcpus_total: host.vcpus_total,
    instances: host.num_instances,
    io_ops: host.num_io_ops,
  };
}

function scaleOf(weigher: Weigher, hosts: readonly HostState[]): Scale {
  const { measured, added } = scaled(weigher, hosts);
  return {
    weigher: weigher.name,
    multiplier: weigher.multiplier,
    weights: hosts.map((host, at) => [labelOf(host), measured[at] ?? 0, added[at] ?? 0]),
  };
}
