/** trove-conductor: what guests say, written down. Upstream: trove/cmd/conductor.py at 2014.2. */
import { endpoint } from "../../../bus/index.js";
import { serve, workerCount, type Env, type Process } from "../../../framework/index.js";
import type { TroveDatabase } from "../db/database.js";
import { TroveError } from "../exception.js";
import { conductorFlags, troveRpcFlags } from "../flags.js";
import { rpcService } from "../rpc-service.js";
import { ConductorManager } from "./manager.js";
import { CONDUCTOR_TOPIC, conductorApi } from "./rpcapi.js";

/** A trove-conductor that has yet to be started. */
export function troveConductor(env: Env, database: TroveDatabase): Process {
  const { trove_conductor_workers } = env.flags.read(conductorFlags);
  const workers = workerCount(
    "trove_conductor",
    trove_conductor_workers,
    (message) => new TroveError({}, message),
  );
  const make = (around: Env): Process =>
    rpcService(around, {
      topic: CONDUCTOR_TOPIC,
      host: around.flags.read(troveRpcFlags).trove_host,
      endpoint: endpoint(conductorApi, new ConductorManager(around, database)),
    });
  return serve(env, make, workers);
}
