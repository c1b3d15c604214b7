/**
 * What a cloud has of Glance and of Cinder: images and volumes, each a row as it is stored at that instant, not an
 * answer of an API.
 */
import type { Kind } from "./query.js";

/**
 * An image of Glance.
 *
 * @example
 * ```ts
 * import { Cloud, type ImageState } from "novasim";
 *
 * const [cirros]: readonly ImageState[] = new Cloud({ seed: 1 }).images({ name: "cirros" });
 * cirros?.status; // → "active"
 * ```
 */
export interface ImageState {
  readonly id: string;
  readonly name: string | null;
  readonly status: "queued" | "saving" | "active" | "killed" | "deleted" | "pending_delete";
  /** Bytes. */
  readonly size: number | null;
  readonly project_id: string | null;
  readonly public: boolean;
  readonly min_disk: number;
  readonly min_ram: number;
}

export const IMAGES: Kind<ImageState> = {
  name: "images",
  fields: ["id", "name", "status", "size", "project_id", "public", "min_disk", "min_ram"],
  values: { status: ["queued", "saving", "active", "killed", "deleted", "pending_delete"] },
};

/**
 * A volume of Cinder; a cloud without Cinder has none.
 *
 * @example
 * ```ts
 * import { Cloud, type VolumeState } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * cloud.user("demo").command("cinder create 1 --display-name data");
 * cloud.settle();
 * const [volume]: readonly VolumeState[] = cloud.volumes();
 * volume?.status; // → "available"
 * ```
 */
export interface VolumeState {
  readonly id: string;
  readonly name: string | null;
  readonly status: string;
  readonly attach_status: string;
  /** GB. */
  readonly size: number;
  readonly project_id: string | null;
  /** The server that it is attached to. */
  readonly server: string | null;
  readonly mountpoint: string | null;
  /** `controller#LVM_iSCSI`. */
  readonly host: string | null;
  readonly bootable: boolean;
}

export const VOLUMES: Kind<VolumeState> = {
  name: "volumes",
  fields: [
    "id",
    "name",
    "status",
    "attach_status",
    "size",
    "project_id",
    "server",
    "mountpoint",
    "host",
    "bootable",
  ],
};
