/** trove-taskmanager: what takes its time is done here. Upstream: trove/cmd/taskmanager.py at 2014.2. */
import { endpoint } from "../../../bus/index.js";
import type { Env, Process } from "../../../framework/index.js";
import type { TroveDatabase } from "../db/database.js";
import { troveRpcFlags } from "../flags.js";
import { rpcService } from "../rpc-service.js";
import { TaskManager } from "./manager.js";
import { taskManagerApi } from "./rpcapi.js";
import { TaskParts } from "./task-parts.js";

/** A trove-taskmanager that has yet to be started. */
export const troveTaskManager = (env: Env, database: TroveDatabase): Process =>
  rpcService(env, {
    topic: taskManagerApi.topic,
    host: env.flags.read(troveRpcFlags).trove_host,
    endpoint: endpoint(taskManagerApi, new TaskManager(new TaskParts(env, database))),
  });
