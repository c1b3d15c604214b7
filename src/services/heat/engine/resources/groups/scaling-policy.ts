/**
 * OS::Heat::ScalingPolicy and AWS::AutoScaling::ScalingPolicy: a signal to one changes the size of a group, in the course
 * of the request that the signal came with. Upstream: heat/engine/resources/openstack/scaling_policy.py
 * (AutoScalingPolicy), heat/engine/resources/aws/scaling_policy.py (AWSScalingPolicy) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import {
  AttributeError,
  Exception,
  isObject,
  noAttribute,
  str,
  type Json,
} from "../../../../../python/index.js";
import { NotFound } from "../../../exception.js";
import { allowedValues } from "../../parameters/constraints.js";
import { number, schemata, text } from "../../properties/schema.js";
import { Resource, type Handler } from "../resource.js";
import { atOnce, type TypeFacts } from "../service-resource.js";
import { SignalResponder } from "../signal-responder.js";

import { coolingFrom, coolsDown } from "./cooldown.js";
import { ScalingGroup } from "./scaling-group.js";

/** How the properties are called. */
interface PolicyWords {
  readonly group: string;
  readonly by: string;
  readonly type: string;
  readonly cooldown: string;
}

const WORDS: PolicyWords = {
  group: "auto_scaling_group_id",
  by: "scaling_adjustment",
  type: "adjustment_type",
  cooldown: "cooldown",
};

const AWS_WORDS: PolicyWords = {
  group: "AutoScalingGroupName",
  by: "ScalingAdjustment",
  type: "AdjustmentType",
  cooldown: "Cooldown",
};

const factsOf = (
  className: string,
  { group, by, type, cooldown }: PolicyWords,
  types: readonly string[],
  attribute: string,
): TypeFacts => ({
  className,
  schemata: schemata({
    [group]: text({ required: true }),
    [by]: number({ required: true, update: true }),
    [type]: text({ required: true, constraints: [allowedValues(types)], update: true }),
    [cooldown]: number({ update: true }),
  }),
  attributes: [attribute],
});

const FACTS = factsOf(
  "AutoScalingPolicy",
  WORDS,
  ["change_in_capacity", "exact_capacity", "percent_change_in_capacity"],
  "alarm_url",
);

const AWS_FACTS = factsOf(
  "AWSScalingPolicy",
  AWS_WORDS,
  ["ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"],
  "AlarmUrl",
);

export class ScalingPolicy extends SignalResponder {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected get words(): PolicyWords {
    return WORDS;
  }

  protected heard(state: string): string {
    return `Alarm ${this.name}, new state ${state}`;
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
    log("info", this.heard(state));
    if (state !== "alarm") return null;
    const cooldown = yield* this.properties.get(this.words.cooldown);
    if (coolsDown(kernel, yield* this.metadata(), cooldown)) {
      log("info", `${this.name} NOT performing scaling action, cooldown ${str(cooldown)}`);
      return null;
    }
    const id = yield* this.properties.get(this.words.group);
    const group = yield* this.stack.byRefId(id);
    if (group === undefined) {
      const what = `Alarm ${this.name} could not find scaling group named "${str(id)}"`;
      throw new NotFound({}, what);
    }
    if (!(group instanceof ScalingGroup)) {
      const kind = group instanceof Resource ? group.className : group.name;
      throw new AttributeError(`'${kind}' object has no attribute 'adjust'`);
    }
    const by = yield* this.properties.get(this.words.by);
    const which = `adjusting Group ${group.name} with id ${str(id)} by ${str(by)}`;
    log("info", `${this.name} Alarm, ${which}`);
    const type = str(yield* this.properties.get(this.words.type));
    yield* group.adjust({ type: type.split("_").map(capitalized).join(""), by: Number(by) });
    this.setMetadata(coolingFrom(kernel, `${type} : ${str(by)}`));
    return null;
  }

  protected override *resolveAttribute(): Op<Json> {
    return this.resourceId === null ? null : str(this.signedUrl());
  }
}

export class AwsScalingPolicy extends ScalingPolicy {
  protected override get facts(): TypeFacts {
    return AWS_FACTS;
  }

  protected override get words(): PolicyWords {
    return AWS_WORDS;
  }

  protected override heard(state: string): string {
    return `${this.name} Alarm, new state ${state}`;
  }

  /** Its URL: an alarm's action is a reference to it. */
  override refId(): string {
    return this.resourceId === null ? this.name : str(this.signedUrl());
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
