/**
 * OS::Ceilometer::CombinationAlarm: an alarm of what other alarms say. Whether it repeats its actions is sent as part
 * of its rule, where Ceilometer does not look for it. Upstream: heat/engine/resources/ceilometer/alarm.py
 * (CombinationAlarm) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import {
  isObject,
  str,
  textOf,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { allowedValues, range } from "../../parameters/constraints.js";
import { list, schemata, text } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import { resolve } from "../../template/function.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce, ServiceResource, type TypeFacts } from "../service-resource.js";
import { actionsToUrls, COMMON_PROPERTIES } from "./actions.js";

const FACTS: TypeFacts = {
  className: "CombinationAlarm",
  schemata: schemata({
    alarm_ids: list({
      required: true,
      constraints: [range("Length", [1, null])],
      update: true,
    }),
    operator: text({ constraints: [allowedValues(["and", "or"])], update: true }),
    ...COMMON_PROPERTIES,
  }),
};

const OF_RULE: readonly string[] = ["alarm_ids", "operator", "repeat_actions"];

export class CombinationAlarm extends ServiceResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const given = yield* resolve(this.definition.properties);
    const properties = yield* actionsToUrls(this, isObject(given) ? given : {});
    const alarm = yield* this.clients.ceilometer.createAlarm(
      reformatted({ ...properties, name: this.physicalName(), type: "combination" }),
    );
    this.setResourceId(textOf(alarm, "alarm_id"));
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  *#update(changed: JsonObject): Op<void> {
    if (Object.keys(changed).length === 0) return;
    const sent = reformatted(yield* actionsToUrls(this, changed));
    yield* this.clients.ceilometer.updateAlarm(this.ownId, sent);
  }

  protected override suspendHandler(): Handler {
    return atOnce(() => this.#setEnabled(false));
  }

  protected override resumeHandler(): Handler {
    return atOnce(() => this.#setEnabled(true));
  }

  *#setEnabled(enabled: boolean): Op<void> {
    yield* this.clients.ceilometer.updateAlarm(str(this.resourceId), { enabled });
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  /** Of one that was never made too. */
  *#remove(): Op<void> {
    try {
      yield* this.clients.ceilometer.deleteAlarm(str(this.resourceId));
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!this.clients.ceilometer.isNotFound(error)) throw error;
    }
  }
}

/** `_reformat_properties`. */
function reformatted(properties: JsonObject): JsonObject {
  const rule: Record<string, Json> = {};
  const rest: Record<string, Json> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (!OF_RULE.includes(name)) rest[name] = value;
    else if (truth(value)) rule[name] = value;
  }
  return Object.keys(rule).length === 0 ? rest : { ...rest, combination_rule: rule };
}
