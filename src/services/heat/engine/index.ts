/**
 * heat-engine: what brings stacks to the state that is wanted. One that is stopped serves on until all that it has
 * begun is done. There are no watches, so nothing is done from time to time. Upstream: bin/heat-engine,
 * heat/engine/service.py (EngineService) at 2014.2.
 */
import { endpoint } from "../../../bus/index.js";
import type { Env, Process } from "../../../framework/index.js";
import { RpcServers } from "../../../framework/process/rpc-servers.js";
import type { Op } from "../../../kernel/index.js";
import { heatSerializer, type HeatContext } from "../context.js";
import type { HeatDatabase } from "../db/database.js";
import { Engine } from "./engine.js";
import { EngineListener } from "./listener.js";
import { EngineManager } from "./manager.js";
import { ENGINE_TOPIC, engineApi, listenerApi } from "./rpcapi.js";

/** A heat-engine that has yet to be started. */
export function heatEngine(env: Env, database: HeatDatabase): Process {
  const engine = new Engine(env, database);
  const { threads, engineId } = engine;
  const servers = new RpcServers<HeatContext>(
    env,
    [
      { topic: engineId, endpoints: [endpoint(listenerApi, new EngineListener(engine))] },
      { topic: ENGINE_TOPIC, endpoints: [endpoint(engineApi, new EngineManager(engine))] },
    ],
    heatSerializer,
  );
  return {
    *start(): Op<void> {
      env.announce("starting");
      env.log("debug", `Starting listener for engine ${engineId}`);
      yield* servers.start();
      env.announce("started");
    },
    *stop(): Op<void> {
      env.announce("stopping");
      env.log("info", "Attempting to stop engine service...");
      for (const stack of threads.stacks) {
        env.log("info", `Waiting stack ${stack} processing to be finished`);
        yield* threads.stop(stack, true);
        env.log("info", `Stack ${stack} processing was finished`);
      }
      env.log("info", "All threads were gone, terminating engine");
      yield* servers.stop();
      env.bus.close();
      env.announce("stopped");
    },
    crash() {
      servers.crash();
      env.bus.close();
    },
  };
}
