/**
 * OS::Heat::ScalingPolicy: a signal to it changes the size of a group, in the course of the request that the signal
 * came with. Upstream: heat/engine/resources/openstack/scaling_policy.py (AutoScalingPolicy) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { Exception, isObject, noAttribute, str, type Json } from "../../../../../python/index.js";
import { NotFound } from "../../../exception.js";
import { allowedValues } from "../../parameters/constraints.js";
import { number, schemata, text } from "../../properties/schema.js";
import type { Handler } from "../resource.js";
import { atOnce, type TypeFacts } from "../service-resource.js";
import { SignalResponder } from "../signal-responder.js";
import { AutoScalingGroup } from "./auto-scaling-group.js";
import { coolingFrom, coolsDown } from "./cooldown.js";

const FACTS: TypeFacts = {
  className: "AutoScalingPolicy",
  schemata: schemata({
    auto_scaling_group_id: text({ required: true }),
    scaling_adjustment: number({ required: true, update: true }),
    adjustment_type: text({
      required: true,
      constraints: [
        allowedValues(["change_in_capacity", "exact_capacity", "percent_change_in_capacity"]),
      ],
      update: true,
    }),
    cooldown: number({ update: true }),
  }),
  attributes: ["alarm_url"],
};

export class ScalingPolicy extends SignalResponder {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    yield* this.createSigner();
    this.setResourceId(this.userId() ?? null);
  }

  /** Nothing is there to be changed but what the next signal reads. */
  protected override updateHandler(): Handler {
    return atOnce(function* () {
      // It is in the template.
    });
  }

  protected override signalHandler(): (details: Json) => Op<string | null> {
    return (details) => this.#signal(details);
  }

  *#signal(details: Json): Op<null> {
    if (this.action === "SUSPEND" || this.action === "DELETE") {
      throw new Exception(`Cannot signal resource during ${this.action}`);
    }
    const { kernel, log } = this.stack.parts;
    const state = stateIn(details);
    log("info", `Alarm ${this.name}, new state ${state}`);
    if (state !== "alarm") return null;
    const cooldown = yield* this.properties.get("cooldown");
    if (coolsDown(kernel, yield* this.metadata(), cooldown)) {
      log("info", `${this.name} NOT performing scaling action, cooldown ${str(cooldown)}`);
      return null;
    }
    const id = yield* this.properties.get("auto_scaling_group_id");
    const group = yield* this.stack.byRefId(id);
    if (!(group instanceof AutoScalingGroup)) {
      const what = `Alarm ${this.name} could not find scaling group named "${str(id)}"`;
      throw new NotFound({}, what);
    }
    const by = yield* this.properties.get("scaling_adjustment");
    const which = `adjusting Group ${group.name} with id ${str(id)} by ${str(by)}`;
    log("info", `${this.name} Alarm, ${which}`);
    const type = str(yield* this.properties.get("adjustment_type"));
    yield* group.adjust({ type: type.split("_").map(capitalized).join(""), by: Number(by) });
    this.setMetadata(coolingFrom(kernel, `${type} : ${str(by)}`));
    return null;
  }

  protected override *resolveAttribute(): Op<Json> {
    return this.resourceId === null ? null : str(this.signedUrl());
  }
}

/** What an alarm says; nothing at all is an alarm. */
function stateIn(details: Json): string {
  if (details === null) return "alarm";
  if (!isObject(details)) throw noAttribute(details, "get");
  const state = details["current"] ?? details["state"] ?? "alarm";
  if (typeof state !== "string") throw noAttribute(state, "lower");
  return state.toLowerCase();
}

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
