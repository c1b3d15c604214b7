/**
 * An image as Nova's services pass it about: what Glance says of it, translated. Upstream:
 * nova/image/glance.py (_translate_from_glance) at 2014.2.
 */

export interface ImageMeta {
  readonly id: string;
  readonly name: string | null;
  readonly status: string;
  /** Bytes. */
  readonly size: number;
  /** GB. */
  readonly min_disk: number;
  /** MB. */
  readonly min_ram: number;
  readonly disk_format: string | null;
  readonly container_format: string | null;
  readonly checksum: string | null;
  readonly owner: string | null;
  readonly is_public: boolean;
  readonly deleted: boolean;
  /** As the bus carries a date: with microseconds, of which Glance tells none. */
  readonly created_at: string | null;
  readonly updated_at: string | null;
  /** An image that is there was never deleted. */
  readonly deleted_at: string | null;
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * What a volume that is booted from says of the image that it was made of: texts, as Cinder keeps them.
 * Upstream: nova/compute/api.py (_get_bdm_image_metadata).
 */
export interface BootVolumeMeta {
  readonly properties: Readonly<Record<string, string>>;
  readonly min_ram: string | number;
  readonly min_disk: string | number;
  readonly size: string | number;
  readonly status: "active";
}

/** On the wire a build without an image carries an empty dictionary, or what its volume says. */
export type ImageOnWire = ImageMeta | BootVolumeMeta | Readonly<Record<string, never>>;

/** Whether there is an image at all. */
export const hasImage = (image: ImageOnWire | null): image is ImageMeta =>
  image !== null && Object.hasOwn(image, "id");

/** Whether anything is said about what is booted. */
export const hasMeta = (image: ImageOnWire | null): image is ImageMeta | BootVolumeMeta =>
  image !== null && Object.hasOwn(image, "status");
