/**
 * `/servers/{id}/metadata`: all of it, or by key. Upstream:
 * nova/api/openstack/compute/server_metadata.py at 2014.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import { caught, type Op } from "../../../../../kernel/index.js";
import {
  AttributeError,
  isObject,
  item,
  KeyError,
  length,
  contains,
  PythonTypeError,
  ValueError,
  type Exception,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { InvalidMetadata, InvalidMetadataSize, QuotaError } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import { deleteMetadataKey, updateMetadata, type Metadata } from "../../compute/metadata.js";
import { stateConflict } from "../../faults.js";
import { badRequest } from "../../input.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { getServer } from "./look-up.js";

const MISSING = "Server does not exist";
const MALFORMED = "Malformed request body";

const READ = { inside: ["compute:get", "compute:get_instance_metadata"] } as const;
const UPDATE = { inside: ["compute:get", "compute:update_instance_metadata"] } as const;
const DELETE = {
  inside: ["compute:get", "compute:get_instance_metadata", "compute:delete_instance_metadata"],
} as const;

const ALL = "/servers/{id}/metadata";
const ITEM = `${ALL}/{key}` as const;

export const serverMetadataRoutes: readonly NovaRoute[] = [
  route("GET", ALL, READ, function* (call) {
    return respond(200, { metadata: metadataOf(call) });
  }),
  route("POST", ALL, UPDATE, function* (call) {
    const metadata = memberOf(call.request.body, "metadata", "metadata");
    return respond(200, { metadata: yield* update(call, metadata, { replace: false }) });
  }),
  route("PUT", ALL, UPDATE, function* (call) {
    const metadata = memberOf(call.request.body, "metadata", "metadata");
    return respond(200, { metadata: yield* update(call, metadata, { replace: true }) });
  }),
  route("GET", ITEM, READ, function* (call) {
    const { key } = call.params;
    const metadata = metadataOf(call);
    if (!Object.hasOwn(metadata, key)) throw noItem();
    return respond(200, { meta: { [key]: metadata[key] ?? null } });
  }),
  route("PUT", ITEM, UPDATE, function* (call) {
    const meta = memberOf(call.request.body, "meta", "meta item");
    if (!contains(meta, call.params.key)) throw badRequest("Request body and URI mismatch");
    if (length(meta) > 1) throw badRequest("Request body contains too many items");
    yield* update(call, meta, { replace: false });
    return respond(200, { meta });
  }),
  route("DELETE", ITEM, DELETE, function* (call) {
    const { key } = call.params;
    if (!Object.hasOwn(metadataOf(call), key)) throw noItem();
    try {
      yield* deleteMetadataKey(call, getServer(call, MISSING), key);
    } catch (thrown) {
      throw stateConflict(yield* caught(thrown), "delete metadata");
    }
    return respond(204);
  }),
];

const noItem = (): HttpFault => new HttpFault(404, "Metadata item was not found");

/** @throws HttpFault 404 */
function metadataOf(call: NovaCall<"id">): Metadata {
  const instance: Instance = getServer(call, MISSING);
  call.enforce(instance, "compute:get_instance_metadata");
  return instance.metadata;
}

/** The object at `key` of a body. @throws HttpFault 400 */
function memberOf(body: Json, key: string, what: string): JsonObject {
  const member = itemOf(body, key);
  if (!isObject(member)) throw badRequest(`${MALFORMED}. ${what} must be object`);
  return member;
}

function itemOf(body: Json, key: string): Json {
  try {
    return item(body, key);
  } catch (error) {
    if (error instanceof KeyError || error instanceof PythonTypeError) throw badRequest(MALFORMED);
    throw error;
  }
}

/** @throws HttpFault 400, 403, 404, 409, 413 */
function* update(
  call: NovaCall<"id">,
  metadata: JsonObject,
  how: { readonly replace: boolean },
): Op<Metadata> {
  try {
    return yield* updateMetadata(call, getServer(call, MISSING), metadata, how);
  } catch (thrown) {
    throw updateFault(yield* caught(thrown));
  }
}

function updateFault(error: Exception): unknown {
  const { message } = error;
  if (error instanceof ValueError || error instanceof AttributeError) return badRequest(MALFORMED);
  if (error instanceof InvalidMetadataSize) return new HttpFault(413, message);
  if (error instanceof InvalidMetadata) return badRequest(message);
  if (error instanceof QuotaError) return new HttpFault(403, message);
  return stateConflict(error, "update metadata");
}
