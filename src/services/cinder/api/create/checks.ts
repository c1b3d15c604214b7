/**
 * What is checked of a new volume beside its body, one thing after the other: the first that is wrong is
 * what the user hears of. Upstream: cinder/volume/flows/api/create_volume.py (ExtractVolumeRequestTask)
 * at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  bytesRepr,
  length,
  PythonTypeError,
  str,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { Snapshot } from "../../db/snapshots.js";
import type { Volume } from "../../db/volumes.js";
import {
  InvalidInput,
  InvalidSnapshot,
  InvalidVolume,
  InvalidVolumeMetadata,
  InvalidVolumeMetadataSize,
} from "../../exception.js";
import type { Asking } from "../route.js";

export interface Sources {
  readonly snapshot: Snapshot | undefined;
  readonly source: Volume | undefined;
  readonly imageId: string | undefined;
}

const invalid = (reason: string): InvalidInput => new InvalidInput({ reason });

/** `check_exclusive_options`. @throws InvalidInput */
export function assertOneSource({ snapshot, source, imageId }: Sources): void {
  const named = [snapshot, source, imageId].filter((one) => one !== undefined);
  if (named.length > 1) {
    throw invalid("May specify only one of imageRef, snapshot, source volume");
  }
}

/** @throws InvalidSnapshot, InvalidVolume */
export function assertUsable({ snapshot, source }: Sources): void {
  if (snapshot !== undefined && snapshot.status !== "available") {
    const reason = "Originating snapshot status must be one of available values";
    throw new InvalidSnapshot({ reason });
  }
  if (source !== undefined && source.status !== "available" && source.status !== "in-use") {
    const reason =
      "Unable to create a volume from an originating source volume when its status is not one of " +
      "available, in-use values";
    throw new InvalidVolume({ reason });
  }
}

/** Beyond it, Python's integers are of another type. */
const BEYOND_INT = 9_223_372_036_854_775_808;

/** `_extract_size`: whole GB. @throws InvalidInput */
export function sizeOf(raw: Json, { snapshot, source }: Sources): number {
  const given = raw === null || raw === "" || raw === 0 || raw === false ? undefined : raw;
  const size = given === undefined ? (source?.size ?? snapshot?.volume_size) : Number(given);
  if (size === undefined || !Number.isInteger(size) || size <= 0 || size >= BEYOND_INT) {
    throw invalid(`Volume size ${str(given ?? raw)} must be an integer and greater than 0`);
  }
  if (source !== undefined && size < source.size) {
    throw invalid(
      `Volume size ${String(size)}GB cannot be smaller than original volume size  ` +
        `${String(source.size)}GB. They must be >= original volume size.`,
    );
  }
  if (source === undefined && snapshot !== undefined && size < snapshot.volume_size) {
    throw invalid(
      `Volume size ${String(size)}GB cannot be smaller than the snapshot size ` +
        `${String(snapshot.volume_size)}GB. They must be >= original snapshot size.`,
    );
  }
  return size;
}

const GB = 1024 * 1024 * 1024;

/** `_check_image_metadata`. @throws InvalidInput, ImageNotFound */
export function* assertImageFits(
  { app, ctxt }: Asking,
  imageId: string | undefined,
  size: number,
): Op<void> {
  if (imageId === undefined) return;
  const image = yield* app.images.show(ctxt, imageId);
  if (image.status !== "active") throw invalid(`Image ${imageId} is not active.`);
  const needed = Math.ceil(image.size / GB);
  if (needed > size) {
    throw invalid(
      `Size of specified image ${String(needed)}GB is larger than volume size ${String(size)}GB.`,
    );
  }
  if (size < image.min_disk) {
    throw invalid(
      `Volume size ${String(size)}GB cannot be smaller than the image minDisk size ${String(image.min_disk)}GB.`,
    );
  }
}

/** `_extract_availability_zone`. @param origin the volume of the snapshot @throws InvalidInput */
export function zoneOf(
  { app }: Asking,
  given: Json,
  { source }: Sources,
  origin: Volume | undefined,
): string {
  const { default_availability_zone, cloned_volume_same_az } = app.flags;
  const zone =
    given ??
    origin?.availability_zone ??
    source?.availability_zone ??
    (default_availability_zone === null || default_availability_zone === ""
      ? app.storageZone
      : default_availability_zone);
  const zones = [...app.zones.cached().map(({ name }) => name), app.storageZone];
  if (typeof zone !== "string" || !zones.includes(zone)) {
    if (typeof zone === "object") throw new PythonTypeError(`unhashable type: ${bytesRepr(zone)}`);
    const reason = `Availability zone '${str(zone)}' is invalid`;
    app.env.log("warning", reason);
    throw invalid(reason);
  }
  const elsewhere = (volume: Volume | undefined): boolean => {
    const own = volume?.availability_zone ?? null;
    return own !== null && own !== "" && own !== zone;
  };
  if (cloned_volume_same_az) {
    if (elsewhere(origin)) {
      throw invalid("Volume must be in the same availability zone as the snapshot");
    }
    if (elsewhere(source)) {
      throw invalid("Volume must be in the same availability zone as the source volume");
    }
  }
  return zone;
}

const LONGEST = 255;

/**
 * `_check_metadata_properties` of a new volume, which names the key that is too long.
 * @throws InvalidVolumeMetadata, InvalidVolumeMetadataSize; PythonTypeError for a value without length
 */
export function assertMetadata({ app }: Asking, metadata: JsonObject): void {
  const sized = (reason: string): InvalidVolumeMetadataSize => {
    app.env.log("warning", reason);
    return new InvalidVolumeMetadataSize({ reason });
  };
  for (const [key, value] of Object.entries(metadata)) {
    if (key === "") {
      const reason = "Metadata property key blank";
      app.env.log("warning", reason);
      throw new InvalidVolumeMetadata({ reason });
    }
    if (key.length > LONGEST) {
      throw sized(`Metadata property key ${key} greater than 255 characters`);
    }
    if (length(value) > LONGEST) {
      throw sized(`Metadata property key ${key} value greater than 255 characters`);
    }
  }
}
