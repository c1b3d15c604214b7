/** What Cinder answers and what it takes, for programs. Upstream: cinder/api/v1/{volumes,snapshots}.py at 2014.2. */
import {
  anything,
  either,
  list,
  nullable,
  number,
  object,
  record,
  text,
  type Shaped,
} from "../shape.js";

export const VOLUME = object({
  id: text,
  display_name: nullable(text),
  display_description: nullable(text),
  status: text,
  /** GB. */
  size: number,
  availability_zone: nullable(text),
  created_at: text,
  volume_type: nullable(text),
  snapshot_id: nullable(text),
  source_volid: nullable(text),
  /** `true` or `false`, as a text. */
  bootable: text,
  /** `true` or `false`, as a text. */
  encrypted: either(text, anything),
  attachments: list(record(anything)),
  metadata: record(text),
});

export const SNAPSHOT = object({
  id: text,
  display_name: nullable(text),
  display_description: nullable(text),
  volume_id: text,
  status: text,
  /** GB. */
  size: number,
  created_at: text,
  metadata: record(text),
});

export const TYPE = object({ id: text, name: text, extra_specs: record(text) });

export const SERVICE = object({
  binary: text,
  host: text,
  zone: text,
  status: text,
  state: text,
  updated_at: nullable(text),
});

/**
 * A volume, as `GET /volumes/detail` answers it.
 *
 * @example
 * ```ts
 * import { Cloud, type CinderVolume } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const demo = cloud.user("demo");
 * const volumes: readonly CinderVolume[] = cloud.run(demo.cinder.volumes.list());
 * volumes.length; // → 0
 * ```
 */
export type CinderVolume = Shaped<typeof VOLUME>;
/**
 * A snapshot of a volume.
 *
 * @example
 * ```ts
 * import { Cloud, type CinderSnapshot } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const demo = cloud.user("demo");
 * const snapshots: readonly CinderSnapshot[] = cloud.run(demo.cinder.snapshots.list());
 * snapshots.length; // → 0
 * ```
 */
export type CinderSnapshot = Shaped<typeof SNAPSHOT>;
/**
 * A type of volumes.
 *
 * @example
 * ```ts
 * import { Cloud, type CinderVolumeType } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const demo = cloud.user("demo");
 * const types: readonly CinderVolumeType[] = cloud.run(demo.cinder.types.list());
 * types.every(({ name }) => name !== ""); // → true
 * ```
 */
export type CinderVolumeType = Shaped<typeof TYPE>;
/**
 * A process of Cinder and whether it is up; for administrators.
 *
 * @example
 * ```ts
 * import { Cloud, type CinderService } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const services: readonly CinderService[] = cloud.run(cloud.user("admin").cinder.services());
 * services.every(({ state }) => state === "up"); // → true
 * ```
 */
export type CinderService = Shaped<typeof SERVICE>;

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewCinderVolume } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const demo = cloud.user("demo");
 * const wanted: NewCinderVolume = { size: 1, display_name: "data" };
 * cloud.run(demo.cinder.volumes.create(wanted)).status; // → "creating"
 * ```
 */
export interface NewCinderVolume {
  /** GB. */
  readonly size: number;
  readonly display_name?: string;
  readonly display_description?: string;
  readonly volume_type?: string;
  readonly snapshot_id?: string;
  readonly source_volid?: string;
  readonly imageRef?: string;
  readonly availability_zone?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewCinderSnapshot } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * const demo = cloud.user("demo");
 * const { id } = cloud.run(demo.cinder.volumes.create({ size: 1 }));
 * cloud.settle();
 * const wanted: NewCinderSnapshot = { volume_id: id, display_name: "before" };
 * cloud.run(demo.cinder.snapshots.create(wanted)).status; // → "creating"
 * ```
 */
export interface NewCinderSnapshot {
  readonly volume_id: string;
  readonly display_name?: string;
  readonly display_description?: string;
  /** Though it is attached. */
  readonly force?: boolean;
}

export type Names = { readonly display_name?: string; readonly display_description?: string };
