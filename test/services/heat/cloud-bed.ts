/** A whole cloud with Heat in it, and a user who asks heat-api as the program `heat` does. */
import { Cloud, type CloudSetup } from "../../../src/cloud/cloud.js";
import type { AnyObservation } from "../../../src/timeline/entry.js";
import type { AccessInfo } from "../../../src/framework/apiclient/index.js";
import { HttpClient, type HttpResponse } from "../../../src/http/index.js";
import type { Op } from "../../../src/kernel/index.js";
import { isObject, textOf, toJson, type Json, type JsonObject } from "../../../src/python/index.js";
import { authenticate } from "../../../src/services/keystone/client.js";
import { AUTH_URL } from "../../../src/services/keystone/project.js";
import { parseTemplate } from "../../../src/services/heat/template/template-format.js";

/** The texts that were written into a row. */
const valuesOf = (written: object): string[] =>
  Object.values("changes" in written ? (written.changes as Readonly<Record<string, Json[]>>) : {})
    .map(([, value]) => value)
    .filter((value) => typeof value === "string");

export class StackBed {
  readonly cloud: Cloud;
  /** Whether the name and the password go along. */
  sendsPassword = true;
  readonly #seen: AnyObservation[] = [];
  readonly #http: HttpClient;
  #access: AccessInfo | undefined;

  constructor(setup: CloudSetup = {}) {
    this.cloud = new Cloud({
      services: ["cinder", "heat"],
      ...setup,
      observer: {
        observe: (_at, what, detail, cause) => {
          if (detail === "flow") this.#seen.push(what as AnyObservation);
          return cause;
        },
      },
    });
    this.#http = new HttpClient(this.cloud.network, "demo");
  }

  /** As `demo`, whose name and password go along, as those of the program do. */
  ask(method: string, path: string, body?: Json, version = "/v1"): HttpResponse {
    return this.cloud.run(this.#ask(method, path, body, version));
  }

  *#ask(method: string, path: string, body: Json | undefined, version: string): Op<HttpResponse> {
    this.#access ??= yield* authenticate(this.#http, AUTH_URL, {
      tenantName: "demo",
      passwordCredentials: { username: "demo", password: "secret" },
    });
    const { token, tenantId = "" } = this.#access;
    const url = `http://controller:8004${version}/${tenantId}${path}`;
    return yield* this.#http.request(method, url, {
      headers: {
        "x-auth-token": token,
        ...(this.sendsPassword && { "x-auth-user": "demo", "x-auth-key": "secret" }),
      },
      ...(body !== undefined && { body }),
    });
  }

  /** @param template in YAML or as a dictionary */
  create(name: string, template: string | JsonObject, rest: JsonObject = {}): HttpResponse {
    const parsed = typeof template === "string" ? parseTemplate(template, 524_288) : template;
    return this.ask("POST", "/stacks", { stack_name: name, template: parsed, ...rest });
  }

  /** The same, until nothing is under way. @returns its path; what was said instead of one */
  build(name: string, template: string | JsonObject, rest: JsonObject = {}): string {
    const { status, body } = this.create(name, template, rest);
    if (status !== 201) return messageOf(body);
    this.cloud.settle();
    return this.path(name);
  }

  /** Another template for a stack, until nothing is under way. */
  change(path: string, template: JsonObject, rest: JsonObject = {}): HttpResponse {
    const response = this.ask("PUT", path, { template, ...rest });
    this.cloud.settle();
    return response;
  }

  /** What the engine has sent so far to paths of a pattern. */
  bodies(method: string, path: RegExp): { readonly body: Json }[] {
    return this.#seen.flatMap((what) =>
      what.kind === "rest.request" &&
      "path" in what &&
      what.from === "heat-engine@controller" &&
      what.method === method &&
      path.test(what.path)
        ? [{ body: toJson(what.body) }]
        : [],
    );
  }

  /** How often a method has been called over the bus so far. */
  calls(method: string): number {
    return this.#seen.filter((what) => what.kind === "rpc.call" && what.method === method).length;
  }

  /** Of the newest one of that name. */
  path(name: string): string {
    const { body } = this.ask("GET", "/stacks");
    const stacks = isObject(body) && Array.isArray(body["stacks"]) ? body["stacks"] : [];
    const found = (stacks as readonly Json[])
      .filter(isObject)
      .find(({ stack_name }) => stack_name === name);
    return `/stacks/${name}/${textOf(found ?? {}, "id")}`;
  }

  show(path: string): JsonObject {
    const { body } = this.ask("GET", path);
    const stack = isObject(body) ? body["stack"] : undefined;
    return isObject(stack) ? stack : {};
  }

  /** `CREATE_COMPLETE: Stack CREATE completed successfully`. */
  state(path: string): string {
    const stack = this.show(path);
    return `${textOf(stack, "stack_status")}: ${textOf(stack, "stack_status_reason")}`;
  }

  /** Resources as `name STATUS`, in the order of their names. */
  resources(path: string): string[] {
    const { body } = this.ask("GET", `${path}/resources`);
    const list = isObject(body) && Array.isArray(body["resources"]) ? body["resources"] : [];
    return (list as readonly Json[])
      .filter(isObject)
      .map((one) => `${textOf(one, "resource_name")} ${textOf(one, "resource_status")}`)
      .sort();
  }

  outputs(path: string): JsonObject {
    const { outputs } = this.show(path);
    const list = Array.isArray(outputs) ? (outputs as readonly Json[]).filter(isObject) : [];
    return Object.fromEntries(
      list.map((one) => [
        textOf(one, "output_key"),
        one["output_error"] ?? one["output_value"] ?? null,
      ]),
    );
  }

  /** The URL by which a resource is signalled, as the engine has kept it: the last that was made. */
  signedUrl(): string {
    const kept = this.#seen.flatMap((what) => (what.kind === "db" ? valuesOf(what) : []));
    return kept.findLast((value) => value.includes("&Signature=")) ?? "";
  }

  /** Requests of the engine so far, as `METHOD service/path`. */
  requests(): string[] {
    return this.#seen.flatMap((what) =>
      what.kind === "rest.request" && "path" in what && what.from === "heat-engine@controller"
        ? [`${what.method} ${what.to}${what.path}`]
        : [],
    );
  }
}

/** What a refusal says. */
export function messageOf(body: Json): string {
  const error = isObject(body) ? body["error"] : undefined;
  return isObject(error) ? textOf(error, "message") : JSON.stringify(body);
}
