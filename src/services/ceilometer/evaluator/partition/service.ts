/**
 * The evaluation service whose alarms are shared out by RPC: it reports itself four times in an interval, looks twice
 * whether it leads, and judges what it was given once. Upstream: ceilometer/alarm/service.py
 * (PartitionedAlarmService) at 2014.2.
 */
import { endpoint } from "../../../../bus/index.js";
import {
  contextSerializer,
  FixedIntervalLoopingCall,
  type Env,
  type Process,
} from "../../../../framework/index.js";
import { RpcServers } from "../../../../framework/process/rpc-servers.js";
import { quietly, seconds, type Op } from "../../../../kernel/index.js";
import { get, type Json } from "../../../../python/index.js";
import { evaluatorFlags } from "../../alarm-flags.js";
import { AlarmService } from "../alarm-service.js";
import { PartitionCoordinator } from "./coordinator.js";
import { alarmPartitionApi } from "./rpcapi.js";

export function partitionedAlarmService(env: Env): Process {
  const { alarm_evaluation_interval: interval, partition_rpc_topic: topic } =
    env.flags.read(evaluatorFlags);
  const service = new AlarmService(env);
  const coordinator = new PartitionCoordinator(env);
  const manager = {
    *presence(_ctxt: unknown, { data }: { data: Json }): Op<void> {
      coordinator.presence(get(data, "uuid"), get(data, "priority"));
    },
    *assign(_ctxt: unknown, { data }: { data: Json }): Op<void> {
      coordinator.assign(get(data, "uuid"), get(data, "alarms"));
    },
    *allocate(_ctxt: unknown, { data }: { data: Json }): Op<void> {
      coordinator.allocate(get(data, "uuid"), get(data, "alarms"));
    },
  };
  const topics = [{ topic, endpoints: [endpoint(alarmPartitionApi, manager)] }];
  const servers = new RpcServers(env, topics, contextSerializer);

  const report = new FixedIntervalLoopingCall(env, "report_presence", () =>
    quietly(coordinator.reportPresence()),
  );
  const check = new FixedIntervalLoopingCall(env, "check_mastership", () =>
    quietly(coordinator.checkMastership(interval, service.client)),
  );
  const evaluate = new FixedIntervalLoopingCall(env, "_evaluate_assigned_alarms", () =>
    quietly(service.cycle(() => coordinator.assigned(() => service.enabled()))),
  );
  const stop = (): void => {
    for (const loop of [report, check, evaluate]) loop.stop();
  };
  return {
    *start(): Op<void> {
      env.announce("starting");
      const later = { daemon: true, initialDelay: seconds(interval) };
      report.start(seconds(Math.floor(interval / 4)), { daemon: true });
      check.start(seconds(Math.floor(interval / 2)), later);
      evaluate.start(seconds(interval), later);
      yield* servers.start();
      env.announce("started");
    },
    *stop(): Op<void> {
      env.announce("stopping");
      stop();
      yield* servers.stop();
      env.bus.close();
      env.announce("stopped");
    },
    crash() {
      stop();
      servers.crash();
      env.bus.close();
    },
  };
}
