/**
 * Serves topic `scheduler`. Not the choice itself, which is the driver's. Upstream:
 * nova/scheduler/manager.py (SchedulerManager 3.0) at 2014.2.
 */
import { endpoint, expectedExceptions, type Endpoint, type Serves } from "../../../bus/index.js";
import {
  Manager,
  serviceDownTime,
  type PeriodicTask,
  type RequestContext,
  type Env,
} from "../../../framework/index.js";
import { aloud, type Op } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";
import { expireReservations } from "../db/quota/reservations.js";
import { NoValidHost } from "../exception.js";
import { novaNotifier } from "../notifications.js";
import { FilterScheduler } from "./filter-scheduler.js";
import { schedulerFlags } from "./flags.js";
import { SchedulerNotes } from "./notes.js";
import {
  schedulerApi,
  type Destination,
  type FilterProperties,
  type RequestSpec,
} from "./rpcapi.js";

export class SchedulerManager
  extends Manager
  implements Serves<typeof schedulerApi, RequestContext>
{
  readonly #db: NovaDatabase;
  readonly #driver: FilterScheduler;

  constructor(env: Env, db: NovaDatabase) {
    super(env);
    this.#db = db;
    this.#driver = new FilterScheduler({
      db,
      flags: env.flags.read(schedulerFlags),
      serviceDownTime: serviceDownTime(env.flags),
      notifier: novaNotifier(env, "scheduler"),
      notes: new SchedulerNotes(env),
      chance: env.stream("host subset"),
    });
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(schedulerApi, this)];
  }

  /** @throws NoValidHost if not every instance finds a host; that is nothing to log an error about */
  select_destinations(
    ctxt: RequestContext,
    args: { request_spec: RequestSpec; filter_properties: FilterProperties },
  ): Op<Destination[]> {
    const { request_spec, filter_properties } = args;
    // manager.py:166: that there is no host is nothing for the log.
    return expectedExceptions(
      [NoValidHost],
      this.#driver.selectDestinations(ctxt, request_spec, filter_properties),
    );
  }

  override periodicTasks(): readonly PeriodicTask[] {
    // What is forgotten is quota that users miss, so it is part of the story when it comes back.
    return [{ name: "_expire_reservations", run: () => aloud(this.#expireReservations()) }];
  }

  *#expireReservations(): Op<void> {
    expireReservations(this.#db);
  }
}
