/**
 * OS::Ceilometer::Alarm: only what its template says is sent, so that what is on by default in Heat is off in
 * Ceilometer (bug 1375151). The watch that upstream keeps beside it is not simulated. Upstream:
 * heat/engine/resources/ceilometer/alarm.py (CeilometerAlarm) at 2014.2, python-ceilometerclient 1.0.12 v2/alarms.py.
 */
import type { Op } from "../../../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../../../python/index.js";
import { allowedValues } from "../../parameters/constraints.js";
import { integer, map, number, schemata, text } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import { resolve } from "../../template/function.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce, ServiceResource, type TypeFacts } from "../service-resource.js";
import { actionsToUrls, COMMON_PROPERTIES } from "./actions.js";
import { isNovaMeter } from "./nova-meters.js";

const FACTS: TypeFacts = {
  className: "CeilometerAlarm",
  schemata: schemata({
    comparison_operator: text({
      constraints: [allowedValues(["ge", "gt", "eq", "ne", "lt", "le"])],
      update: true,
    }),
    evaluation_periods: integer({ update: true }),
    meter_name: text({ required: true }),
    period: integer({ update: true }),
    statistic: text({
      constraints: [allowedValues(["count", "avg", "sum", "min", "max"])],
      update: true,
    }),
    threshold: number({ required: true, update: true }),
    matching_metadata: map(),
    ...COMMON_PROPERTIES,
  }),
};

/** Those of an alarm that are of its rule, in Ceilometer's words. */
const OF_RULE: readonly string[] = [
  "comparison_operator",
  "evaluation_periods",
  "meter_name",
  "period",
  "statistic",
  "threshold",
];

export class CeilometerAlarm extends ServiceResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const given = yield* resolve(this.definition.properties);
    const sent = yield* this.#sent(isObject(given) ? given : {});
    const alarm = yield* this.clients.ceilometer.createAlarm({
      name: this.physicalName(),
      type: "threshold",
      ...sent,
    });
    this.setResourceId(textOf(alarm, "alarm_id"));
  }

  /** `cfn_to_ceilometer`, and what the client library makes of it. */
  *#sent(properties: JsonObject): Op<JsonObject> {
    const sent: Record<string, Json> = {};
    const rule: Record<string, Json> = {};
    const nova = isNovaMeter(properties["meter_name"] ?? null);
    for (const [key, value] of Object.entries(yield* actionsToUrls(this, properties))) {
      if (key === "matching_metadata") rule["query"] = queryOf(isObject(value) ? value : {}, nova);
      else if (OF_RULE.includes(key)) rule[key] = value;
      else sent[key] = value;
    }
    return { ...sent, ...(Object.keys(rule).length > 0 && { threshold_rule: rule }) };
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  *#update(changed: JsonObject): Op<void> {
    if (Object.keys(changed).length === 0) return;
    yield* this.clients.ceilometer.updateAlarm(this.ownId, yield* this.#sent(changed));
  }

  protected override suspendHandler(): Handler {
    return atOnce(() => this.#setEnabled(false));
  }

  protected override resumeHandler(): Handler {
    return atOnce(() => this.#setEnabled(true));
  }

  *#setEnabled(enabled: boolean): Op<void> {
    if (this.resourceId === null) return;
    yield* this.clients.ceilometer.updateAlarm(this.resourceId, { enabled });
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    try {
      yield* this.clients.ceilometer.deleteAlarm(this.resourceId);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!this.clients.ceilometer.isNotFound(error)) throw error;
    }
  }
}

/** Metadata of servers is somewhere else than that of all others. */
function queryOf(metadata: JsonObject, nova: boolean): JsonObject[] {
  const prefix = nova ? "user_metadata." : "metering.";
  return Object.entries(metadata).map(([key, value]) => ({
    field: fieldOf(key, prefix),
    op: "eq",
    value,
  }));
}

function fieldOf(key: string, prefix: string): string {
  if (key.startsWith(`metadata.${prefix}`)) return key;
  return key.startsWith(prefix) ? `metadata.${key}` : `metadata.${prefix}${key}`;
}
