/** nova-conductor: stands before the database and leads what spans services. Upstream: nova/cmd/conductor.py. */
import { Service, type Process, type Surroundings } from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import { DirectStore } from "../db/object-store.js";
import { objectSerializer } from "../objects/serializer.js";
import { DatabaseServiceGroup } from "../servicegroup.js";
import { ComputeTaskManager } from "./compute-task-manager.js";
import { ConductorManager } from "./manager.js";
import { conductorApi } from "./rpcapi.js";

/** A nova-conductor that has yet to be started. */
export function novaConductor(surroundings: Surroundings, database: NovaDatabase): Process {
  const store = new DirectStore(database);
  const tasks = new ComputeTaskManager(surroundings, store);
  return new Service(surroundings, {
    topic: conductorApi.topic,
    manager: new ConductorManager(surroundings, store, tasks),
    serializer: objectSerializer(store),
    group: new DatabaseServiceGroup(database, surroundings.flags),
  });
}
