/**
 * A process of Trove with a topic: its queues bear the host option, and its tasks are looked at every ten
 * seconds, for the first time after as long. Upstream: trove/common/rpc/service.py (RpcService),
 * trove/openstack/common/periodic_task.py (ticks_between_runs) at 2014.2.
 */
import type { Endpoint } from "../../bus/index.js";
import {
  FixedIntervalLoopingCall,
  RpcProcess,
  serviceFlags,
  type Env,
  type Process,
  type RequestContext,
} from "../../framework/index.js";
import { caught, done, quietly, seconds, type Op } from "../../kernel/index.js";
import { troveSerializer } from "./context.js";

/** It runs at every tick but so many after each run. */
export interface TickTask {
  readonly name: string;
  readonly ticksBetweenRuns: number;
  readonly run: () => Op<void>;
}

export interface RpcServicePlan {
  readonly topic: string;
  /** The host that its own queue is called after. */
  readonly host: string;
  readonly endpoint: Endpoint<RequestContext>;
  readonly tasks?: readonly TickTask[];
}

export function rpcService(env: Env, plan: RpcServicePlan): Process {
  const { topic, host: server, endpoint, tasks = [] } = plan;
  let timer: FixedIntervalLoopingCall | undefined;
  return new RpcProcess(env, {
    topics: [{ topic, server, endpoints: [endpoint] }],
    serializer: troveSerializer,
    begin() {
      if (tasks.length > 0) timer = repeated(env, tasks);
      return done(undefined);
    },
    end() {
      timer?.stop();
    },
  });
}

function repeated(env: Env, tasks: readonly TickTask[]): FixedIntervalLoopingCall {
  const skips = new Map(tasks.map((task) => [task, task.ticksBetweenRuns]));
  const tick = function* (): Op<void> {
    for (const task of tasks) {
      const left = skips.get(task) ?? 0;
      if (left > 0) {
        skips.set(task, left - 1);
        continue;
      }
      skips.set(task, task.ticksBetweenRuns);
      try {
        yield* task.run();
      } catch (thrown) {
        const error = yield* caught(thrown);
        env.log("error", `Error during ${task.name}: ${error.message}`);
      }
    }
  };
  const interval = seconds(env.flags.read(serviceFlags).report_interval);
  const loop = new FixedIntervalLoopingCall(env, "run_periodic_tasks", () => quietly(tick()));
  return loop.start(interval, { initialDelay: interval, daemon: true });
}
