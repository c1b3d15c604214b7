/**
 * The API's half of the making of a volume: checks, quota, row, and a cast to the scheduler, or straight
 * to the host that has what it is made from. A cast that fails leaves the row behind for ever, and gives
 * the quota back. Upstream: cinder/volume/api.py (create), cinder/volume/flows/api/create_volume.py at
 * 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  Exception,
  isObject,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { encryptionGet } from "../../db/encryption.js";
import type { VolumeType } from "../../db/volume-types.js";
import { volumeTypeByName, volumeTypeGet } from "../../db/volume-types.js";
import { volumeCreate, volumeGet, volumeUpdate, type Volume } from "../../db/volumes.js";
import {
  InvalidInput,
  OverQuota,
  VolumeLimitExceeded,
  VolumeSizeExceedsAvailableQuota,
} from "../../exception.js";
import { backendOf } from "../../hosts.js";
import type { FilterProperties, RequestSpec, RequestedType } from "../../request-spec.js";
import { VOLUME_TOPIC } from "../../volume/rpcapi.js";
import { columnText, isIntLike } from "../input.js";
import { revertingQuota } from "../reverting-quota.js";
import type { Asking } from "../route.js";
import { metadataIn } from "../volumes/metadata-checks.js";
import {
  assertImageFits,
  assertMetadata,
  assertOneSource,
  assertUsable,
  sizeOf,
  zoneOf,
  type Sources,
} from "./checks.js";

export interface NewVolumeRequest extends Sources {
  /** As it came, or as the source has it. */
  readonly size: Json;
  readonly name: Json;
  readonly description: Json;
  readonly type: VolumeType | undefined;
  readonly metadata: Json;
  readonly zone: Json;
  readonly hints: Json;
}

/** @throws what is wrong with it: InvalidInput and its like, VolumeLimitExceeded, what Glance answers */
export function* createVolume(asking: Asking, request: NewVolumeRequest): Op<Volume> {
  assertSizeLooksRight(request.size);
  assertTypeFits(request);
  // Zones are read before anything else is looked at.
  asking.app.zones.cached();
  assertOneSource(request);
  asking.enforce(asking.ctxt, "volume:create");
  assertUsable(request);
  const size = sizeOf(request.size, request);
  yield* assertImageFits(asking, request.imageId, size);
  const zone = zoneOf(asking, request.zone, request, originOf(asking, request));
  const type = typeOf(asking, request);
  const metadata = metadataIn(request.metadata);
  assertMetadata(asking, metadata);
  const reservations = reserve(asking, size, type.id);
  const { app, ctxt } = asking;
  const checked = { size, zone, type, metadata, reservations };
  const inserted = revertingQuota(asking, reservations, () => insert(asking, request, checked));
  app.quotas.commit(ctxt, reservations);
  const { volume } = inserted;
  try {
    yield* cast(asking, request, { ...inserted, type });
  } catch (error) {
    if (error instanceof Exception) giveBack(asking, volume);
    throw error;
  }
  return volume;
}

/** @throws InvalidInput */
function assertSizeLooksRight(size: Json): void {
  if (!truth(size) || (isIntLike(size) && Number(size) > 0)) return;
  const reason =
    "Invalid volume size provided for create request (size argument must be an integer (or string " +
    "represenation or an integer) and greater than zero).";
  throw new InvalidInput({ reason });
}

/** What is made from something has its type. @throws InvalidInput */
function assertTypeFits({ type, source, snapshot }: NewVolumeRequest): void {
  const refused = (what: string): InvalidInput => {
    const must = `(requested type must match ${what}, or be omitted)`;
    const reason = `Invalid volume_type provided ${must}. You should omit the argument.`;
    return new InvalidInput({ reason });
  };
  if (type === undefined) return;
  if (source !== undefined && type.id !== source.volume_type_id) throw refused("source volume");
  if (snapshot !== undefined && type.id !== snapshot.volume_type_id) {
    throw refused("source snapshot");
  }
}

function originOf({ app }: Asking, { snapshot }: Sources): Volume | undefined {
  return snapshot && app.db.volumes.getAny(snapshot.volume_id);
}

interface TypeToUse {
  readonly id: string | null;
  /** As it travels: nothing at all where there is none, null for a clone without one. */
  readonly requested: RequestedType;
}

function typeOf({ app }: Asking, { type, source, snapshot }: NewVolumeRequest): TypeToUse {
  const whole = (one: VolumeType | undefined): RequestedType =>
    one === undefined ? null : { ...one };
  if (source !== undefined && type === undefined) {
    return { id: source.volume_type_id, requested: null };
  }
  if (snapshot !== undefined) return { id: snapshot.volume_type_id, requested: whole(type) };
  const used = type ?? defaultType(app);
  return { id: used?.id ?? null, requested: used === undefined ? {} : whole(used) };
}

/** `get_default_volume_type`: one that is not there is as good as none. */
function defaultType({ db, env, flags }: Asking["app"]): VolumeType | undefined {
  const { default_volume_type: name } = flags;
  if (name === null) return undefined;
  const row = db.volume_types.first({ name });
  if (row !== undefined) return volumeTypeGet(db, row.uuid);
  env.log("error", "Default volume type is not found, please check default_volume_type config");
  return undefined;
}

/** @throws VolumeSizeExceedsAvailableQuota, VolumeLimitExceeded */
function reserve({ app, ctxt }: Asking, size: number, typeId: string | null): string[] {
  const { quotas, env } = app;
  try {
    return quotas.reserve(ctxt, quotas.withType({ volumes: 1, gigabytes: size }, typeId));
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    const { overs, quotas: limits } = error.details;
    const exceeded = `Quota exceeded for ${ctxt.project_id ?? "None"}, tried to create`;
    const consumed = error.consumed.bind(error);
    if (overs.some((over) => over.includes("gigabytes"))) {
      const [used, quota] = [consumed("gigabytes"), limits["gigabytes"] ?? 0];
      const already = `(${String(used)}G of ${String(quota)}G already consumed)`;
      env.log("warning", `${exceeded} ${String(size)}G volume ${already}`);
      throw new VolumeSizeExceedsAvailableQuota({ requested: size, consumed: used, quota });
    }
    if (!overs.some((over) => over.includes("volumes"))) throw error;
    const already = `(${String(consumed("volumes"))} volumes already consumed)`;
    env.log("warning", `${exceeded} volume ${already}`);
    throw new VolumeLimitExceeded({ allowed: limits["volumes"] ?? 0 });
  }
}

interface Checked {
  readonly size: number;
  readonly zone: string;
  readonly type: TypeToUse;
  readonly metadata: JsonObject;
  readonly reservations: readonly string[];
}

/** `ConfKeyManager`: there is one key, and this is its name. */
const KEY_ID = "00000000-0000-0000-0000-000000000000";

/** The row, and the properties that travel. */
function insert(
  { app, ctxt }: Asking,
  { snapshot, source, name, description, metadata: said }: NewVolumeRequest,
  { size, zone, type, metadata, reservations }: Checked,
): { readonly volume: Volume; readonly properties: RequestSpec["volume_properties"] } {
  const values = {
    size,
    user_id: ctxt.user_id,
    project_id: ctxt.project_id,
    status: "creating",
    attach_status: "detached",
    encryption_key_id: encryptionGet(app.db, type.id) === undefined ? null : KEY_ID,
    display_description: columnText(description),
    display_name: columnText(name),
    replication_status: "disabled",
    availability_zone: zone,
    snapshot_id: snapshot?.uuid ?? null,
    source_volid: source?.uuid ?? null,
    volume_type_id: type.id,
    consistencygroup_id: null,
  };
  const texts = Object.entries(metadata).map(([key, value]) => [key, columnText(value)] as const);
  const uuid = app.ids.uuid();
  const volume = volumeCreate(app.db, { uuid, ...values }, Object.fromEntries(texts));
  const properties = { ...values, metadata: said, reservations, source_replicaid: null };
  return { volume, properties };
}

interface Inserted {
  readonly volume: Volume;
  readonly properties: RequestSpec["volume_properties"];
  readonly type: TypeToUse;
}

/** `VolumeCastTask`. */
function* cast(
  { app, ctxt }: Asking,
  { snapshot, source, imageId, hints }: NewVolumeRequest,
  { volume, properties, type }: Inserted,
): Op<void> {
  const { db, flags } = app;
  const [image_id, snapshot_id] = [imageId ?? null, snapshot?.uuid ?? null];
  const source_volid = source?.uuid ?? null;
  const request_spec: RequestSpec = {
    image_id,
    snapshot_id,
    source_volid,
    source_replicaid: null,
    consistencygroup_id: null,
    volume_id: volume.uuid,
    volume_type: type.requested,
    volume_properties: properties,
  };
  const filter_properties: FilterProperties =
    truth(hints) && isObject(hints) ? { scheduler_hints: hints } : {};
  const from =
    snapshot !== undefined && flags.snapshot_same_host
      ? snapshot.volume_id
      : snapshot === undefined
        ? source?.uuid
        : undefined;
  const host = from === undefined ? null : volumeGet(db, ctxt, from).host;
  const { uuid: volume_id } = volume;
  if (host === null || host === "") {
    const topic = VOLUME_TOPIC;
    const args = { topic, volume_id, snapshot_id, image_id, request_spec, filter_properties };
    yield* app.schedulers.create_volume(ctxt, args);
    return;
  }
  volumeUpdate(db, ctxt, volume_id, { host, scheduled_at: app.env.utcnow() });
  yield* app.volumes.prepare({ server: backendOf(host) }).create_volume(ctxt, {
    volume_id,
    request_spec,
    filter_properties,
    allow_reschedule: false,
    snapshot_id,
    image_id,
    source_volid,
    source_replicaid: null,
    consistencygroup_id: null,
  });
}

/** `QuotaCommitTask.revert`. */
function giveBack({ app, ctxt }: Asking, { size, volume_type_id }: Volume): void {
  const { quotas } = app;
  const deltas = quotas.withType({ volumes: -1, gigabytes: -size }, volume_type_id);
  quotas.commit(ctxt, quotas.reserve(ctxt, deltas));
}

/** The type that a request names, by id or by name. @throws VolumeTypeNotFound */
export const typeNamed = ({ app }: Asking, name: string, byId: boolean): VolumeType =>
  byId ? volumeTypeGet(app.db, name) : volumeTypeByName(app.db, name);
