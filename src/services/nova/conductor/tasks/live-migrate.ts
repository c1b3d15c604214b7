/**
 * A running server goes to another host: whether it can is asked of both hosts before the one that it is on
 * is told. Whoever asked waits until then. Upstream: nova/conductor/tasks/live_migrate.py
 * (LiveMigrationTask), nova/conductor/manager.py (_live_migrate) at 2014.2; nova §3.4, NOV-254 to NOV-256.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import {
  IndexException,
  subscript,
  type Exception,
  type Frame,
  type JsonObject,
} from "../../../../python/index.js";
import * as powerStates from "../../../../hardware/power-states.js";
import { serviceByComputeHost } from "../../db/services.js";
import type { ComputeNodeRow } from "../../db/schema.js";
import * as errors from "../../exception.js";
import { imageOfInstance } from "../../image/instance-image.js";
import type { Instance } from "../../objects/instance.js";
import type { Destination } from "../../scheduler/rpcapi.js";
import type { DatabaseServiceGroup } from "../../servicegroup.js";
import * as taskStates from "../../states/task-states.js";
import { buildRequestSpec } from "../request-spec.js";
import { setVmStateAndNotify } from "../scheduling-failure.js";
import type { MoveOptions } from "./cold-migrate.js";

export interface LiveMigration {
  readonly instance: Instance;
  /** null: the scheduler finds one. */
  readonly destination: string | null;
  readonly blockMigration: boolean;
  readonly diskOverCommit: boolean;
}

export interface LiveOptions extends MoveOptions {
  readonly services: DatabaseServiceGroup;
  /** `migrate_max_retries`; -1: as long as there are hosts. */
  readonly maxRetries: number;
}

/** What a live migration is refused with; after anything else the task stays. */
export const REFUSALS: readonly (new (...args: never[]) => Exception)[] = [
  errors.NoValidHost,
  errors.ComputeServiceUnavailable,
  errors.InvalidHypervisorType,
  errors.UnableToMigrateToSelf,
  errors.DestinationHypervisorTooOld,
  errors.InvalidLocalStorage,
  errors.InvalidSharedStorage,
  errors.HypervisorUnavailable,
  errors.InstanceNotRunning,
  errors.MigrationPreCheckError,
];

const EXECUTING: readonly Frame[] = [
  {
    file: "nova/conductor/manager.py",
    line: 562,
    name: "_live_migrate",
    code: "block_migration, disk_over_commit)",
  },
];

/** @throws one of the refusals; MigrationError for what nobody foresaw */
export function* liveMigrate(
  options: LiveOptions,
  ctxt: RequestContext,
  migration: LiveMigration,
): Op<null> {
  const { instance, destination } = migration;
  try {
    yield* new LiveMigrationTask(options, ctxt, migration).execute();
    return null;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (REFUSALS.some((kind) => error instanceof kind)) {
      yield* refused(options, ctxt, instance, error);
      throw error;
    }
    const where = `${instance.uuid} to host ${destination ?? "None"}`;
    options.env.log("error", `Migration of instance ${where} unexpectedly failed.`);
    throw new errors.MigrationError({ reason: error.message });
  }
}

function* refused(
  { store, env, notifier, changes }: LiveOptions,
  ctxt: RequestContext,
  { uuid, vm_state }: Instance,
  error: Exception,
): Op<void> {
  env.log("warning", `Failed to compute_task_migrate_server: ${error.message}`);
  env.log("warning", `Setting instance to ${vm_state.toUpperCase()} state.`);
  yield* setVmStateAndNotify(store, notifier, changes, ctxt, uuid, {
    service: "compute_task",
    method: "migrate_server",
    updates: { vm_state, task_state: null },
    expected: { expected_task_state: taskStates.MIGRATING },
    error,
    requestSpec: { instance_properties: { uuid } },
    host: env.host,
    caught: EXECUTING,
  });
}

class LiveMigrationTask {
  readonly #options: LiveOptions;
  readonly #ctxt: RequestContext;
  readonly #migration: LiveMigration;
  readonly #source: string;

  constructor(options: LiveOptions, ctxt: RequestContext, migration: LiveMigration) {
    this.#options = options;
    this.#ctxt = ctxt;
    this.#migration = migration;
    this.#source = migration.instance.host ?? "None";
  }

  *execute(): Op<void> {
    const { instance, destination, blockMigration: block_migration } = this.#migration;
    if (instance.power_state !== powerStates.RUNNING) {
      throw new errors.InstanceNotRunning({ instance_id: instance.uuid });
    }
    this.#checkUp(this.#source);
    const [dest, migrate_data] = yield* destination === null || destination === ""
      ? this.#find()
      : this.#checked(destination);
    const source = this.#options.compute.prepare({ server: this.#source });
    const call = { instance, dest, block_migration, migrate_data };
    yield* source.live_migration(this.#ctxt, call);
  }

  /** @throws ComputeServiceUnavailable */
  #checkUp(host: string): void {
    const { store, services } = this.#options;
    try {
      if (services.isUp(serviceByComputeHost(store.db, host))) return;
    } catch (error) {
      if (!(error instanceof errors.NotFound)) throw error;
    }
    throw new errors.ComputeServiceUnavailable({ host });
  }

  *#checked(host: string): Op<[string, JsonObject | null]> {
    const { uuid, memory_mb } = this.#migration.instance;
    if (host === this.#source) throw new errors.UnableToMigrateToSelf({ instance_id: uuid, host });
    this.#checkUp(host);
    const avail = this.#node(host).free_ram_mb;
    if (memory_mb === 0 || avail <= memory_mb) {
      const much = `Lack of memory(host:${String(avail)} <= instance:${String(memory_mb)})`;
      const reason = `Unable to migrate ${uuid} to ${host}: ${much}`;
      throw new errors.MigrationPreCheckError({ reason });
    }
    this.#checkHypervisors(host);
    return [host, yield* this.#ask(host)];
  }

  /** One host after another, until one says that it can. @throws NoValidHost */
  *#find(): Op<[string, JsonObject | null]> {
    const { instance } = this.#migration;
    const { store, scheduler, env } = this.#options;
    const image =
      instance.image_ref === ""
        ? null
        : yield* imageOfInstance(this.#options, this.#ctxt, instance);
    const request_spec = buildRequestSpec(store.db, image, [instance]);
    const attempted = [this.#source];
    for (;;) {
      this.#checkRetries(attempted.length - 1);
      const filter_properties = { ignore_hosts: [...attempted] };
      const asked = { request_spec, filter_properties };
      const hosts = yield* scheduler.select_destinations(this.#ctxt, asked);
      const { host } = subscript(hosts, 0) as Destination;
      try {
        this.#checkHypervisors(host);
        return [host, yield* this.#ask(host)];
      } catch (thrown) {
        const error = yield* caught(thrown);
        if (!(error instanceof errors.Invalid)) throw error;
        env.log("debug", `Skipping host: ${host} because: ${error.message}`);
        attempted.push(host);
      }
    }
  }

  /** @throws NoValidHost */
  #checkRetries(retries: number): void {
    const { maxRetries } = this.#options;
    if (maxRetries === -1 || retries <= maxRetries) return;
    const { uuid } = this.#migration.instance;
    const reason = `Exceeded max scheduling retries ${String(retries)} for instance ${uuid} during live migration`;
    throw new errors.NoValidHost({ reason });
  }

  /** @throws InvalidHypervisorType, DestinationHypervisorTooOld */
  #checkHypervisors(host: string): void {
    const [source, destination] = [this.#node(this.#source), this.#node(host)];
    if (source.hypervisor_type !== destination.hypervisor_type) {
      throw new errors.InvalidHypervisorType();
    }
    if (source.hypervisor_version > destination.hypervisor_version) {
      throw new errors.DestinationHypervisorTooOld();
    }
  }

  /** @throws ComputeHostNotFound; IndexError for a nova-compute that has told of no node */
  #node(host: string): ComputeNodeRow {
    const { db } = this.#options.store;
    const [node] = db.compute_nodes.find({ service_id: serviceByComputeHost(db, host).id });
    if (node === undefined) throw new IndexException("list index out of range");
    return node;
  }

  *#ask(host: string): Op<JsonObject | null> {
    const { instance, blockMigration, diskOverCommit } = this.#migration;
    const destination = this.#options.compute.prepare({ server: host });
    return yield* destination.check_can_live_migrate_destination(this.#ctxt, {
      instance,
      block_migration: blockMigration,
      disk_over_commit: diskOverCommit,
    });
  }
}
