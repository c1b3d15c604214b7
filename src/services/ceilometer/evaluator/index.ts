/**
 * ceilometer-alarm-evaluator: once in a while it asks the API for all alarms that are enabled, and judges one after
 * the other. There is no coordination with others of its kind: each judges all. Upstream: ceilometer/alarm/service.py
 * (AlarmEvaluationService, SingletonAlarmService), ceilometer/cmd/alarm.py at 2014.2.
 */
import { FixedIntervalLoopingCall, type Env, type Process } from "../../../framework/index.js";
import { caught, quietly, seconds, type Op } from "../../../kernel/index.js";
import { evaluatorFlags } from "../alarm-flags.js";
import { CeilometerClient, ServiceSession } from "../client/index.js";
import { serviceCredentials } from "../service-credentials.js";
import { alarmOf } from "./alarm.js";
import { CombinationEvaluator } from "./combination.js";
import type { Evaluator } from "./evaluator.js";
import { ThresholdEvaluator } from "./threshold.js";

export function alarmEvaluator(env: Env): Process {
  const { alarm_evaluation_interval: interval } = env.flags.read(evaluatorFlags);
  const client = new CeilometerClient(new ServiceSession(env.http, serviceCredentials(env)));
  const evaluators: ReadonlyMap<string, Evaluator> = new Map<string, Evaluator>([
    ["threshold", new ThresholdEvaluator(env)],
    ["combination", new CombinationEvaluator(env)],
  ]);

  function* cycle(): Op<void> {
    try {
      const alarms = (yield* client.alarms([{ field: "enabled", value: "True" }])).map(alarmOf);
      env.log("info", `initiating evaluation cycle on ${alarms.length} alarms`);
      for (const alarm of alarms) {
        const evaluator = evaluators.get(alarm.type);
        if (evaluator === undefined) {
          env.log("debug", `skipping alarm ${alarm.alarm_id}: type unsupported`);
          continue;
        }
        env.log("debug", `evaluating alarm ${alarm.alarm_id}`);
        yield* evaluator.evaluate(alarm);
      }
    } catch (thrown) {
      const { name, message } = yield* caught(thrown);
      env.log("error", `alarm evaluation cycle failed: ${name}: ${message}`);
    }
  }

  const loop = new FixedIntervalLoopingCall(env, "_evaluate_assigned_alarms", () =>
    quietly(cycle()),
  );
  return {
    *start(): Op<void> {
      env.announce("starting");
      loop.start(seconds(interval), { daemon: true });
      env.announce("started");
    },
    *stop(): Op<void> {
      env.announce("stopping");
      loop.stop();
      env.bus.close();
      env.announce("stopped");
    },
    crash() {
      loop.stop();
      env.bus.close();
    },
  };
}
