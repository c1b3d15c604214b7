/**
 * OS::Heat::HARestarter: a signal to it takes an instance away and makes it again, in the course of the request that the
 * signal came with. Upstream: heat/engine/resources/instance.py (Restarter) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import {
  Exception,
  isObject,
  noAttribute,
  repr,
  str,
  type Json,
} from "../../../../../python/index.js";
import { schemata, text } from "../../properties/schema.js";
import type { Handler } from "../resource.js";
import { atOnce, type TypeFacts } from "../service-resource.js";
import { SignalResponder } from "../signal-responder.js";

const FACTS: TypeFacts = {
  className: "Restarter",
  schemata: schemata({ InstanceId: text({ required: true }) }),
  attributes: ["AlarmUrl"],
};

export class HaRestarter extends SignalResponder {
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

  protected override signalHandler(): (details: Json) => Op<string | null> {
    return (details) => this.#signal(details);
  }

  *#signal(details: Json): Op<null> {
    if (this.action === "SUSPEND" || this.action === "DELETE") {
      throw new Exception(`Cannot signal resource during ${this.action}`);
    }
    const { log } = this.stack.parts;
    const state = stateIn(details);
    log("info", `${this.name} Alarm, new state ${state}`);
    if (state !== "alarm") return null;
    const wanted = yield* this.properties.get("InstanceId");
    const victim = [...this.stack.siblings()].find(
      ({ resourceId }) => repr(resourceId) === repr(wanted),
    );
    if (victim === undefined) {
      log("info", `${this.name} Alarm, can not find instance ${str(wanted)}`);
      return null;
    }
    log("info", `${this.name} Alarm, restarting resource: ${victim.name}`);
    yield* this.stack.restartResource(victim.name);
    return null;
  }

  protected override *resolveAttribute(): Op<Json> {
    return this.resourceId === null ? null : str(this.signedUrl());
  }
}

/** What an alarm says of itself; nothing at all is an alarm. */
function stateIn(details: Json): string {
  if (details === null) return "alarm";
  if (!isObject(details)) throw noAttribute(details, "get");
  const state = details["state"] ?? "alarm";
  if (typeof state !== "string") throw noAttribute(state, "lower");
  return state.toLowerCase();
}
