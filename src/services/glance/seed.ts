/**
 * Puts images and their data in place when a cloud is built, as an operator does before anybody
 * comes. Not a service: it runs before there is one.
 */
import type { GlanceDatabase, ImageRow } from "./database.js";
import type { ImageFiles } from "./stores/file-store.js";
import { glanceApiFlags } from "./flags.js";
import { Images } from "./images.js";

export interface SeedImage {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** GB. */
  readonly min_disk?: number;
  /** MB. */
  readonly min_ram?: number;
  readonly disk_format?: string;
  readonly container_format?: string;
  /** Id of a tenant. */
  readonly owner?: string;
  /** Default true. */
  readonly is_public?: boolean;
  readonly protected?: boolean;
  /** MD5; default: drawn. */
  readonly checksum?: string;
  readonly properties?: Readonly<Record<string, string>>;
  /** Where glance-api looks for it, if not where it does by default. */
  readonly directory?: string;
}

/** An active image. Its id comes from a stream of its own name. */
export function seedImage(
  database: GlanceDatabase,
  files: ImageFiles,
  { name, size, directory, checksum: known, ...image }: SeedImage,
): ImageRow {
  const stream = database.kernel.stream("glance seed", `image ${name}`);
  const id = stream.uuid();
  const drawn = stream.hex32();
  const checksum = known ?? drawn;
  const path = `${directory ?? glanceApiFlags.filesystem_store_datadir.default}/${id}`;
  files.set(path, { bytes: size, checksum });
  return new Images(database).create({
    disk_format: "qcow2",
    container_format: "bare",
    is_public: true,
    ...image,
    id,
    name,
    size,
    checksum,
    status: "active",
    location: `file://${path}`,
  });
}
