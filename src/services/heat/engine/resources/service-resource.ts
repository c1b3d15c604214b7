/**
 * A resource that another service keeps: its clients, and its properties as
 * values of a kind. Upstream: heat/engine/resource.py (client) at 2014.2.
 */
import type { Op, Stepped } from "../../../../kernel/index.js";
import { isObject, truth, type Json, type JsonObject } from "../../../../python/index.js";
import type { Clients } from "../../clients/index.js";
import type { PropertySchemata } from "../properties/schema.js";
import { TaskRunner } from "../scheduler/task.js";
import { Resource, type Handler } from "./resource.js";

/** What is the same of all resources of a type. */
export interface TypeFacts {
  /** Upstream's class, by which a resource is called in logs. */
  readonly className: string;
  readonly schemata: PropertySchemata;
  /** Default: none. */
  readonly attributes?: readonly string[];
}

export abstract class ServiceResource extends Resource {
  protected abstract get facts(): TypeFacts;

  override get className(): string {
    return this.facts.className;
  }

  override get schemata(): PropertySchemata {
    return this.facts.schemata;
  }

  override get attributeNames(): readonly string[] | undefined {
    return this.facts.attributes ?? [];
  }

  override get attributesSchema(): readonly string[] {
    return this.facts.attributes ?? [];
  }

  protected get clients(): Clients {
    return this.stack.clients;
  }

  /** A property that is a text; undefined for null and for the empty one, which Python holds for false. */
  protected *text(name: string): Op<string | undefined> {
    const value = yield* this.properties.get(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** A property that is a map; undefined where there is none. */
  protected *object(name: string): Op<JsonObject | undefined> {
    const value = yield* this.properties.get(name);
    return isObject(value) ? value : undefined;
  }

  protected *list(name: string): Op<readonly Json[]> {
    return itemsOf(yield* this.properties.get(name));
  }

  /** `resource_id`, as it stands in a path. */
  protected get ownId(): string {
    return this.resourceId ?? "None";
  }

  /** Handles by the first step of a task, and looks by each of the next. */
  protected byTask(steps: () => Stepped): Handler {
    return this.byTasks(function* () {
      return [steps];
    });
  }

  /**
   * The same of several, one after the other. The first is begun at once.
   * @param after what is done when all are over
   */
  protected byTasks(
    make: () => Op<readonly (() => Stepped)[]>,
    after: () => void = () => undefined,
  ): Handler {
    const { kernel } = this.stack.parts;
    const label = this.toString();
    let runners: readonly TaskRunner[] = [];
    return {
      *handle() {
        runners = (yield* make()).map((steps) => new TaskRunner(kernel, label, steps));
        if (runners[0] !== undefined) yield* runners[0].start();
        return null;
      },
      *check() {
        for (const runner of runners) {
          if (!runner.started) yield* runner.start();
          if (!(yield* runner.step())) return false;
        }
        after();
        return true;
      },
    };
  }
}

/** A handler that is done when it returns. */
export const atOnce = (done: () => Op<void>): Handler => ({
  *handle() {
    yield* done();
    return null;
  },
});

/** A handler that begins something, and a look a second until it is over. */
export const watched = (begun: () => Op<void>, over: () => Op<boolean>): Handler => ({
  *handle() {
    yield* begun();
    return null;
  },
  check: over,
});

export const itemsOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

export const objectsOf = (value: Json | undefined): readonly JsonObject[] =>
  itemsOf(value).filter(isObject);

/** The members that are not null. */
export const withoutNulls = (object: JsonObject): Record<string, Json> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));

/** `value or otherwise`. */
export const either = (value: Json | undefined, otherwise: Json): Json =>
  value !== undefined && truth(value) ? value : otherwise;
