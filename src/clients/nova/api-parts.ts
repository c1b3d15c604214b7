/**
 * What Nova has beside servers, for programs: keypairs, hypervisors, quotas, aggregates and services. Upstream:
 * novaclient/v1_1/{keypairs,hypervisors,quotas,aggregates,services}.py, 2.20.0.
 */
import type { Op } from "../../kernel/index.js";
import type { NovaClient } from "../../services/nova/client/index.js";
import { ApiPart } from "../api/part.js";
import {
  list,
  maybe,
  nullable,
  number,
  object,
  record,
  shaped,
  text,
  type Shaped,
} from "../api/shape.js";

const KEYPAIR = object({
  name: text,
  fingerprint: text,
  public_key: text,
  /** Only where Nova has made it, and this once. */
  private_key: maybe(text),
});

const HYPERVISOR = object({
  id: number,
  hypervisor_hostname: text,
  hypervisor_type: text,
  vcpus: number,
  vcpus_used: number,
  memory_mb: number,
  memory_mb_used: number,
  local_gb: number,
  local_gb_used: number,
  free_ram_mb: number,
  free_disk_gb: number,
  running_vms: number,
  current_workload: number,
});

const STATISTICS = object({
  count: number,
  vcpus: number,
  vcpus_used: number,
  memory_mb: number,
  memory_mb_used: number,
  local_gb: number,
  local_gb_used: number,
  running_vms: number,
});

const QUOTA = object({
  instances: number,
  cores: number,
  ram: number,
  floating_ips: number,
  fixed_ips: number,
  metadata_items: number,
  injected_files: number,
  key_pairs: number,
  security_groups: number,
  security_group_rules: number,
});

const AGGREGATE = object({
  id: number,
  name: text,
  availability_zone: nullable(text),
  hosts: list(text),
  metadata: record(text),
});

/**
 * A keypair of a user.
 *
 * @example
 * ```ts
 * import { Cloud, type Keypair } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const pair: Keypair = cloud.run(demo.nova.keypairs.create("mine"));
 * pair.private_key === undefined; // → false
 * ```
 */
export type Keypair = Shaped<typeof KEYPAIR>;
/**
 * A compute host, as the resource tracker last wrote it.
 *
 * @example
 * ```ts
 * import { Cloud, type NovaHypervisor } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const [host]: readonly NovaHypervisor[] = cloud.run(cloud.user("admin").nova.hypervisors.list());
 * host?.running_vms; // → 0
 * ```
 */
export type NovaHypervisor = Shaped<typeof HYPERVISOR>;
/**
 * All compute hosts together.
 *
 * @example
 * ```ts
 * import { Cloud, type HypervisorStatistics } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const all: HypervisorStatistics = cloud.run(cloud.user("admin").nova.hypervisors.statistics());
 * all.count; // → 1
 * ```
 */
export type HypervisorStatistics = Shaped<typeof STATISTICS>;
/**
 * What a project may have; -1 for no limit.
 *
 * @example
 * ```ts
 * import { Cloud, type NovaQuota } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const project = cloud.id("project", "demo") ?? "";
 * const quota: NovaQuota = cloud.run(cloud.user("admin").nova.quotas.show(project));
 * quota.instances; // → 10
 * ```
 */
export type NovaQuota = Shaped<typeof QUOTA>;
/**
 * Hosts that belong together.
 *
 * @example
 * ```ts
 * import { Cloud, type NovaAggregate } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const all: readonly NovaAggregate[] = cloud.run(cloud.user("admin").nova.aggregates.list());
 * all.length; // → 0
 * ```
 */
export type NovaAggregate = Shaped<typeof AGGREGATE>;

/**
 * Keypairs of a user: `demo.nova.keypairs`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const { keypairs } = cloud.user("demo").nova;
 * cloud.run(keypairs.create("mine"));
 * cloud.run(keypairs.list()).length; // → 1
 * ```
 */
export class NovaKeypairs extends ApiPart {
  readonly #client: NovaClient;

  constructor(client: NovaClient) {
    super();
    this.#client = client;
  }

  *list(): Op<readonly Keypair[]> {
    return shaped(list(KEYPAIR), yield* this.#client.keypairs.all(), "the list of keypairs");
  }

  /** @throws NotFound, ClientException */
  *show(name: string): Op<Keypair> {
    return shaped(KEYPAIR, yield* this.#client.keypairs.one(name), "the answer about a keypair");
  }

  /** @param publicKey without it, Nova makes both @throws Conflict, OverLimit, ClientException */
  *create(name: string, publicKey?: string): Op<Keypair> {
    const made = yield* this.#client.keypairs.add(name, publicKey);
    return shaped(KEYPAIR, made, "the answer about a keypair");
  }

  delete(name: string): Op<void> {
    return this.#client.keypairs.delete(name);
  }
}

/**
 * Compute hosts, for administrators: `admin.nova.hypervisors`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.run(cloud.user("admin").nova.hypervisors.list()).length; // → 1
 * ```
 */
export class NovaHypervisors extends ApiPart {
  readonly #client: NovaClient;

  constructor(client: NovaClient) {
    super();
    this.#client = client;
  }

  /** @throws Forbidden but for administrators; ClientException */
  *list(): Op<readonly NovaHypervisor[]> {
    const all = yield* this.#client.hypervisors.all(true);
    return shaped(list(HYPERVISOR), all, "the list of hypervisors");
  }

  /** @throws Forbidden but for administrators; ClientException */
  *statistics(): Op<HypervisorStatistics> {
    const all = yield* this.#client.hypervisors.statistics();
    return shaped(STATISTICS, all, "the statistics of hypervisors");
  }
}

/**
 * What projects may have of Nova: `admin.nova.quotas`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const { quotas } = cloud.user("admin").nova;
 * const project = cloud.id("project", "demo") ?? "";
 * cloud.run(quotas.set(project, { instances: 3 }));
 * cloud.run(quotas.show(project)).instances; // → 3
 * ```
 */
export class NovaQuotas extends ApiPart {
  readonly #client: NovaClient;

  constructor(client: NovaClient) {
    super();
    this.#client = client;
  }

  /** Of a project, by its id. @throws Forbidden, ClientException */
  *show(projectId: string): Op<NovaQuota> {
    return shaped(QUOTA, yield* this.#client.quotas.of(projectId), "the answer about a quota");
  }

  /** @throws Forbidden but for administrators; ClientException */
  set(projectId: string, limits: Partial<NovaQuota>): Op<void> {
    return this.#client.quotas.set(projectId, { ...limits });
  }
}

/**
 * Host aggregates, for administrators: `admin.nova.aggregates`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.run(cloud.user("admin").nova.aggregates.list()).length; // → 0
 * ```
 */
export class NovaAggregates extends ApiPart {
  readonly #client: NovaClient;

  constructor(client: NovaClient) {
    super();
    this.#client = client;
  }

  /** @throws Forbidden but for administrators; ClientException */
  *list(): Op<readonly NovaAggregate[]> {
    return shaped(list(AGGREGATE), yield* this.#client.aggregates.all(), "the list of aggregates");
  }
}
