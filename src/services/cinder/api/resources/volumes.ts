/**
 * The requests about volumes themselves: list, show, create, rename, delete. Upstream:
 * cinder/api/v2/volumes.py, cinder/api/v1/volumes.py, cinder/api/contrib/scheduler_hints.py at 2014.2.
 */
import { respond, type HttpRequest, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  contains,
  dictUpdate,
  get,
  isObject,
  isUuidLike,
  item,
  pythonLiteral,
  PythonTypeError,
  str,
  truth,
  typeName,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { snapshotGet, type Snapshot } from "../../db/snapshots.js";
import type { VolumeRow } from "../../db/schema.js";
import type { VolumeType } from "../../db/volume-types.js";
import type { Volume } from "../../db/volumes.js";
import { NotFound, VolumeAttached, VolumeTypeNotFound } from "../../exception.js";
import { notifyAboutVolumeUsage } from "../../notifications.js";
import { createVolume, typeNamed } from "../create/create-volume.js";
import { badRequest, notFound, plainFault } from "../faults.js";
import { bodyOf, columnText, limited, validEntity } from "../input.js";
import { BOTH, inVersions, type ApiVersion, type Asking, type CinderCall } from "../route.js";
import { nextLinks } from "../views/links.js";
import { volumeAttributes, volumeSummary, volumeView } from "../views/volume-view.js";
import { replacing } from "../volumes/metadata-checks.js";
import { listVolumes } from "../volumes/volume-list.js";
import {
  deleteVolume,
  getSourceVolume,
  getVolume,
  getVolumeElevated,
  updateVolume,
} from "../volumes/volumes.js";

const CREATING = ["volume:create", "volume:get_snapshot", "volume:get_volume"] as const;

export const volumeRoutes = inVersions(BOTH, (route, version) => [
  route("GET", "/volumes", { inside: "volume:get_all" }, (call) => list(call, version, false)),
  route("GET", "/volumes/detail", { inside: "volume:get_all" }, (call) =>
    list(call, version, true),
  ),
  route("POST", "/volumes", { inside: CREATING }, (call) => create(call, version)),
  route("GET", "/volumes/{id}", { inside: "volume:get" }, (call) => show(call, version)),
  route("PUT", "/volumes/{id}", { inside: ["volume:get", "volume:update"] }, (call) =>
    update(call, version),
  ),
  route("DELETE", "/volumes/{id}", { inside: ["volume:get", "volume:delete"] }, (call) =>
    remove(call, version),
  ),
]);

/** What a request says where there is no such volume: v1 has no words of its own. */
const missing = (version: ApiVersion) =>
  version === "v1" ? plainFault(404) : notFound("Volume could not be found");

function* show(call: CinderCall<"id">, version: ApiVersion): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const volume = found(() => getVolumeElevated(call, params.id), version);
  const view = volumeView(app, ctxt, volume, { version, adminMetadata: true });
  return respond(200, { volume: { ...view, ...volumeAttributes(app, ctxt, volume) } });
}

/** @throws HttpFault 404 */
function found<T>(look: () => T, version: ApiVersion): T {
  try {
    return look();
  } catch (error) {
    throw error instanceof NotFound ? missing(version) : error;
  }
}

function* remove(call: CinderCall<"id">, version: ApiVersion): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", `Delete volume with id: ${params.id}`);
  try {
    yield* deleteVolume(call, getVolume(call, params.id));
  } catch (error) {
    if (error instanceof NotFound) throw missing(version);
    if (error instanceof VolumeAttached && version === "v2") {
      throw badRequest("Volume cannot be deleted while in attached state");
    }
    throw error;
  }
  return respond(202);
}

/** The parameters that are no filters, and what others than administrators may filter by. */
const NO_FILTERS: Readonly<Record<ApiVersion, readonly string[]>> = {
  v1: ["limit", "offset"],
  v2: ["marker", "limit", "sort_key", "sort_dir", "offset"],
};
const FOR_ALL: Readonly<Record<ApiVersion, readonly string[]>> = {
  v1: ["display_name", "status", "metadata"],
  v2: ["name", "status", "metadata"],
};

function* list(call: CinderCall, version: ApiVersion, detail: boolean): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const { query } = request;
  const paging = version === "v2";
  const volumes = listVolumes(call, {
    ...(paging && { marker: query.get("marker"), limit: query.get("limit") }),
    sortKey: (paging ? query.get("sort_key") : undefined) ?? "created_at",
    sortDir: (paging ? query.get("sort_dir") : undefined) ?? "desc",
    filters: filtersOf(call, version),
  });
  const most = app.flags.osapi_max_limit;
  const page = limited(volumes, query, most);
  const brief = paging && !detail;
  const views = page.map((volume) => {
    if (brief) return volumeSummary(app, ctxt, volume);
    const view = volumeView(app, ctxt, volume, { version, adminMetadata: true });
    return detail ? { ...view, ...volumeAttributes(app, ctxt, volume) } : view;
  });
  const ids = page.map(({ uuid }) => uuid);
  const collection = detail ? "volumes/detail" : "volumes";
  const links = paging ? nextLinks(call, { version, collection, ids }) : [];
  return respond(200, { volumes: views, ...(links.length > 0 && { volumes_links: links }) });
}

function filtersOf({ ctxt, request: { query } }: CinderCall, version: ApiVersion) {
  const filters = new Map<string, Json>();
  for (const [key, value] of query.pairs) {
    if (NO_FILTERS[version].includes(key)) continue;
    if (!ctxt.is_admin && !FOR_ALL[version].includes(key)) continue;
    const column = version === "v2" && key === "name" ? "display_name" : key;
    filters.set(column, key === "metadata" ? pythonLiteral(value) : value);
  }
  return filters;
}

function* create(call: CinderCall, version: ApiVersion): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const hints = hintsIn(bodyOf(request));
  const body = entityIn(request, version);
  const text = (v2: string, v1: string): Json => {
    const own = version === "v2" ? get(body, v2) : null;
    return truth(own) ? own : get(body, v1);
  };
  const type = typeIn(call, get(body, "volume_type"));
  const snapshot = snapshotIn(call, get(body, "snapshot_id"));
  const source = sourceIn(call, get(body, "source_volid"), version);
  if (version === "v2") refuseOthers(call, body);
  const size = get(body, "size") ?? snapshot?.volume_size ?? source?.size ?? null;
  app.env.log("info", `Create volume of ${str(size)} GB`);
  const imageId = imageIn(get(body, "imageRef"));
  const volume = yield* createVolume(call, {
    size,
    name: text("name", "display_name"),
    description: text("description", "display_description"),
    type,
    metadata: get(body, "metadata"),
    zone: get(body, "availability_zone"),
    hints: version === "v2" ? hints : null,
    snapshot,
    source,
    imageId,
  });
  const options = { version, adminMetadata: false, fresh: true, imageId };
  return respond(version === "v1" ? 200 : 202, { volume: volumeView(app, ctxt, volume, options) });
}

/** @throws HttpFault 400, in v1 422 */
function entityIn(request: HttpRequest, version: ApiVersion): JsonObject {
  const entity = validEntity(bodyOf(request), "volume");
  if (entity !== undefined) return entity;
  if (version === "v1") throw plainFault(422);
  throw badRequest("Missing required element 'volume' in request body");
}

/**
 * `OS-SCH-HNT:scheduler_hints`, read before anything else, in v1 for nothing; the extension writes them into the
 * volume, which must be something that can be written into. @throws PythonTypeError, HttpFault 400
 */
function hintsIn(body: Json): JsonObject {
  const key = "OS-SCH-HNT:scheduler_hints";
  const hints = contains(body, key) ? hintsOf(item(body, key)) : {};
  if (contains(body, "volume")) {
    const volume = item(body, "volume");
    if (Array.isArray(volume)) {
      throw new PythonTypeError("list indices must be integers, not str");
    }
    if (!isObject(volume)) {
      throw new PythonTypeError(`'${typeName(volume)}' object does not support item assignment`);
    }
  }
  return hints;
}

/** @throws PythonTypeError; HttpFault 400 for pairs that are none */
function hintsOf(value: Json): JsonObject {
  try {
    return dictUpdate({}, value);
  } catch (error) {
    throw error instanceof ValueError ? badRequest("Malformed scheduler_hints attribute") : error;
  }
}

/** @throws HttpFault 404 */
function typeIn(call: Asking, named: Json): VolumeType | undefined {
  if (!truth(named)) return undefined;
  const text = str(named);
  try {
    return typeNamed(call, text, typeof named === "string" && isUuidLike(named));
  } catch (error) {
    throw error instanceof VolumeTypeNotFound ? notFound("Volume type not found.") : error;
  }
}

const textOf = (id: Json): string => (typeof id === "string" ? id : JSON.stringify(id));

/** @throws HttpFault 404 */
function snapshotIn({ app, ctxt, enforce }: Asking, id: Json): Snapshot | undefined {
  if (id === null) return undefined;
  try {
    enforce(ctxt, "volume:get_snapshot");
    return snapshotGet(app.db, ctxt, textOf(id));
  } catch (error) {
    throw error instanceof NotFound ? notFound(`snapshot id:${textOf(id)} not found`) : error;
  }
}

/** @throws HttpFault 404 */
function sourceIn(call: Asking, id: Json, version: ApiVersion): Volume | undefined {
  if (id === null) return undefined;
  try {
    return getSourceVolume(call, textOf(id));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const what = version === "v1" ? "source vol" : "source volume";
    throw notFound(`${what} id:${textOf(id)} not found`);
  }
}

/** Replicas and groups are not simulated: none has any. @throws HttpFault 404; PolicyNotAuthorized */
function refuseOthers(call: Asking, body: JsonObject): void {
  const replica = get(body, "source_replica");
  if (replica !== null) {
    try {
      getSourceVolume(call, textOf(replica));
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      throw notFound(`replica source volume id:${textOf(replica)} not found`);
    }
    const source = get(body, "source_volid");
    const shown = source === null ? "None" : textOf(source);
    throw notFound(`source volume id:${shown} is not replicated`);
  }
  const group = get(body, "consistencygroup_id");
  if (group !== null) throw notFound(`Consistency group id:${textOf(group)} not found`);
}

/** An id, or a link that ends in one. @throws HttpFault 400 */
function imageIn(reference: Json): string | undefined {
  if (reference === null) return undefined;
  const id = typeof reference === "string" ? (reference.split("/").at(-1) ?? "") : "";
  if (!isUuidLike(id)) throw badRequest("Invalid imageRef provided.");
  return id;
}

/** Keys of a body by the columns that they stand for; in v2 a short one counts for more. */
const UPDATABLE: Readonly<Record<ApiVersion, readonly (readonly [string, TextColumn])[]>> = {
  v1: [
    ["display_name", "display_name"],
    ["display_description", "display_description"],
  ],
  v2: [
    ["display_name", "display_name"],
    ["display_description", "display_description"],
    ["name", "display_name"],
    ["description", "display_description"],
  ],
};

type TextColumn = "display_name" | "display_description";

function* update(call: CinderCall<"id">, version: ApiVersion): Op<HttpResponse> {
  const { app, ctxt, request, params } = call;
  const entity = updateIn(bodyOf(request), version);
  const texts: Partial<Record<TextColumn, string | null>> = {};
  for (const [key, column] of UPDATABLE[version]) {
    if (Object.hasOwn(entity, key)) texts[column] = columnText(entity[key] ?? null);
  }
  const volume = found(() => getVolumeElevated(call, params.id), version);
  yield* notifyAboutVolumeUsage(app.notifier, ctxt, volume, "update.start");
  const view = (row: Volume): JsonObject =>
    volumeView(app, ctxt, row, { version, adminMetadata: true });
  // The answer has the metadata as they were.
  const { metadata: before } = view(volume);
  setMetadata(call, volume, entity);
  const changes: Partial<VolumeRow> = texts;
  const updated = found(() => updateVolume(call, volume, changes), version);
  yield* notifyAboutVolumeUsage(app.notifier, ctxt, { ...volume, ...texts }, "update.end");
  return respond(200, { volume: { ...view({ ...updated, ...texts }), metadata: before ?? {} } });
}

/** @throws HttpFault 400, in v1 422; AttributeError for what has no members */
function updateIn(body: Json, version: ApiVersion): JsonObject {
  if (!truth(body)) throw version === "v1" ? plainFault(422) : badRequest("Missing request body");
  if (!contains(body, "volume")) {
    if (version === "v1") throw plainFault(422);
    throw badRequest("Missing required element 'volume' in request body");
  }
  const entity = item(body, "volume");
  if (isObject(entity)) return entity;
  throw new PythonTypeError(`argument of type '${typeName(entity)}' is not iterable`);
}

/** All of them, where any are given. @throws AttributeError, PythonTypeError for what has no items */
function setMetadata({ app, enforce }: Asking, volume: Volume, entity: JsonObject): void {
  const metadata = get(entity, "metadata");
  if (metadata === null) return;
  enforce(volume, "volume:update");
  const given = replacing(app.db.userMetadata.get(volume.uuid), metadata, "items");
  const texts = Object.entries(given).map(([key, value]) => [key, columnText(value)] as const);
  app.db.userMetadata.set(volume.uuid, Object.fromEntries(texts), true);
}
