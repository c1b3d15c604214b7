/** Heat's API for programs. Upstream: heatclient/v1/client.py, 0.2.12. */
import type { Op } from "../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../python/index.js";
import { memberOf, queryOf, type Asker, type Search } from "./collection.js";
import { ApiPart } from "./part.js";
import {
  anything,
  flag,
  list,
  maybe,
  nullable,
  number,
  object,
  record,
  shaped,
  text,
  type Shaped,
} from "./shape.js";

const BRIEF = object({
  id: text,
  stack_name: text,
  stack_status: text,
  stack_status_reason: text,
  description: nullable(text),
  creation_time: text,
  updated_time: maybe(nullable(text)),
});

const STACK = object({
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

const RESOURCE = object({
  resource_name: text,
  logical_resource_id: text,
  physical_resource_id: text,
  resource_type: text,
  resource_status: text,
  resource_status_reason: text,
  updated_time: text,
});

const EVENT = object({
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

/**
 * Heat for programs: `demo.heat`. A cloud has it that was told to: `services: ["heat"]`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["heat"] });
 * const { heat } = cloud.user("demo");
 * const template = {
 *   heat_template_version: "2013-05-23",
 *   resources: { word: { type: "OS::Heat::RandomString", properties: { length: 8 } } },
 * };
 * cloud.run(heat.create({ name: "words", template }));
 * cloud.settle();
 * cloud.run(heat.show("words")).stack_status; // → "CREATE_COMPLETE"
 * ```
 */
export class HeatApi extends ApiPart {
  readonly #asker: Asker;
  readonly #username: string;
  readonly #password: string;

  /** @param user with the own password, which Heat keeps for later */
  constructor(asker: Asker, user: { readonly username: string; readonly password: string }) {
    super();
    this.#asker = asker;
    this.#password = user.password;
    this.#username = user.username;
  }

  /** @throws ClientException */
  *list(search: Search = {}): Op<readonly HeatStackInBrief[]> {
    const answer = yield* this.#asker.request("GET", `/stacks${queryOf(search)}`);
    return shaped(list(BRIEF), memberOf(answer, "stacks"), "the list of stacks");
  }

  /** By name or id. @throws NotFound, ClientException */
  *show(stack: string): Op<HeatStack> {
    const answer = yield* this.#asker.request("GET", `/stacks/${yield* this.#whole(stack)}`);
    return shaped(STACK, memberOf(answer, "stack"), "the answer about a stack");
  }

  /** @returns its id: nothing of it is there yet. @throws Conflict for a name that is taken; ClientException */
  *create({
    name,
    template,
    parameters = {},
    timeout = 60,
    disable_rollback = true,
  }: NewHeatStack): Op<string> {
    const body = {
      stack_name: name,
      template,
      parameters,
      files: {},
      environment: {},
      timeout_mins: timeout,
      disable_rollback,
    };
    const answer = yield* this.#asker.request("POST", "/stacks", body, this.#credentials);
    return shaped(object({ id: text }), memberOf(answer, "stack"), "the answer about a stack").id;
  }

  /** @throws NotFound, ClientException */
  *update(
    stack: string,
    { template, parameters = {} }: Pick<NewHeatStack, "template" | "parameters">,
  ): Op<void> {
    const body = { template, parameters, files: {}, environment: {} };
    yield* this.#asker.request(
      "PUT",
      `/stacks/${yield* this.#whole(stack)}`,
      body,
      this.#credentials,
    );
  }

  /** @throws NotFound, ClientException */
  *delete(stack: string): Op<void> {
    yield* this.#asker.request("DELETE", `/stacks/${yield* this.#whole(stack)}`);
  }

  /** @throws NotFound, ClientException */
  suspend(stack: string): Op<void> {
    return this.#act(stack, "suspend");
  }

  /** @throws NotFound, ClientException */
  resume(stack: string): Op<void> {
    return this.#act(stack, "resume");
  }

  /** @throws NotFound, ClientException */
  *resources(stack: string): Op<readonly HeatResource[]> {
    const answer = yield* this.#asker.request(
      "GET",
      `/stacks/${yield* this.#whole(stack)}/resources`,
    );
    return shaped(list(RESOURCE), memberOf(answer, "resources"), "the list of resources");
  }

  /** @throws NotFound, ClientException */
  *events(stack: string): Op<readonly HeatEvent[]> {
    const answer = yield* this.#asker.request("GET", `/stacks/${yield* this.#whole(stack)}/events`);
    return shaped(list(EVENT), memberOf(answer, "events"), "the list of events");
  }

  /** What is wrong with a template, if anything. @throws BadRequest with the words; ClientException */
  *validate(template: JsonObject): Op<void> {
    yield* this.#asker.request("POST", "/validate", { template });
  }

  *#act(stack: string, action: string): Op<void> {
    const path = `/stacks/${yield* this.#whole(stack)}/actions`;
    yield* this.#asker.request("POST", path, { [action]: null });
  }

  /** `words/0f3c...`: what Heat would send a client on to. */
  *#whole(stack: string): Op<string> {
    const answer = yield* this.#asker.request("GET", `/stacks/${stack}`);
    const { location } = answer.headers;
    const [, there] = /\/stacks\/([^/]+\/[^/?]+)/u.exec(location ?? "") ?? [];
    if (there !== undefined) return there;
    const found: Json = isObject(answer.body) ? (answer.body["stack"] ?? null) : null;
    const { stack_name, id } = shaped(
      object({ stack_name: text, id: text }),
      found,
      "the answer about a stack",
    );
    return `${stack_name}/${id}`;
  }

  get #credentials(): Readonly<Record<string, string>> {
    return { "X-Auth-User": this.#username, "X-Auth-Key": this.#password };
  }
}
