/**
 * Judges an alarm by the states of other alarms, each of which it asks for; one that is unknown makes it unknown.
 * Upstream: ceilometer/alarm/evaluator/combination.py at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import { iterate, item, str, textOf, type JsonObject } from "../../../python/index.js";
import { ALARM, OK, UNKNOWN, type Alarm } from "./alarm.js";
import { Evaluator } from "./evaluator.js";

interface Member {
  readonly id: string;
  readonly state: string;
}

export class CombinationEvaluator extends Evaluator {
  protected *judge(alarm: Alarm): Op<void> {
    const members: Member[] = [];
    for (const id of iterate(item(alarm.rule, "alarm_ids")).map(str)) {
      members.push({ id, state: yield* this.#stateOf(id) });
    }
    const missing = members.filter(({ state }) => state === "" || state === UNKNOWN);
    if (missing.length > 0) {
      if (alarm.state === UNKNOWN) return;
      const reason = `Alarms ${idsOf(missing).join(",")} are in unknown state`;
      yield* this.refresh(alarm, UNKNOWN, reason, reasonData(missing));
      return;
    }
    const raised = members.filter(({ state }) => state === ALARM).length;
    const any = textOf(alarm.rule, "operator") === "or";
    const state = (any ? raised > 0 : raised === members.length) ? ALARM : OK;
    if (alarm.state === state && !alarm.repeat_actions) return;
    const told = members.filter((member) => member.state === state);
    const begins = alarm.state === state ? "Remaining as" : "Transition to";
    const reason = `${begins} ${state} due to alarms ${idsOf(told).join(",")} in state ${state}`;
    yield* this.refresh(alarm, state, reason, reasonData(told));
  }

  /** Nothing, of one that cannot be read. */
  *#stateOf(id: string): Op<string> {
    try {
      return textOf(yield* this.client.alarm(id), "state");
    } catch (thrown) {
      const { name, message } = yield* caught(thrown);
      this.env.log("error", `alarm retrieval failed: ${name}: ${message}`);
      return "";
    }
  }
}

const idsOf = (members: readonly Member[]): string[] => members.map(({ id }) => id);

const reasonData = (members: readonly Member[]): JsonObject => ({
  type: "combination",
  alarm_ids: idsOf(members),
});
