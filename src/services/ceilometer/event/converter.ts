/**
 * Makes events out of notifications. Of the definitions the last one that matches counts; one that matches all is put
 * behind them, unless what has none is to be dropped. Traits come in the order of a dictionary. Upstream:
 * ceilometer/event/converter.py (EventDefinition, NotificationEventsConverter) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import type { Kernel } from "../../../kernel/index.js";
import {
  dictOrder,
  fnmatcher,
  repr,
  str,
  toJson,
  truth,
  type JsonObject,
} from "../../../python/index.js";
import { storedTime } from "../times.js";
import type { DefinitionConfig, EventDefinitions, TraitConfig } from "./config.js";
import { EventDefinitionException } from "./errors.js";
import type { Event } from "./event.js";
import { TraitDefinition } from "./trait-definition.js";

const DEFAULT_TRAITS: Readonly<Record<string, TraitConfig>> = {
  service: { type: "text", fields: "publisher_id" },
  request_id: { type: "text", fields: "_context_request_id" },
  tenant_id: { type: "text", fields: ["payload.tenant_id", "_context_tenant"] },
};

const CATCHALL: DefinitionConfig = { event_type: "*", traits: {} };

class EventDefinition {
  readonly isCatchall: boolean;
  readonly #included: readonly ((type: string) => boolean)[];
  readonly #excluded: readonly ((type: string) => boolean)[];
  readonly #traits: readonly TraitDefinition[];

  /** @throws EventDefinitionException */
  constructor(config: DefinitionConfig) {
    const { event_type, traits } = config;
    if (event_type === undefined || traits === undefined) {
      const missing = event_type === undefined ? "event_type" : "traits";
      throw new EventDefinitionException(`Required field ${missing} not specified`, config);
    }
    const types = typeof event_type === "string" ? [event_type] : event_type;
    const excluded = types.filter((type) => type.startsWith("!")).map((type) => type.slice(1));
    const said = types.filter((type) => !type.startsWith("!"));
    const included = said.length === 0 && excluded.length > 0 ? ["*"] : said;
    this.isCatchall = included.includes("*") && excluded.length === 0;
    this.#included = included.map(fnmatcher);
    this.#excluded = excluded.map(fnmatcher);
    const all = new Map(Object.entries({ ...DEFAULT_TRAITS, ...traits }));
    this.#traits = dictOrder([...all.keys()]).map(
      (name) => new TraitDefinition(name, all.get(name) ?? {}),
    );
  }

  matches(type: string): boolean {
    return (
      this.#included.some((matches) => matches(type)) &&
      !this.#excluded.some((matches) => matches(type))
    );
  }

  /** @throws what Python does at a value that cannot be converted */
  toEvent(kernel: Kernel, body: JsonObject): Event {
    const { timestamp, _context_timestamp = null } = body;
    const when = timestamp ?? _context_timestamp;
    return {
      message_id: str(body["message_id"] ?? null),
      event_type: str(body["event_type"] ?? null),
      generated: truth(when) ? storedTime(kernel, str(when)) : kernel.calendar.stamp(kernel.now),
      traits: this.#traits.flatMap((trait) => trait.toTrait(kernel, body) ?? []),
    };
  }
}

export class EventsConverter {
  readonly #env: Env;
  readonly #drop: boolean;
  readonly #definitions: readonly EventDefinition[];

  /** `setup_events`. @throws EventDefinitionException */
  constructor(env: Env, config: EventDefinitions, drop: boolean) {
    this.#env = env;
    this.#drop = drop;
    const file = "/etc/ceilometer/event_definitions.yaml";
    env.log("debug", `Event Definitions configuration file: ${file}`);
    env.log("info", `Event Definitions: ${repr(toJson(config), "")}`);
    const definitions = config.toReversed().map((each) => new EventDefinition(each));
    const open = this.#drop || definitions.some(({ isCatchall }) => isCatchall);
    this.#definitions = open ? definitions : [...definitions, new EventDefinition(CATCHALL)];
  }

  /** @param body a notification in its old form @throws what Python does at a value that cannot be converted */
  toEvent(body: JsonObject): Event | undefined {
    const type = str(body["event_type"] ?? null);
    const definition = this.#definitions.find((each) => each.matches(type));
    if (definition !== undefined) return definition.toEvent(this.#env.kernel, body);
    const dropping = `Dropping Notification ${type} (uuid:${str(body["message_id"] ?? null)})`;
    this.#env.log(this.#drop ? "debug" : "error", dropping);
    return undefined;
  }
}

/** event_definitions.yaml as an operator has put it on every host. */
export class EventDefinitionsFile {
  config: EventDefinitions;

  constructor(config: EventDefinitions) {
    this.config = config;
  }
}
