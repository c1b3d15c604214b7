/**
 * What users say of a volume or a snapshot, key by key or all at once. Both have the same requests.
 * Upstream: cinder/api/v{1,2}/volume_metadata.py, snapshot_metadata.py at 2014.2.
 */
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  asDict,
  AttributeError,
  contains,
  dictUpdate,
  length,
  truth,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { Metadata, Pairs } from "../../db/pairs.js";
import {
  InvalidVolumeMetadata,
  InvalidVolumeMetadataSize,
  SnapshotNotFound,
  VolumeNotFound,
} from "../../exception.js";
import type { CinderApp } from "../app.js";
import { badRequest, notFound } from "../faults.js";
import { bodyOf, columnText, member } from "../input.js";
import type { CinderRule } from "../policy.js";
import { BOTH, inVersions, type Asking, type CinderCall } from "../route.js";
import { checkMetadata, replacing } from "../volumes/metadata-checks.js";
import { getSnapshot } from "../volumes/snapshots.js";
import { getVolume } from "../volumes/volumes.js";

interface Owner {
  readonly name: string;
  readonly pairs: (app: CinderApp) => Pairs;
  /** That there is such a thing, and that the caller may do that to what is said of it. */
  readonly assert: (asking: Asking, id: string, act: "get" | "update" | "delete") => void;
}

const OF_VOLUME = {
  get: "volume:get_volume_metadata",
  update: "volume:update_volume_metadata",
  delete: "volume:delete_volume_metadata",
} as const satisfies Record<string, CinderRule>;

const volume: Owner = {
  name: "volume",
  pairs: ({ db }) => db.userMetadata,
  assert(asking, id, act) {
    asking.enforce(getVolume(asking, id), OF_VOLUME[act]);
  },
};

/** Of a snapshot, nothing but the snapshot itself is asked about. */
const snapshot: Owner = {
  name: "snapshot",
  pairs: ({ db }) => db.snapshotMetadata,
  assert(asking, id) {
    getSnapshot(asking, id);
  },
};

const READING = ["volume:get", OF_VOLUME.get] as const;
const WRITING = [...READING, OF_VOLUME.update] as const;
const DELETING = [...READING, OF_VOLUME.delete] as const;

export const metadataRoutes = inVersions(BOTH, (route) => [
  route("GET", "/volumes/{owner}/metadata", { inside: READING }, (call) => index(call, volume)),
  route("POST", "/volumes/{owner}/metadata", { inside: WRITING }, (call) => add(call, volume)),
  route("PUT", "/volumes/{owner}/metadata", { inside: WRITING }, (call) => replace(call, volume)),
  route("GET", "/volumes/{owner}/metadata/{key}", { inside: READING }, (call) =>
    show(call, volume),
  ),
  route("PUT", "/volumes/{owner}/metadata/{key}", { inside: WRITING }, (call) => put(call, volume)),
  route("DELETE", "/volumes/{owner}/metadata/{key}", { inside: DELETING }, (call) =>
    remove(call, volume),
  ),
  ...(["GET", "POST", "PUT"] as const).map((method) =>
    route(method, "/snapshots/{owner}/metadata", { inside: "volume:get_snapshot" }, (call) =>
      ({ GET: index, POST: add, PUT: replace })[method](call, snapshot),
    ),
  ),
  ...(["GET", "PUT", "DELETE"] as const).map((method) =>
    route(method, "/snapshots/{owner}/metadata/{key}", { inside: "volume:get_snapshot" }, (call) =>
      ({ GET: show, PUT: put, DELETE: remove })[method](call, snapshot),
    ),
  ),
]);

/** @throws HttpFault 404 */
function assert(call: CinderCall<"owner">, owner: Owner, act: "get" | "update" | "delete"): void {
  try {
    owner.assert(call, call.params.owner, act);
  } catch (error) {
    if (!(error instanceof VolumeNotFound || error instanceof SnapshotNotFound)) throw error;
    throw notFound(`${owner.name} does not exist`);
  }
}

/** @throws HttpFault 404 */
function metadataOf(call: CinderCall<"owner">, owner: Owner): Metadata {
  assert(call, owner, "get");
  return owner.pairs(call.app).get(call.params.owner);
}

function* index(call: CinderCall<"owner">, owner: Owner): Op<HttpResponse> {
  return respond(200, { metadata: metadataOf(call, owner) });
}

function* add(call: CinderCall<"owner">, owner: Owner): Op<HttpResponse> {
  return respond(200, {
    metadata: set(call, owner, member(bodyOf(call.request), "metadata"), false),
  });
}

function* replace(call: CinderCall<"owner">, owner: Owner): Op<HttpResponse> {
  return respond(200, {
    metadata: set(call, owner, member(bodyOf(call.request), "metadata"), true),
  });
}

function* show(call: CinderCall<"owner" | "key">, owner: Owner): Op<HttpResponse> {
  const metadata = metadataOf(call, owner);
  const { key } = call.params;
  if (!Object.hasOwn(metadata, key)) throw notFound("Metadata item was not found");
  return respond(200, { meta: { [key]: metadata[key] ?? null } });
}

function* put(call: CinderCall<"owner" | "key">, owner: Owner): Op<HttpResponse> {
  const meta = member(bodyOf(call.request), "meta");
  if (!contains(meta, call.params.key)) throw badRequest("Request body and URI mismatch");
  if (length(meta) > 1) throw badRequest("Request body contains too many items");
  set(call, owner, meta, false);
  return respond(200, { meta });
}

function* remove(call: CinderCall<"owner" | "key">, owner: Owner): Op<HttpResponse> {
  const { owner: id, key } = call.params;
  if (!Object.hasOwn(metadataOf(call, owner), key)) throw notFound("Metadata item was not found");
  assert(call, owner, "delete");
  owner.pairs(call.app).delete(id, key);
  return respond(200);
}

/** @param all whether keys that are not named go @returns what there is then @throws HttpFault 400, 404, 413 */
function set(call: CinderCall<"owner">, owner: Owner, given: Json, all: boolean): JsonObject {
  const { app, params } = call;
  const pairs = owner.pairs(app);
  assert(call, owner, "update");
  if (!all) assert(call, owner, "get");
  const current = pairs.get(params.owner);
  try {
    const metadata = all ? whole(current, given) : dictUpdate(current, given);
    checkMetadata(app.env, metadata);
    const texts = Object.entries(metadata).map(([key, value]) => [key, columnText(value)] as const);
    pairs.set(params.owner, Object.fromEntries(texts), all);
  } catch (error) {
    if (error instanceof InvalidVolumeMetadata) throw badRequest(error.message);
    if (error instanceof InvalidVolumeMetadataSize) throw new HttpFault(413, error.message);
    // A TypeError is none of those, and has other words.
    const malformed = error instanceof ValueError || error instanceof AttributeError;
    throw malformed ? badRequest("Malformed request body") : error;
  }
  return pairs.get(params.owner);
}

/** What is empty passes the checks, and is a matter of the database. @throws AttributeError, PythonTypeError */
const whole = (current: Metadata, given: Json): JsonObject =>
  truth(given) ? asDict(given, "iteritems") : replacing(current, given, "iteritems");
