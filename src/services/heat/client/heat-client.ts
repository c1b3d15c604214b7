/**
 * Heat's API as python-heatclient asks it: what has a name is found by being sent on, and what is below a stack is
 * asked for by its whole path. Upstream: heatclient/v1/{stacks,resources,events,actions,resource_types,
 * build_info}.py, heatclient/common/http.py, 0.2.12.
 */
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  Exception,
  isObject,
  quote,
  str,
  urlencode,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { exceptionOf } from "./errors.js";

export interface HeatQuestion {
  readonly body?: Json | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly redirect: boolean;
}

/** Heat's endpoint in the catalog, and who asks there. */
export interface HeatEndpoint {
  readonly url: string;
  /** The user's own name and password, which Heat keeps for later. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Whatever is answered. */
  request(method: string, path: string, question: HeatQuestion): Op<HttpResponse>;
}

type Fields = Readonly<Record<string, Json | undefined>>;

const JSON_HEADERS = { "Content-Type": "application/json", Accept: "application/json" };
const RAW_HEADERS = { "Content-Type": "application/octet-stream", Accept: "*/*" };

export class HeatClient {
  readonly #endpoint: HeatEndpoint;

  constructor(endpoint: HeatEndpoint) {
    this.#endpoint = endpoint;
  }

  *#request(
    method: string,
    path: string,
    { headers = JSON_HEADERS, redirect = true, body }: Partial<HeatQuestion> = {},
  ): Op<HttpResponse> {
    const response = yield* this.#endpoint.request(method, path, { headers, redirect, body });
    if (response.status === 300 || response.status >= 400) throw exceptionOf(response);
    return response;
  }

  /** The body, if it says that it is JSON. */
  *#json(method: string, path: string, more: Partial<HeatQuestion> = {}): Op<Json> {
    const { body, headers } = yield* this.#request(method, path, more);
    return headers["content-type"]?.includes("application/json") === true ? body : null;
  }

  *#list(path: string, key: string): Op<JsonObject[]> {
    const found = item(yield* this.#json("GET", path), key);
    return Array.isArray(found) ? (found as readonly Json[]).filter(isObject) : [];
  }

  /** With the user's credentials, as what changes stacks goes. */
  #trusting(method: string, path: string, body: JsonObject): Op<Json> {
    const headers = { ...JSON_HEADERS, ...this.#endpoint.credentials };
    return this.#json(method, path, { headers, body });
  }

  /** Pages on until `limit` is reached. */
  *stacks(params: Fields = {}): Op<JsonObject[]> {
    const found: JsonObject[] = [];
    let page = given(params);
    for (;;) {
      const stacks = yield* this.#list(`/stacks?${encoded(page)}`, "stacks");
      found.push(...stacks);
      const left = Number(page["limit"] ?? 0) - stacks.length;
      if (!(left > 0) || stacks.length === 0) return found;
      page = { ...page, limit: left, marker: stacks.at(-1)?.["id"] ?? null };
    }
  }

  createStack(fields: JsonObject): Op<Json> {
    return this.#trusting("POST", "/stacks", fields);
  }

  *previewStack(fields: JsonObject): Op<JsonObject> {
    return object(item(yield* this.#trusting("POST", "/stacks/preview", fields), "stack"));
  }

  updateStack(id: string, existing: boolean, fields: JsonObject): Op<Json> {
    return this.#trusting(existing ? "PATCH" : "PUT", `/stacks/${id}`, fields);
  }

  *deleteStack(id: string): Op<void> {
    yield* this.#request("DELETE", `/stacks/${id}`, { headers: RAW_HEADERS });
  }

  *stack(id: string): Op<JsonObject> {
    return object(item(yield* this.#json("GET", `/stacks/${id}`), "stack"));
  }

  *abandonStack(id: string): Op<Json> {
    const { stack_name = "", id: uuid = "" } = yield* this.stack(id);
    return yield* this.#json("DELETE", `/stacks/${str(stack_name)}/${str(uuid)}/abandon`);
  }

  template(id: string): Op<Json> {
    return this.#json("GET", `/stacks/${id}/template`);
  }

  validate(fields: JsonObject): Op<Json> {
    return this.#json("POST", "/validate", { body: fields });
  }

  /** Suspend, resume and the like. */
  *act(id: string, action: string): Op<void> {
    yield* this.#json("POST", `/stacks/${id}/actions`, { body: { [action]: null } });
  }

  resources(id: string, depth?: string): Op<JsonObject[]> {
    const query = depth === undefined ? "" : `?nested_depth=${depth}`;
    return this.#list(`/stacks/${id}/resources${query}`, "resources");
  }

  *resource(id: string, name: string): Op<JsonObject> {
    const path = yield* this.#below(id, name);
    return object(item(yield* this.#json("GET", path), "resource"));
  }

  *metadata(id: string, name: string): Op<Json> {
    return item(yield* this.#json("GET", `${yield* this.#below(id, name)}/metadata`), "metadata");
  }

  *signal(id: string, name: string, data: Json): Op<void> {
    yield* this.#json("POST", `${yield* this.#below(id, name)}/signal`, { body: data });
  }

  *events(id: string, resource: string | undefined, params: Fields): Op<JsonObject[]> {
    const query = encoded(given(params));
    const path =
      resource === undefined
        ? `/stacks/${id}/events`
        : `${yield* this.#below(id, resource)}/events`;
    return yield* this.#list(query === "" ? path : `${path}?${query}`, "events");
  }

  *event(id: string, resource: string, event: string): Op<JsonObject> {
    const path = `${yield* this.#below(id, resource)}/events/${quote(event)}`;
    return object(item(yield* this.#json("GET", path), "event"));
  }

  *resourceTypes(): Op<string[]> {
    const found = item(yield* this.#json("GET", "/resource_types"), "resource_types");
    return Array.isArray(found) ? found.map((type) => str(type as Json)) : [];
  }

  resourceType(type: string): Op<Json> {
    return this.#json("GET", `/resource_types/${quote(type)}`);
  }

  templateOf(type: string): Op<Json> {
    return this.#json("GET", `/resource_types/${quote(type)}/template`);
  }

  *buildInfo(): Op<JsonObject> {
    return object(yield* this.#json("GET", "/build_info"));
  }

  /** The path of a resource of a stack, whose whole name is asked for first. */
  *#below(id: string, resource: string): Op<string> {
    return `/stacks/${quote(yield* this.#resolved(id))}/resources/${quote(resource)}`;
  }

  /** `_resolve_stack_id`: where one is sent on to, without going there. */
  *#resolved(id: string): Op<string> {
    if (id.indexOf("/") > 0) return id;
    const { headers } = yield* this.#request("GET", `/stacks/${id}`, { redirect: false });
    const { location } = headers;
    if (location === undefined) throw new Exception("Location not returned with 302");
    const { url } = this.#endpoint;
    if (location.toLowerCase().startsWith(url.toLowerCase())) {
      return location.slice(url.length + "/stacks/".length);
    }
    throw new Exception(`Prohibited endpoint redirect ${location}`);
  }
}

const item = (value: Json, key: string): Json => (isObject(value) ? (value[key] ?? null) : null);
const object = (value: Json): JsonObject => (isObject(value) ? value : {});

/** What says something. */
const given = (params: Fields): JsonObject =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]): [string, Json][] =>
      value === undefined || value === null || value === "" || value === false
        ? []
        : [[name, value]],
    ),
  );

/** A list is as many values of its name. */
function encoded(params: JsonObject): string {
  return Object.entries(params)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? (value as readonly Json[]) : [value]).map((one) =>
        urlencode(new Map([[name, str(one)]])),
      ),
    )
    .join("&");
}
