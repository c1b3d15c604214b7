/** What Heat answers and what it takes, for programs. Upstream: heat/api/openstack/v1/views/stacks_view.py at 2014.2. */
import type { JsonObject } from "../../../python/index.js";
import {
  anything,
  flag,
  list,
  maybe,
  nullable,
  number,
  object,
  record,
  text,
  type Shaped,
} from "../shape.js";

export const BRIEF = object({
  id: text,
  stack_name: text,
  stack_status: text,
  stack_status_reason: text,
  description: nullable(text),
  creation_time: text,
  updated_time: maybe(nullable(text)),
});

export const STACK = object({
  id: text,
  stack_name: text,
  /** `CREATE_COMPLETE`, `UPDATE_FAILED` ... */
  stack_status: text,
  stack_status_reason: text,
  description: nullable(text),
  creation_time: text,
  updated_time: maybe(nullable(text)),
  timeout_mins: nullable(number),
  disable_rollback: flag,
  parameters: record(anything),
  outputs: list(
    object({ output_key: text, output_value: maybe(anything), description: maybe(text) }),
  ),
});

export const RESOURCE = object({
  resource_name: text,
  logical_resource_id: text,
  physical_resource_id: text,
  resource_type: text,
  resource_status: text,
  resource_status_reason: text,
  updated_time: text,
});

export const EVENT = object({
  id: text,
  event_time: text,
  resource_name: text,
  logical_resource_id: text,
  physical_resource_id: nullable(text),
  resource_status: text,
  resource_status_reason: text,
});

/**
 * A stack as a list has it.
 *
 * @example
 * ```ts
 * import { Cloud, type HeatStackInBrief } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["heat"] });
 * const demo = cloud.user("demo");
 * const stacks: readonly HeatStackInBrief[] = cloud.run(demo.heat.list());
 * stacks.length; // → 0
 * ```
 */
export type HeatStackInBrief = Shaped<typeof BRIEF>;
/**
 * A stack in full.
 *
 * @example
 * ```ts
 * import { Cloud, type HeatStack } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["heat"] });
 * const demo = cloud.user("demo");
 * const template = { heat_template_version: "2013-05-23", resources: {} };
 * cloud.run(demo.heat.create({ name: "empty", template }));
 * cloud.settle();
 * const stack: HeatStack = cloud.run(demo.heat.show("empty"));
 * stack.stack_status; // → "CREATE_COMPLETE"
 * ```
 */
export type HeatStack = Shaped<typeof STACK>;
/**
 * A resource of a stack.
 *
 * @example
 * ```ts
 * import { Cloud, type HeatResource } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["heat"] });
 * const demo = cloud.user("demo");
 * const template = { heat_template_version: "2013-05-23", resources: {} };
 * cloud.run(demo.heat.create({ name: "empty", template }));
 * const resources: readonly HeatResource[] = cloud.run(demo.heat.resources("empty"));
 * resources.length; // → 0
 * ```
 */
export type HeatResource = Shaped<typeof RESOURCE>;
/**
 * What became of a resource of a stack, once.
 *
 * @example
 * ```ts
 * import { Cloud, type HeatEvent } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["heat"] });
 * const demo = cloud.user("demo");
 * const template = { heat_template_version: "2013-05-23", resources: {} };
 * cloud.run(demo.heat.create({ name: "empty", template }));
 * cloud.settle();
 * const events: readonly HeatEvent[] = cloud.run(demo.heat.events("empty"));
 * events.every(({ resource_status }) => resource_status !== ""); // → true
 * ```
 */
export type HeatEvent = Shaped<typeof EVENT>;

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewHeatStack } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["heat"] });
 * const demo = cloud.user("demo");
 * const wanted: NewHeatStack = {
 *   name: "empty",
 *   template: { heat_template_version: "2013-05-23", resources: {} },
 * };
 * cloud.run(demo.heat.create(wanted)) === cloud.id("stack", "empty"); // → true
 * ```
 */
export interface NewHeatStack {
  readonly name: string;
  /** The template: HOT or CFN, as an object. */
  readonly template: JsonObject;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  /** Minutes. Default 60. */
  readonly timeout?: number;
  /** Leave what has failed as it is. Default true. */
  readonly disable_rollback?: boolean;
}
