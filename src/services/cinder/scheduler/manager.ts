/**
 * Serves topic `cinder-scheduler`. Not the choice itself, which is the driver's; but what becomes of a
 * volume for which there is none. Upstream: cinder/scheduler/manager.py (SchedulerManager 1.7),
 * cinder/scheduler/flows/create_volume.py at 2014.2.
 */
import {
  RpcClient,
  clientOf,
  endpoint,
  type ArgsIn,
  type ClientOf,
  type Endpoint,
  type Notifier,
  type Serves,
} from "../../../bus/index.js";
import { Manager, adminContext, type Env, type RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { str, truth, type Exception } from "../../../python/index.js";
import { cinderSerializer } from "../context.js";
import type { CinderDatabase } from "../db/database.js";
import type { VolumeRow } from "../db/schema.js";
import { volumeGet, volumeUpdate } from "../db/volumes.js";
import { CinderException, NoValidHost } from "../exception.js";
import { backendOf } from "../hosts.js";
import { cinderNotifier, exceptionPayload } from "../notifications.js";
import { QuotaEngine } from "../quota/quota-engine.js";
import type { MoveSpec, RequestSpec } from "../request-spec.js";
import { volumeApi } from "../volume/rpcapi.js";
import { FilterScheduler } from "./filter-scheduler.js";
import type { PoolState } from "./pool-state.js";
import { schedulerApi, type Pool } from "./rpcapi.js";

type Args<M extends keyof (typeof schedulerApi)["methods"]> = ArgsIn<typeof schedulerApi, M>;

const TASK = "cinder.scheduler.flows.create_volume.ScheduleCreateVolumeTask;volume:create";

/** A volume that cannot be moved. */
interface Refusal {
  readonly method: string;
  readonly request_spec: MoveSpec;
  /** What it goes back to. */
  readonly state: Partial<Pick<VolumeRow, "status" | "migration_status">>;
  readonly error: Exception;
  readonly words?: string;
}

const destination = ({ host, capabilities }: PoolState) => ({ host, capabilities });

export class SchedulerManager
  extends Manager
  implements Serves<typeof schedulerApi, RequestContext>
{
  readonly #db: CinderDatabase;
  readonly #driver: FilterScheduler;
  readonly #volumes: ClientOf<typeof volumeApi, RequestContext>;
  readonly #notifier: Notifier;
  readonly #quotas: QuotaEngine;

  constructor(env: Env, db: CinderDatabase) {
    super(env);
    this.#db = db;
    this.#volumes = clientOf(volumeApi, new RpcClient(env.bus, cinderSerializer));
    this.#driver = new FilterScheduler(env, db, this.#volumes);
    this.#notifier = cinderNotifier(env, "scheduler");
    this.#quotas = new QuotaEngine(env, db);
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(schedulerApi, this)];
  }

  /** It asks every volume service to report before it listens itself (LP 1409012). */
  override *init_host(): Op<void> {
    const everybody = this.#volumes.prepare({ fanout: true });
    yield* everybody.publish_service_capabilities(adminContext(this.env), {});
  }

  *create_volume(
    ctxt: RequestContext,
    { request_spec, filter_properties }: Args<"create_volume">,
  ): Op<void> {
    try {
      yield* this.#driver.scheduleCreateVolume(ctxt, request_spec, filter_properties);
    } catch (thrown) {
      const error = yield* caught(thrown);
      yield* this.#failed(ctxt, request_spec, error);
      // That there is no host is nothing that anybody could be told beside.
      if (!(error instanceof NoValidHost)) throw error;
    }
  }

  *migrate_volume_to_host(ctxt: RequestContext, args: Args<"migrate_volume_to_host">): Op<void> {
    const { volume_id, host, force_host_copy, request_spec, filter_properties } = args;
    let pool: PoolState;
    try {
      pool = this.#driver.hostPassesFilters(ctxt, host, request_spec, filter_properties ?? {});
    } catch (thrown) {
      const error = yield* caught(thrown);
      const state = { migration_status: null };
      yield* this.#refused(ctxt, { method: "migrate_volume_to_host", request_spec, state, error });
      if (!(error instanceof NoValidHost)) throw error;
      return;
    }
    const volume = volumeGet(this.#db, ctxt, volume_id);
    yield* this.#volumes
      .prepare({ server: backendOf(volume.host ?? "") })
      .migrate_volume(ctxt, { volume_id, host: destination(pool), force_host_copy });
  }

  *retype(ctxt: RequestContext, args: Args<"retype">): Op<void> {
    const { volume_id, request_spec, filter_properties } = args;
    const volume = volumeGet(this.#db, ctxt, volume_id);
    const reservations = request_spec.quota_reservations ?? [];
    const policy = request_spec.migration_policy ?? "";
    const migration_policy = truth(policy) ? str(policy) : "never";
    const type = str(request_spec.volume_type?.["id"] ?? null);
    let pool: PoolState;
    try {
      pool = this.#driver.findRetypeHost(ctxt, request_spec, filter_properties, migration_policy);
    } catch (thrown) {
      const error = yield* caught(thrown);
      this.#quotas.rollback(ctxt, reservations);
      const free = volume.instance_uuid === null && volume.attached_host === null;
      const state = { status: free ? "available" : "in-use" };
      const none = error instanceof NoValidHost;
      const words = `Could not find a host for volume ${volume_id} with type ${type}.`;
      const failure = { method: "retype", request_spec, state, error, ...(none && { words }) };
      yield* this.#refused(ctxt, failure);
      if (!none) throw error;
      return;
    }
    yield* this.#volumes.prepare({ server: backendOf(volume.host ?? "") }).retype(ctxt, {
      volume_id,
      new_type_id: type,
      host: destination(pool),
      migration_policy,
      reservations,
    });
  }

  *get_pools(): Op<Pool[]> {
    return this.#driver.hosts.pools();
  }

  *update_service_capabilities(
    _ctxt: RequestContext,
    { service_name, host, capabilities }: Args<"update_service_capabilities">,
  ): Op<void> {
    this.#driver.hosts.report(service_name, host, capabilities);
  }

  /** `_set_volume_state_and_notify`. */
  *#refused(
    ctxt: RequestContext,
    { method, request_spec, state, error, words }: Refusal,
  ): Op<void> {
    this.env.log("error", words ?? `Failed to schedule_${method}: ${error.message}`);
    const { volume_id, volume_properties } = request_spec;
    volumeUpdate(this.#db, ctxt, volume_id, state);
    yield* this.#notifier.error(ctxt, `scheduler.${method}`, {
      // The driver has completed it.
      request_spec: { ...request_spec, resource_properties: volume_properties },
      volume_properties,
      volume_id,
      state,
      method,
      reason: exceptionPayload(error),
    });
  }

  *#failed(ctxt: RequestContext, request_spec: RequestSpec, cause: Exception): Op<void> {
    const { volume_id, volume_properties } = request_spec;
    yield* this.#notifier.error(ctxt, "scheduler.create_volume", {
      request_spec,
      volume_properties,
      volume_id,
      state: "error",
      method: "create_volume",
      reason: exceptionPayload(cause),
    });
    this.env.log("error", `Failed to run task ${TASK}: ${cause.message}`);
    try {
      volumeUpdate(this.#db, ctxt, volume_id, { status: "error" });
    } catch (error) {
      if (!(error instanceof CinderException)) throw error;
      const what = `Failed updating volume ${volume_id} with {'status': 'error'}`;
      this.env.log("error", what);
    }
  }
}
