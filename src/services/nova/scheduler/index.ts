/** nova-scheduler: chooses the hosts for new servers. Upstream: nova/cmd/scheduler.py. */
import {
  Service,
  contextSerializer,
  serve,
  type Process,
  type Env,
} from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import { DatabaseServiceGroup } from "../servicegroup.js";
import { SchedulerManager } from "./manager.js";
import { schedulerApi } from "./rpcapi.js";

/** A nova-scheduler that has yet to be started. */
export function novaScheduler(env: Env, database: NovaDatabase): Process {
  return serve(
    env,
    (around) =>
      new Service(around, {
        topic: schedulerApi.topic,
        manager: new SchedulerManager(around, database),
        serializer: contextSerializer,
        group: new DatabaseServiceGroup(database, around.flags),
      }),
  );
}
