/**
 * A volume is made an image: the API makes the image, the volume's host fills it. Upstream:
 * cinder/volume/api.py (copy_volume_to_image) at 2014.2.
 */
import { storedDate } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { str, type Json, type JsonObject } from "../../../../python/index.js";
import { imageMetadata } from "../../db/image-metadata.js";
import { volumeTypes } from "../../db/volume-types.js";
import type { Volume } from "../../db/volumes.js";
import { InvalidVolume } from "../../exception.js";
import { backendOf } from "../../hosts.js";
import type { Asking } from "../route.js";
import { updateVolume } from "./volumes.js";

export interface ImageToMake {
  readonly name: Json;
  readonly container_format: Json;
  readonly disk_format: Json;
}

/** @param force though it is in use @throws InvalidVolume, what Glance answers */
export function* copyVolumeToImage(
  asking: Asking,
  volume: Volume,
  image: ImageToMake,
  force: boolean,
): Op<JsonObject> {
  const { app, ctxt, enforce } = asking;
  const { uuid: volume_id, status } = volume;
  enforce(volume, "volume:copy_volume_to_image");
  if (status !== "available" && status !== "in-use") {
    throw new InvalidVolume({ reason: "Volume status must be available/in-use." });
  }
  if (!force && status === "in-use")
    throw new InvalidVolume({ reason: "Volume status is in-use." });
  enforce(volume, "volume:get_volume_image_metadata");
  const own = Object.entries(imageMetadata(app.db, { volume_id }));
  const properties = own.filter(([key]) => !app.coreImageProperties.includes(key));
  const made = yield* app.images.create(ctxt, {
    name: str(image.name),
    container_format: str(image.container_format),
    disk_format: str(image.disk_format),
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
  });
  updateVolume(asking, volume, { status: "uploading" });
  const { container_format, disk_format, name } = made;
  const image_meta = { ...made };
  yield* app.volumes
    .prepare({ server: backendOf(volume.host ?? "") })
    .copy_volume_to_image(ctxt, { volume_id, image_meta });
  const type = volumeTypes(app.db).find(({ id }) => id === volume.volume_type_id);
  return {
    id: volume_id,
    updated_at: storedDate(volume.updated_at),
    status: "uploading",
    display_description: volume.display_description,
    size: volume.size,
    volume_type: type === undefined ? null : { ...type },
    image_id: made.id,
    container_format,
    disk_format,
    image_name: name,
  };
}
