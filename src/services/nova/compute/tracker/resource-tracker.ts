/**
 * How much of a node is in use: claimed by builds, counted from the database at every audit, and
 * written to compute_nodes for the scheduler when it differs from what was written last. An audit writes
 * columns and everybody else the whole row, so that one differs from the other whatever is in them.
 * Upstream: nova/compute/resource_tracker.py at 2014.2; nova §1.6.
 */
import type { RequestContext, Env } from "../../../../framework/index.js";
import { caught, aloud, quietly, type Op } from "../../../../kernel/index.js";
import type { ComputeNodeRef, ServiceRef } from "../../conductor/rpcapi.js";
import { NotFound } from "../../exception.js";
import type { ConductorStore } from "../../objects/wire/conductor-store.js";
import type { Instance } from "../../objects/instance.js";
import { getInstancesByHostAndNode } from "../../objects/instance.js";
import { copiedFlavor, type CopiedFields } from "../../objects/flavor.js";
import { getNewPciRequests, getPciRequests } from "../../objects/instance-pci-requests.js";
import { newMigration, type Migration } from "../../objects/migration/migration.js";
import type { Limits } from "../../scheduler/rpcapi.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeDriver } from "../../virt/driver.js";
import { claimLines, testClaim, usageOf, type InstanceUsage, type Sizes } from "./claims.js";
import { MigrationUsage } from "./migration-usage.js";
import { NodeUsage, differs, type NodeValues } from "./node-usage.js";

/** What is written: what an audit has found, or all that is known of the row (`compute_node`). */
type Scope = "audit" | "row";

/** `COMPUTE_RESOURCE_SEMAPHORE`: one lock for the host. */
const COMPUTE_RESOURCES = "compute_resources";

export class ResourceTracker {
  readonly #env: Env;
  readonly #store: ConductorStore;
  readonly #driver: ComputeDriver;
  readonly #host: string;
  readonly #node: string;
  readonly #usage: NodeUsage;
  readonly #moves: MigrationUsage;
  /** The compute_nodes row as it was found or made; without one, nothing is tracked. */
  #row: ComputeNodeRef | undefined;
  /** What was written last: `old_resources`. */
  #written: { readonly scope: Scope; readonly values: NodeValues } | undefined;

  constructor(env: Env, store: ConductorStore, driver: ComputeDriver) {
    this.#env = env;
    this.#store = store;
    this.#driver = driver;
    this.#host = env.host;
    this.#usage = new NodeUsage(env, driver);
    this.#node = this.#usage.node;
    this.#moves = new MigrationUsage(env, store, this.#usage);
  }

  get node(): string {
    return this.#node;
  }

  /** Count everything anew from the database. */
  *updateAvailableResource(ctxt: RequestContext): Op<void> {
    yield* this.#alone(this.#audit(ctxt));
  }

  /**
   * Do `op` with the resources of `instance` claimed; they are given back if it fails. Host and node
   * stay written on the instance all the same (nova §1.6).
   * @throws ComputeResourcesUnavailable
   */
  *instanceClaim<T>(ctxt: RequestContext, instance: Instance, limits: Limits, op: Op<T>): Op<T> {
    yield* this.#alone(this.#claim(ctxt, instance, limits));
    // `NopClaim`: what did not count is not given back.
    const counted = this.#row !== undefined;
    // `obj_clone`: what is given back is what was claimed, whatever becomes of the instance.
    const claimed: InstanceUsage = { ...usageOf(instance), vm_state: vmStates.DELETED };
    try {
      return yield* op;
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (counted) yield* this.#alone(this.#giveBack(ctxt, claimed));
      throw error;
    }
  }

  /**
   * Do `op` with room for `flavor` held for a server that comes here; it is given up if `op` fails, and
   * the migration's row stays. @throws ComputeResourcesUnavailable
   */
  *resizeClaim<T>(
    ctxt: RequestContext,
    instance: Instance,
    flavor: CopiedFields,
    limits: Limits,
    op: (migration: Migration) => Op<T>,
  ): Op<T> {
    const migration = yield* this.#alone(this.#claimMove(ctxt, instance, flavor, limits));
    try {
      return yield* op(migration);
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (this.#row !== undefined) yield* this.dropResizeClaim(ctxt, instance, flavor);
      throw error;
    }
  }

  /** It has come here for good, or has left, or never came. Without a flavor: that which it was to be. */
  *dropResizeClaim(ctxt: RequestContext, instance: Instance, flavor?: CopiedFields): Op<void> {
    yield* this.#alone(this.#drop(ctxt, instance, flavor));
  }

  *#drop(ctxt: RequestContext, instance: Instance, flavor?: CopiedFields): Op<void> {
    const { uuid, instance_type_id, system_metadata } = instance;
    if (!this.#usage.holds(uuid)) return;
    const dropped =
      flavor ?? (yield* this.#moves.flavor(ctxt, system_metadata, "new_", instance_type_id));
    if (this.#usage.release(uuid, dropped.id)) yield* this.#write(ctxt.elevated(), "row");
  }

  *#claimMove(
    ctxt: RequestContext,
    instance: Instance,
    flavor: CopiedFields,
    limits: Limits,
  ): Op<Migration> {
    const driver = this.#driver;
    if (this.#row !== undefined) {
      const askPci = getNewPciRequests(this.#store, ctxt, instance.uuid);
      yield* this.#test(flavor, limits, askPci);
    }
    const migration = newMigration(this.#store, {
      dest_compute: this.#host,
      dest_node: this.#node,
      dest_host: driver.hostIpAddress(),
      old_instance_type_id: copiedFlavor(instance.system_metadata, "").id,
      new_instance_type_id: flavor.id,
      status: "pre-migrating",
      instance_uuid: instance.uuid,
      source_compute: instance.host,
      source_node: instance.node,
    });
    yield* migration.create(ctxt.elevated());
    if (this.#row === undefined) return migration;
    const { instance_type_id, system_metadata } = instance;
    yield* this.#moves.count(ctxt, migration, { instance_type_id, system_metadata });
    yield* this.#write(ctxt.elevated(), "row");
    return migration;
  }

  /** An instance has changed. Only those that made a claim, or were seen by an audit, count. */
  *updateUsage(ctxt: RequestContext, instance: InstanceUsage): Op<void> {
    if (instance.host !== this.#host || instance.node !== this.#node) return;
    if (this.#row === undefined) return;
    yield* this.#alone(this.#track(ctxt, instance));
  }

  *#track(ctxt: RequestContext, instance: InstanceUsage): Op<void> {
    if (!this.#usage.tracks(instance.uuid)) return;
    this.#usage.update(instance);
    yield* this.#write(ctxt.elevated(), "row");
  }

  /** `abort_instance_claim`: even if an audit has found meanwhile that it is not here. */
  *#giveBack(ctxt: RequestContext, claimed: InstanceUsage): Op<void> {
    this.#usage.update(claimed);
    yield* this.#write(ctxt.elevated(), "row");
  }

  /** A claim looks at PCI devices, NUMA and the rest; here there are no such devices to test. @throws ComputeResourcesUnavailable */
  *#test(sizes: Sizes, limits: Limits, askPci: Op<unknown>): Op<void> {
    const overhead = this.#driver.memoryOverhead(sizes.memory_mb);
    const { total, used } = this.#usage;
    for (const line of claimLines(sizes, overhead, total, used, limits))
      this.#env.log("info", line);
    yield* askPci;
    testClaim(sizes, overhead, used, limits);
    this.#env.log("info", "Claim successful");
  }

  *#claim(ctxt: RequestContext, instance: Instance, limits: Limits): Op<void> {
    if (this.#row !== undefined) {
      yield* this.#test(instance, limits, getPciRequests(this.#store, ctxt, instance.uuid));
    }
    yield* this.#setHostAndNode(ctxt, instance);
    if (this.#row === undefined) return;
    this.#usage.update(instance);
    yield* this.#write(ctxt.elevated(), "row");
  }

  *#setHostAndNode(ctxt: RequestContext, instance: Instance): Op<void> {
    const updates = { host: this.#host, node: this.#node, launched_on: this.#host };
    const call = { instance_uuid: instance.uuid, updates, service: "conductor" } as const;
    yield* this.#store.conductor.instance_update(ctxt, call);
    // Set, not refreshed: what else has changed in memory still counts as changed.
    Object.assign(instance, updates);
  }

  *#audit(ctxt: RequestContext): Op<void> {
    const { conductor } = this.#store;
    const where = { host: this.#host, node: this.#node };
    const found = getInstancesByHostAndNode(this.#store, ctxt, this.#host, this.#node);
    const instances = yield* quietly(found);
    this.#usage.recount(instances);
    const moves = yield* quietly(conductor.migration_get_in_progress_by_host_and_node(ctxt, where));
    yield* this.#moves.countAll(ctxt, moves);
    if (this.#row === undefined) yield* this.#findNode(ctxt);
    else yield* aloud(this.#write(ctxt, "audit"));
  }

  /** Find the compute_nodes row of this host, or make it. */
  *#findNode(ctxt: RequestContext): Op<void> {
    const { conductor } = this.#store;
    const service = yield* this.#service(ctxt);
    if (service === undefined) return;
    const known = service.compute_node?.find((node) => node.hypervisor_hostname === this.#node);
    if (known !== undefined) {
      this.#row = known;
      yield* this.#write(ctxt, "audit");
      return;
    }
    const values = { ...this.#usage.values(), service_id: service.id };
    const made: ComputeNodeRef = yield* conductor.compute_node_create(ctxt, { values });
    this.#row = made;
    // The scheduler is not to miss the first event (`_create`). All the same, what was created does
    // not count as written, so the next audit writes the row, changed or not.
    yield* conductor.compute_node_update(ctxt, { node: { id: made.id }, values });
  }

  /** `service_get_by_compute_host`: without a record of its own the host tracks nothing. */
  *#service(ctxt: RequestContext): Op<ServiceRef | undefined> {
    const query = { topic: "compute", host: this.#host, binary: null };
    try {
      const found = yield* quietly(this.#store.conductor.service_get_all_by(ctxt, query));
      return (Array.isArray(found) ? found[0] : found) ?? undefined;
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      this.#env.log("warning", `No service record for host ${this.#host}`);
      return undefined;
    }
  }

  /** `_update`: written only when something differs from the last time. */
  *#write(ctxt: RequestContext, scope: Scope): Op<void> {
    if (this.#row === undefined) return;
    const values = this.#usage.values();
    const last = this.#written;
    if (last?.scope === scope && !differs(last.values, values)) return;
    this.#written = { scope, values };
    const { id, ...row } = this.#row;
    const written = scope === "row" ? { ...row, ...values } : values;
    yield* this.#store.conductor.compute_node_update(ctxt, { node: { id }, values: written });
  }

  #alone<T>(op: Op<T>): Op<T> {
    return this.#env.locks.synchronized(COMPUTE_RESOURCES, op);
  }
}
