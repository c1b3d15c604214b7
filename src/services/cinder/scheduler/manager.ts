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
import { type Exception } from "../../../python/index.js";
import { cinderSerializer } from "../context.js";
import type { CinderDatabase } from "../db/database.js";
import { volumeUpdate } from "../db/volumes.js";
import { CinderException, NoValidHost } from "../exception.js";
import { cinderNotifier, exceptionPayload } from "../notifications.js";
import type { RequestSpec } from "../request-spec.js";
import { volumeApi } from "../volume/rpcapi.js";
import { FilterScheduler } from "./filter-scheduler.js";
import { schedulerApi, type Pool } from "./rpcapi.js";

type Args<M extends keyof (typeof schedulerApi)["methods"]> = ArgsIn<typeof schedulerApi, M>;

const TASK = "cinder.scheduler.flows.create_volume.ScheduleCreateVolumeTask;volume:create";

export class SchedulerManager
  extends Manager
  implements Serves<typeof schedulerApi, RequestContext>
{
  readonly #db: CinderDatabase;
  readonly #driver: FilterScheduler;
  readonly #volumes: ClientOf<typeof volumeApi, RequestContext>;
  readonly #notifier: Notifier;

  constructor(env: Env, db: CinderDatabase) {
    super(env);
    this.#db = db;
    this.#volumes = clientOf(volumeApi, new RpcClient(env.bus, cinderSerializer));
    this.#driver = new FilterScheduler(env, db, this.#volumes);
    this.#notifier = cinderNotifier(env, "scheduler");
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

  *get_pools(): Op<Pool[]> {
    return this.#driver.hosts.pools();
  }

  *update_service_capabilities(
    _ctxt: RequestContext,
    { service_name, host, capabilities }: Args<"update_service_capabilities">,
  ): Op<void> {
    this.#driver.hosts.report(service_name, host, capabilities);
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
