/**
 * The volume manager's half of the making of a volume: from nothing, an image, a snapshot or another
 * volume. What fails is undone task by task in reverse order, and that order is Juno's flaw: the volume
 * is sent back to the scheduler first and put into `error` afterwards, so that it shows `error` while
 * it is tried elsewhere (LP 1445601). Upstream: cinder/volume/flows/manager/create_volume.py at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { CommandFailed } from "../../../hardware/volume-group.js";
import { caught, type Op } from "../../../kernel/index.js";
import { type Exception, formatException, repr, str, toJson } from "../../../python/index.js";
import type { GlanceImage } from "../../glance/client/index.js";
import { addImageMetadata, copyImageMetadata, type Whose } from "../db/image-metadata.js";
import type { VolumeRow } from "../db/schema.js";
import { snapshotGet } from "../db/snapshots.js";
import { volumeGet, volumeName, volumeUpdate, type Volume } from "../db/volumes.js";
import {
  CinderException,
  DriverNotInitialized,
  ImageCopyFailure,
  ImageUnacceptable,
  MetadataCopyFailure,
  MetadataUpdateFailure,
  SnapshotNotFound,
  VolumeNotFound,
  VolumeTypeNotFound,
} from "../exception.js";
import type { FilterProperties, RequestSpec } from "../request-spec.js";
import { VOLUME_TOPIC } from "./rpcapi.js";
import type { VolumeHost } from "./volume-host.js";

export interface CreateRequest {
  readonly volume_id: string;
  readonly request_spec: RequestSpec | null;
  readonly filter_properties: FilterProperties | null;
  readonly allow_reschedule: boolean;
  readonly snapshot_id: string | null;
  readonly image_id: string | null;
  readonly source_volid: string | null;
}

/** What is to be made, and of what. */
type VolumeSpec =
  | { readonly type: "raw" }
  | { readonly type: "snap"; readonly snapshot_id: string }
  | {
      readonly type: "source_vol";
      readonly source_volid: string;
      readonly source_volstatus: string;
    }
  | { readonly type: "image"; readonly image_id: string; readonly image_meta: GlanceImage };

/** What trying elsewhere would not mend: the volume is there already, or what it needs is not. */
const NO_RESCHEDULE = [
  ImageCopyFailure,
  MetadataCopyFailure,
  MetadataUpdateFailure,
  VolumeNotFound,
  SnapshotNotFound,
  VolumeTypeNotFound,
  ImageUnacceptable,
];

/**
 * @param asker the context as it came, which goes on to the scheduler
 * @returns the volume @throws what went wrong, after it has been undone
 */
export function* createVolume(
  host: VolumeHost,
  asker: RequestContext,
  ctxt: RequestContext,
  request: CreateRequest,
): Op<Volume> {
  const volume = volumeGet(host.db, ctxt, request.volume_id);
  try {
    const spec = yield* specOf(host, ctxt, request);
    yield* host.notifyAsPool(ctxt, volume, "create.start");
    const made = yield* fromSpec(host, ctxt, volume, spec);
    return yield* finish(host, ctxt, made);
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* revert(host, { asker, ctxt }, request, error);
    throw error;
  }
}

/** `ExtractVolumeSpecTask`. */
function* specOf(host: VolumeHost, ctxt: RequestContext, request: CreateRequest): Op<VolumeSpec> {
  const { snapshot_id, source_volid, image_id } = request;
  if (snapshot_id !== null) return { type: "snap", snapshot_id };
  if (source_volid !== null) {
    const { status } = volumeGet(host.db, ctxt, source_volid);
    return { type: "source_vol", source_volid, source_volstatus: status };
  }
  if (image_id === null) return { type: "raw" };
  return { type: "image", image_id, image_meta: yield* host.images.show(ctxt, image_id) };
}

/** `CreateVolumeFromSpecTask`. */
function* fromSpec(
  host: VolumeHost,
  ctxt: RequestContext,
  volume: Volume,
  spec: VolumeSpec,
): Op<Volume> {
  const { db, driver, env } = host;
  if (!driver.initialized) {
    const what = `Volume driver ${driver.name} not initialized`;
    env.log("error", `Unable to create volume. ${what}`);
    volumeUpdate(db, ctxt, volume.uuid, { status: "error" });
    throw new DriverNotInitialized();
  }
  const { type, ...rest } = spec;
  const named = {
    status: volume.status,
    volume_name: volumeName(volume),
    volume_size: volume.size,
  };
  const shown = repr(toJson({ ...named, ...rest }));
  env.log("info", `Volume ${volume.uuid}: being created as ${type} with specification: ${shown}`);
  const update = yield* byKind(host, ctxt, volume, spec);
  if (update === undefined) return volumeGet(db, ctxt, volume.uuid);
  return volumeUpdate(db, ctxt, volume.uuid, update);
}

function* byKind(
  host: VolumeHost,
  ctxt: RequestContext,
  volume: Volume,
  spec: VolumeSpec,
): Op<Partial<VolumeRow> | undefined> {
  const { db, driver } = host;
  switch (spec.type) {
    case "raw":
      return yield* driver.createVolume(volume);
    case "snap": {
      const { snapshot_id } = spec;
      const snapshot = snapshotGet(db, ctxt, snapshot_id);
      const update = yield* driver.createVolumeFromSnapshot(volume, snapshot);
      if (origin(host, ctxt, snapshot.volume_id).bootable) {
        inherit(host, ctxt, volume, { snapshot_id }, "snapshot");
      }
      return update;
    }
    case "source_vol": {
      const source = volumeGet(db, ctxt, spec.source_volid);
      const update = yield* driver.createClonedVolume(volume, source);
      if (source.bootable) inherit(host, ctxt, volume, { volume_id: source.uuid }, "source volume");
      return update;
    }
    case "image": {
      const update = yield* driver.createVolume(volume);
      const downloading = { ...update, status: "downloading" };
      const row = volumeUpdate(db, ctxt, volume.uuid, downloading);
      yield* copyImage(host, ctxt, row, spec.image_id);
      enableBootable(host, ctxt, volume);
      addImageMetadata(db, volume.uuid, captured(spec.image_id, spec.image_meta));
      return update;
    }
  }
  return spec satisfies never;
}

/** The volume that a snapshot was made of. @throws MetadataUpdateFailure */
function origin(host: VolumeHost, ctxt: RequestContext, volumeId: string): Volume {
  try {
    return volumeGet(host.db, ctxt, volumeId);
  } catch (error) {
    if (!(error instanceof CinderException)) throw error;
    throw new MetadataUpdateFailure({ reason: error.message });
  }
}

/** Bootable, with what Glance said of where it comes from. @throws MetadataCopyFailure */
function inherit(
  host: VolumeHost,
  ctxt: RequestContext,
  { uuid }: Volume,
  from: Whose,
  kind: string,
): void {
  enableBootable(host, ctxt, { uuid });
  try {
    copyImageMetadata(host.db, from, { volume_id: uuid });
  } catch (error) {
    if (!(error instanceof CinderException)) throw error;
    const [id] = Object.values(from);
    host.env.log(
      "error",
      `Failed updating volume ${uuid} metadata using the provided ${kind} ${String(id)} metadata`,
    );
    throw new MetadataCopyFailure({ reason: error.message });
  }
}

/** @throws MetadataUpdateFailure */
function enableBootable(
  host: VolumeHost,
  ctxt: RequestContext,
  { uuid }: Pick<Volume, "uuid">,
): void {
  try {
    volumeUpdate(host.db, ctxt, uuid, { bootable: true });
  } catch (error) {
    if (!(error instanceof CinderException)) throw error;
    host.env.log("error", `Failed updating volume ${uuid} bootable flag to true`);
    throw new MetadataUpdateFailure({ reason: error.message });
  }
}

/** @throws ImageCopyFailure, ImageUnacceptable */
function* copyImage(
  host: VolumeHost,
  ctxt: RequestContext,
  volume: Volume,
  imageId: string,
): Op<void> {
  const failed = (what: string, why: string): void => {
    host.env.log("error", `Failed to copy ${what}: ${volume.uuid}, error: ${why}`);
  };
  try {
    yield* host.driver.copyImageToVolume(ctxt, volume, host.images, imageId);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof ImageUnacceptable) {
      failed("image to volume", error.message);
      throw new ImageUnacceptable({}, error.message);
    }
    const reason = error instanceof CommandFailed ? error.stderr : error.message;
    failed(`image ${imageId} to volume`, reason);
    throw error instanceof ImageCopyFailure ? error : new ImageCopyFailure({ reason });
  }
}

const IMAGE_ATTRIBUTES = [
  "checksum",
  "container_format",
  "disk_format",
  "min_disk",
  "min_ram",
  "size",
] as const;

/** `_capture_volume_image_metadata`: everything as text. */
function captured(image_id: string, image: GlanceImage): Readonly<Record<string, string>> {
  const attributes = IMAGE_ATTRIBUTES.flatMap((name) => {
    const value = image[name];
    return value === null ? [] : [[name, str(value)] as const];
  });
  const named = image.name === null || image.name === "" ? {} : { image_name: image.name };
  return { ...image.properties, image_id, ...named, ...Object.fromEntries(attributes) };
}

/** `CreateVolumeOnFinishTask`. */
function* finish(host: VolumeHost, ctxt: RequestContext, { uuid }: Volume): Op<Volume> {
  const launched_at = host.env.utcnow();
  const volume = volumeUpdate(host.db, ctxt, uuid, { status: "available", launched_at });
  // The date has not been to MySQL yet, which keeps no fraction.
  const launched = launched_at.replace("T", " ").replace(/\.0+$/, "");
  yield* host.notifyAsPool(ctxt, volume, "create.end", { launched_at: launched });
  host.env.log("info", `Volume ${volumeName(volume)} (${uuid}): created successfully`);
  return volume;
}

interface Contexts {
  readonly asker: RequestContext;
  readonly ctxt: RequestContext;
}

function* revert(
  host: VolumeHost,
  { asker, ctxt }: Contexts,
  request: CreateRequest,
  cause: Exception,
): Op<void> {
  const { volume_id } = request;
  if (request.allow_reschedule && !NO_RESCHEDULE.some((type) => cause instanceof type)) {
    yield* reschedule(host, asker, request, cause);
  }
  ignoringCinders(() => {
    volumeUpdate(host.db, ctxt, volume_id, { status: "error" });
  });
  host.env.log("error", `Volume ${volume_id}: create failed`);
}

/** `OnFailureRescheduleTask`: the host that failed is among those tried, and may be chosen again. */
function* reschedule(
  host: VolumeHost,
  asker: RequestContext,
  request: CreateRequest,
  cause: Exception,
): Op<void> {
  const { volume_id, snapshot_id, image_id, request_spec, filter_properties } = request;
  // A target of a migration was never scheduled.
  if (request_spec === null) return;
  try {
    const again = { status: "creating", scheduled_at: host.env.utcnow() };
    ignoringCinders(() => void volumeUpdate(host.db, asker, volume_id, again));
    yield* host.schedulers.create_volume(asker, {
      topic: VOLUME_TOPIC,
      volume_id,
      snapshot_id,
      image_id,
      request_spec: { ...request_spec, volume_id },
      filter_properties: {
        ...filter_properties,
        retry: { ...filter_properties?.retry, exc: formatException(cause, []) },
      },
    });
  } catch (error) {
    if (!(error instanceof CinderException)) throw error;
    host.env.log("error", `Volume ${volume_id}: rescheduling failed`);
  }
}

/** While something is undone, a second error is no news. */
function ignoringCinders(change: () => void): void {
  try {
    change();
  } catch (error) {
    if (!(error instanceof CinderException)) throw error;
  }
}
