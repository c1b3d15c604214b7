/**
 * What every evaluator does with a new state: it tells the API, and then has the alarm's actions run, whether the
 * state is another one or not. Each has a login of its own. Upstream: ceilometer/alarm/evaluator/__init__.py
 * (Evaluator), ceilometer/alarm/rpc.py (RPCAlarmNotifier) at 2014.2.
 */
import { RpcClient, clientOf, type ClientOf } from "../../../bus/index.js";
import type { Env } from "../../../framework/index.js";
import { aloud, caught, type Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { alarmTopicFlags } from "../alarm-flags.js";
import { CeilometerClient, ServiceSession } from "../client/index.js";
import { adminContext, ceilometerSerializer, type CeilometerContext } from "../context.js";
import { alarmNotifierApi } from "../notifier/rpcapi.js";
import { serviceCredentials } from "../service-credentials.js";
import type { Alarm } from "./alarm.js";
import { withinTimeConstraint } from "./time-constraints.js";

export abstract class Evaluator {
  protected readonly env: Env;
  protected readonly client: CeilometerClient;
  readonly #notifier: ClientOf<typeof alarmNotifierApi, CeilometerContext>;

  constructor(env: Env) {
    this.env = env;
    this.client = new CeilometerClient(new ServiceSession(env.http, serviceCredentials(env)));
    const { notifier_rpc_topic: topic } = env.flags.read(alarmTopicFlags);
    const rpc = new RpcClient(env.bus, ceilometerSerializer);
    this.#notifier = clientOf({ ...alarmNotifierApi, topic }, rpc);
  }

  *evaluate(alarm: Alarm): Op<void> {
    if (withinTimeConstraint(this.env.kernel, alarm.time_constraints)) {
      yield* this.judge(alarm);
      return;
    }
    const tried = `Attempted to evaluate alarm ${alarm.alarm_id}`;
    this.env.log("debug", `${tried}, but it is not within its time constraint.`);
  }

  protected abstract judge(alarm: Alarm): Op<void>;

  /** `_refresh`: what fails here is tried again in the next cycle, as far as it is still so then. */
  protected refresh(alarm: Alarm, state: string, reason: string, data: JsonObject): Op<void> {
    return aloud(this.#refresh(alarm, state, reason, data));
  }

  *#refresh(alarm: Alarm, state: string, reason: string, data: JsonObject): Op<void> {
    try {
      const previous = alarm.state;
      if (previous !== state) {
        this.env.log("info", `alarm ${alarm.alarm_id} transitioning to ${state} because ${reason}`);
        yield* this.client.setAlarmState(alarm.alarm_id, state);
      }
      alarm.state = state;
      yield* this.#notify(alarm, previous, reason, data);
    } catch (thrown) {
      const { name, message } = yield* caught(thrown);
      this.env.log("error", `alarm state update failed: ${name}: ${message}`);
    }
  }

  *#notify(alarm: Alarm, previous: string, reason: string, reason_data: JsonObject): Op<void> {
    const { alarm_id, state } = alarm;
    const actions = alarm.actions.get(state) ?? [];
    if (actions.length === 0) {
      const what = `alarm ${alarm_id} has no action configured for state transition`;
      const how = `from ${previous} to state ${state}, skipping the notification.`;
      this.env.log("debug", `${what} ${how}`);
      return;
    }
    const data = { actions, alarm_id, previous, current: state, reason, reason_data };
    yield* this.#notifier.notify_alarm(adminContext(this.env), { data });
  }
}
