/**
 * Between an image and what an instance remembers of it in its system_metadata, both ways. Upstream:
 * nova/utils.py (get_system_metadata_from_image, get_image_from_system_metadata) at 2014.2; nova
 * §1.3, §2.2.
 */
import { hasImage, hasMeta, type ImageOnWire } from "./image-meta.js";

const PREFIX = "image_";
/** Attributes of an image that its snapshots get as attributes. */
const INHERITABLE = ["min_ram", "min_disk", "disk_format", "container_format"];
const LONGEST = 255;

type Strings = Readonly<Record<string, string>>;
type NullableStrings = Readonly<Record<string, string | null>>;

/** @param rootGb the flavor's disk, which a snapshot needs at least */
export function systemMetadataFromImage(
  image: ImageOnWire,
  rootGb: number,
): Record<string, string> {
  const metadata: Record<string, string> = {};
  if (!hasMeta(image)) return { [`${PREFIX}min_disk`]: String(rootGb) };
  for (const [key, value] of Object.entries(image.properties)) {
    metadata[`${PREFIX}${key}`] = value.slice(0, LONGEST);
  }
  metadata["image_min_ram"] = String(image.min_ram);
  if (!hasImage(image)) {
    // Cinder has it as text, and to Python a text is more than any number.
    const { min_disk } = image;
    const most = typeof min_disk === "string" ? min_disk : Math.max(min_disk, rootGb);
    metadata["image_min_disk"] = String(most);
    return metadata;
  }
  const minDisk = image.disk_format === "vhd" ? rootGb : Math.max(image.min_disk, rootGb);
  metadata["image_min_disk"] = String(minDisk);
  if (image.disk_format !== null) metadata["image_disk_format"] = image.disk_format;
  if (image.container_format !== null) metadata["image_container_format"] = image.container_format;
  return metadata;
}

/** What a snapshot takes over from the system_metadata of its server. */
export interface InheritedImage {
  readonly min_ram?: number;
  readonly min_disk?: number;
  readonly disk_format?: string;
  readonly container_format?: string;
  readonly properties: Strings;
}

/** @param nonInheritable properties that a snapshot does not have */
export function imageFromSystemMetadata(
  metadata: NullableStrings,
  nonInheritable: readonly string[],
): InheritedImage {
  const attributes: Record<string, string | number> = {};
  const properties: Record<string, string> = {};
  for (const [long, value] of Object.entries(metadata)) {
    if (value === null) continue;
    const key = long.startsWith(PREFIX) ? long.slice(PREFIX.length) : long;
    if (INHERITABLE.includes(key)) {
      attributes[key] = key.startsWith("min_") ? Number(value) : value;
    } else if (!nonInheritable.includes(key)) {
      properties[key] = value;
    }
  }
  return { ...attributes, properties };
}
