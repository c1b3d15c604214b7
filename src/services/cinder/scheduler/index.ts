/** cinder-scheduler: finds a pool for each new volume. Upstream: bin/cinder-scheduler at 2014.2. */
import { Service, serve, type Env, type Process } from "../../../framework/index.js";
import { cinderSerializer } from "../context.js";
import type { CinderDatabase } from "../db/database.js";
import { DatabaseServiceGroup, cinderHabits } from "../service-group.js";
import { SchedulerManager } from "./manager.js";
import { schedulerApi } from "./rpcapi.js";

/** A cinder-scheduler that has yet to be started. */
export function cinderScheduler(env: Env, database: CinderDatabase): Process {
  return serve(
    env,
    (around) =>
      new Service(around, {
        topic: schedulerApi.topic,
        manager: new SchedulerManager(around, database),
        serializer: cinderSerializer,
        group: new DatabaseServiceGroup(database, around.flags),
        habits: cinderHabits(around.flags),
      }),
  );
}
