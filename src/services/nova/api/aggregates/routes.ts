/** Host aggregates, for administrators. Upstream: nova/api/openstack/compute/contrib/aggregates.py at 2014.2; nova §5.5. */
import { HttpFault, respond } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import {
  asDict,
  contains,
  dictOrder,
  get,
  isObject,
  item,
  KeyError,
  length,
  str,
  toJson,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { allAggregates } from "../../db/aggregates/aggregates.js";
import {
  AggregateHostExists,
  AggregateHostNotFound,
  AggregateNameExists,
  AggregateNotFound,
  ComputeHostNotFound,
  InvalidAggregateAction,
  InvalidInput,
} from "../../exception.js";
import type { Aggregate } from "../../objects/aggregates/aggregate.js";
import { plainFault } from "../faults.js";
import { badRequest, stringOfLength } from "../input.js";
import { route, type NovaCall, type NovaRoute } from "../route.js";
import { AggregateApi, type Metadata } from "./aggregate-api.js";

const POLICY = "compute_extension:aggregates";

export const aggregateRoutes: readonly NovaRoute[] = [
  route("GET", "/os-aggregates", POLICY, function* ({ app }) {
    return respond(200, { aggregates: allAggregates(app.db, app.store).map(view) });
  }),
  route("POST", "/os-aggregates", POLICY, function* ({ app, ctxt, request: { body } }) {
    const given = onlyMember(body, "aggregate");
    if (isObject(given) && !Object.hasOwn(given, "name")) throw plainFault(400);
    const wanted = item(given, "name");
    const zone = get(given, "availability_zone");
    const name = checked(wanted, "Aggregate name");
    const where = zone === null ? null : checked(zone, "Availability_zone");
    const made = yield* answered(new AggregateApi(app, ctxt).create(name, where));
    const { hosts: _hosts, metadata: _metadata, ...shown } = view(made);
    return respond(200, { aggregate: shown });
  }),
  route("GET", "/os-aggregates/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    const aggregate = yield* answered(found(new AggregateApi(app, ctxt), id));
    return respond(200, { aggregate: view(aggregate) });
  }),
  route("PUT", "/os-aggregates/{id}", POLICY, function* ({ app, ctxt, params: { id }, request }) {
    const given = asDict(sized(onlyMember(request.body, "aggregate")), "keys");
    const keys = Object.keys(given);
    if (keys.length < 1 || keys.some((key) => key !== "name" && key !== "availability_zone")) {
      throw plainFault(400);
    }
    const { name, availability_zone: zone } = given;
    const values = {
      ...(name !== undefined && { name: checked(name, "Aggregate name") }),
      ...(zone !== undefined && {
        zone: zone === null ? null : checked(zone, "Availability_zone"),
      }),
    };
    const aggregate = yield* answered(new AggregateApi(app, ctxt).update(id, values));
    return respond(200, { aggregate: view(aggregate) });
  }),
  route("DELETE", "/os-aggregates/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    yield* answered(new AggregateApi(app, ctxt).delete(id));
    return respond(200);
  }),
  route("POST", "/os-aggregates/{id}/action", { inside: POLICY }, function* (call) {
    return respond(200, { aggregate: view(yield* acted(call)) });
  }),
];

/** What the first member of the body names: which host is looked at before whether the caller may. */
function* acted(call: NovaCall<"id">): Op<Aggregate> {
  const { app, ctxt, enforce, params, request } = call;
  const { id } = params;
  const { body } = request;
  const api = new AggregateApi(app, ctxt);
  const [action = ""] = dictOrder(Object.keys(asDict(body, "iteritems")));
  const data = action === "" ? null : item(body, action);
  switch (action) {
    case "add_host": {
      const host = hostIn(data);
      enforce(ctxt, POLICY);
      const wrong = `Cannot add host ${host} in aggregate ${id}`;
      return yield* answered(api.addHost(id, host), wrong);
    }
    case "remove_host": {
      const host = hostIn(data);
      enforce(ctxt, POLICY);
      const wrong = `Cannot remove host ${host} in aggregate ${id}`;
      return yield* answered(api.removeHost(id, host), wrong);
    }
    case "set_metadata": {
      enforce(ctxt, POLICY);
      const metadata = metadataIn(data);
      try {
        return yield* answered(api.updateMetadata(id, metadata));
      } catch (error) {
        if (!(error instanceof HttpFault) || error.status !== 404) throw error;
        throw new HttpFault(404, `Cannot set metadata ${str(metadata)} in aggregate ${id}`);
      }
    }
    default:
      throw badRequest(
        truth(body) ? `Aggregates does not have ${action} action` : "Invalid request body",
      );
  }
}

function* found(api: AggregateApi, id: string): Op<Aggregate> {
  return api.get(id);
}

/** The one member of the body. @throws HttpFault 400, PythonTypeError */
function onlyMember(body: Json, key: string): Json {
  if (length(body) !== 1) throw plainFault(400);
  try {
    return item(body, key);
  } catch (error) {
    throw error instanceof KeyError ? plainFault(400) : error;
  }
}

/** What is to be changed must be something. @throws HttpFault 400; PythonTypeError for what has no length */
function sized(updates: Json): Json {
  if (length(updates) < 1) throw plainFault(400);
  return updates;
}

/** `get_host_from_body`. @throws HttpFault 400; PythonTypeError for what has no members */
function hostIn(data: Json): string {
  if (length(data) !== 1) throw badRequest("Only host parameter can be specified");
  if (!contains(data, "host")) throw badRequest("Host parameter must be specified");
  return checked(item(data, "host"), "host");
}

/** @throws HttpFault 400, PythonTypeError */
function metadataIn(data: Json): Metadata {
  const metadata = onlyMember(data, "metadata");
  if (!isObject(metadata)) throw badRequest("The value of metadata must be a dict");
  const pairs = dictOrder(Object.keys(metadata)).map((key): [string, string | null] => {
    checked(key, "metadata.key");
    const value = metadata[key] ?? null;
    return [key, value === null ? null : checked(value, "metadata.value", 0)];
  });
  return Object.fromEntries(pairs);
}

/** @throws HttpFault 400 */
function checked(value: Json, name: string, least = 1): string {
  try {
    return stringOfLength(value, name, least, 255);
  } catch (error) {
    throw error instanceof InvalidInput ? badRequest(error.message) : error;
  }
}

/** @param words what is said in the place of an error's own */
function* answered<T>(op: Op<T>, words?: string): Op<T> {
  try {
    return yield* op;
  } catch (thrown) {
    const error = yield* caught(thrown);
    const status = statusOf(error, words !== undefined);
    throw status === undefined ? error : new HttpFault(status, words ?? error.message);
  }
}

/** @param host whether a host was to come or go: what is refused then is a conflict */
function statusOf(error: unknown, host: boolean): number | undefined {
  if (error instanceof AggregateNameExists || error instanceof AggregateHostExists) return 409;
  if (error instanceof InvalidAggregateAction) return host ? 409 : 400;
  const missing = [AggregateNotFound, AggregateHostNotFound, ComputeHostNotFound];
  return missing.some((kind) => error instanceof kind) ? 404 : undefined;
}

const view = (aggregate: Aggregate): JsonObject => ({
  ...(toJson(aggregate.fields()) as JsonObject),
  availability_zone: aggregate.metadata["availability_zone"] ?? null,
});
