/**
 * What every sort of evaluation service does in a cycle: judges alarms one after the other, each by the evaluator of its
 * type. Which alarms these are is another's affair. Upstream: ceilometer/alarm/service.py (AlarmService) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { CeilometerClient, ServiceSession } from "../client/index.js";
import { serviceCredentials } from "../service-credentials.js";
import { alarmOf, type Alarm } from "./alarm.js";
import { CombinationEvaluator } from "./combination.js";
import type { Evaluator } from "./evaluator.js";
import { ThresholdEvaluator } from "./threshold.js";

export class AlarmService {
  readonly client: CeilometerClient;
  readonly #env: Env;
  readonly #evaluators: ReadonlyMap<string, Evaluator>;

  constructor(env: Env) {
    this.#env = env;
    this.client = new CeilometerClient(new ServiceSession(env.http, serviceCredentials(env)));
    this.#evaluators = new Map<string, Evaluator>([
      ["threshold", new ThresholdEvaluator(env)],
      ["combination", new CombinationEvaluator(env)],
    ]);
  }

  /** All that are to be judged, whoever judges them. */
  *enabled(): Op<Alarm[]> {
    return (yield* this.client.alarms([{ field: "enabled", value: "True" }])).map(alarmOf);
  }

  /** `_evaluate_assigned_alarms`. */
  *cycle(assigned: () => Op<Alarm[]>): Op<void> {
    try {
      const alarms = yield* assigned();
      this.#env.log("info", `initiating evaluation cycle on ${alarms.length} alarms`);
      for (const alarm of alarms) yield* this.#evaluate(alarm);
    } catch (thrown) {
      const { name, message } = yield* caught(thrown);
      this.#env.log("error", `alarm evaluation cycle failed: ${name}: ${message}`);
    }
  }

  *#evaluate(alarm: Alarm): Op<void> {
    const evaluator = this.#evaluators.get(alarm.type);
    if (evaluator === undefined) {
      this.#env.log("debug", `skipping alarm ${alarm.alarm_id}: type unsupported`);
      return;
    }
    this.#env.log("debug", `evaluating alarm ${alarm.alarm_id}`);
    yield* evaluator.evaluate(alarm);
  }
}
