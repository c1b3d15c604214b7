/** ceilometer-alarm-notifier: runs the actions of alarms, one after the other; one that fails keeps none from the next. Upstream: ceilometer/alarm/service.py (AlarmNotifierService) at 2014.2. */
import { endpoint } from "../../../bus/index.js";
import { contextSerializer, type Env, type Process } from "../../../framework/index.js";
import { RpcServers } from "../../../framework/process/rpc-servers.js";
import { caught, type Op } from "../../../kernel/index.js";
import { asDict, get, iterate, str, truth, type Json } from "../../../python/index.js";
import { urlsplit } from "../action-urls.js";
import { alarmTopicFlags } from "../alarm-flags.js";
import { ACTIONS, actorOf, type Notice } from "./actions.js";
import { alarmNotifierApi } from "./rpcapi.js";

export function alarmNotifier(env: Env): Process {
  const { notifier_rpc_topic: topic } = env.flags.read(alarmTopicFlags);
  const actor = actorOf(env);

  function* handle(action: string, notice: Notice): Op<void> {
    const id = str(notice.alarm_id);
    const url = urlsplit(action);
    if (url === undefined) {
      env.log("error", `Unable to parse action ${action} for alarm ${id}`);
      return;
    }
    const run = ACTIONS.get(url.scheme);
    if (run === undefined) {
      env.log("error", `Action ${url.scheme} for alarm ${id} is unknown, cannot notify`);
      return;
    }
    try {
      env.log("debug", `Notifying alarm ${id} with action ${action}`);
      yield* run(actor, url, notice);
    } catch (thrown) {
      const { name, message } = yield* caught(thrown);
      env.log("error", `Unable to notify alarm ${id}: ${name}: ${message}`);
    }
  }

  const manager = {
    *notify_alarm(_ctxt: unknown, { data }: { data: Json }): Op<void> {
      const said = asDict(data, "get");
      const actions = get(said, "actions");
      if (!truth(actions)) {
        env.log("error", "Unable to notify for an alarm with no action");
        return;
      }
      const notice = {
        alarm_id: get(said, "alarm_id"),
        previous: get(said, "previous"),
        current: get(said, "current"),
        reason: get(said, "reason"),
        reason_data: get(said, "reason_data"),
      };
      for (const action of iterate(actions)) yield* handle(str(action), notice);
    },
  };
  const topics = [{ topic, endpoints: [endpoint(alarmNotifierApi, manager)] }];
  const servers = new RpcServers(env, topics, contextSerializer);
  return {
    *start(): Op<void> {
      env.announce("starting");
      yield* servers.start();
      env.announce("started");
    },
    *stop(): Op<void> {
      env.announce("stopping");
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
