/** Heat's API for programs. Upstream: heatclient/v1/client.py, 0.2.12. */
import { assertOptions, type Op } from "../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../python/index.js";
import { getList, getOne, memberOf, named, queryOf, type Asker, type Search } from "./asking.js";
import { ApiPart } from "./part.js";
import { object, shaped, text } from "./shape.js";
import {
  BRIEF,
  STACK,
  RESOURCE,
  EVENT,
  type HeatStackInBrief,
  type HeatStack,
  type HeatResource,
  type HeatEvent,
  type NewHeatStack,
} from "./shapes/heat.js";

const NEW = ["name", "template", "parameters", "timeout", "disable_rollback"];

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
    return yield* getList(this.#asker, `/stacks${queryOf(search)}`, BRIEF, "stacks");
  }

  /** By name or id. @throws NotFound, ClientException */
  *show(stack: string): Op<HeatStack> {
    return yield* getOne(
      this.#asker,
      `/stacks/${yield* this.#whole(stack)}`,
      STACK,
      "a stack",
      "stack",
    );
  }

  /** @returns its id: nothing of it is there yet. @throws Conflict for a name that is taken; ClientException */
  *create(stack: NewHeatStack): Op<string> {
    assertOptions(stack, "heat.create", NEW);
    const { name, template, parameters = {}, timeout = 60, disable_rollback = true } = stack;
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
  *update(stack: string, changes: Pick<NewHeatStack, "template" | "parameters">): Op<void> {
    assertOptions(changes, "heat.update", ["template", "parameters"]);
    const { template, parameters = {} } = changes;
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
    return yield* getList(
      this.#asker,
      `/stacks/${yield* this.#whole(stack)}/resources`,
      RESOURCE,
      "resources",
    );
  }

  /** @throws NotFound, ClientException */
  *events(stack: string): Op<readonly HeatEvent[]> {
    return yield* getList(
      this.#asker,
      `/stacks/${yield* this.#whole(stack)}/events`,
      EVENT,
      "events",
    );
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
    const answer = yield* this.#asker.request("GET", `/stacks/${named(stack, "a stack")}`);
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
