/**
 * ceilometer-alarm-evaluator: once in a while it asks the API for alarms, and judges one after the other: all that are
 * enabled, or those that it has been given among several evaluators. By tooz, which has no backend here, alarms are not
 * shared out. Upstream: ceilometer/alarm/service.py (AlarmEvaluationService, SingletonAlarmService),
 * ceilometer/cmd/alarm.py at 2014.2.
 */
import { FixedIntervalLoopingCall, type Env, type Process } from "../../../framework/index.js";
import { quietly, seconds, type Op } from "../../../kernel/index.js";
import { evaluatorFlags } from "../alarm-flags.js";
import { AlarmService } from "./alarm-service.js";
import { partitionedAlarmService } from "./partition/service.js";

export function alarmEvaluator(env: Env): Process {
  const { alarm_evaluation_interval: interval, evaluation_service } =
    env.flags.read(evaluatorFlags);
  if (evaluation_service === "partitioned") return partitionedAlarmService(env);
  const service = new AlarmService(env);
  const loop = new FixedIntervalLoopingCall(env, "_evaluate_assigned_alarms", () =>
    quietly(service.cycle(() => service.enabled())),
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
