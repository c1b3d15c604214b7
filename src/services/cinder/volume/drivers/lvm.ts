/**
 * The driver that Juno uses unless told otherwise: logical volumes of a volume group, reached over
 * iSCSI. A command takes time, and what is copied or wiped takes it by its size. Upstream:
 * cinder/volume/drivers/lvm.py (LVMISCSIDriver), cinder/volume/iscsi.py (TgtAdm) at 2014.2.
 */
import type { Env, FlagsOf, RequestContext } from "../../../../framework/index.js";
import type { StorageOperation, VolumeGroup } from "../../../../hardware/volume-group.js";
import { addressOf } from "../../../../http/index.js";
import { seconds, sleep, type Op, type Span, type Stream } from "../../../../kernel/index.js";
import { contains, type Json, type JsonObject } from "../../../../python/index.js";
import { snapshotName, type Snapshot } from "../../db/snapshots.js";
import { volumeName, type Volume } from "../../db/volumes.js";
import type { VolumeRow } from "../../db/schema.js";
import {
  ImageUnacceptable,
  InvalidVolume,
  VolumeBackendAPIException,
  VolumeIsBusy,
} from "../../exception.js";
import type { ImageService } from "../../image/image-service.js";
import type { Capabilities, PoolStats } from "../../scheduler/rpcapi.js";
import { volumeFlags } from "../flags.js";
import type { ConnectionInfo, ImageMeta } from "../rpcapi.js";

/** How long things take, and how many MB in a second. */
export interface StorageLatency {
  readonly volume_setup: Span;
  readonly create_volume: Span;
  readonly delete_volume: Span;
  readonly snapshot_volume: Span;
  readonly extend_volume: Span;
  readonly export_volume: Span;
  readonly image_mb_per_s: number;
}

export const MB = 1024 * 1024;
const GB = 1024 * MB;
/** MB in a GB. */
const KI = 1024;

type ModelUpdate = Partial<VolumeRow> | undefined;

/** What a report says but for what the manager adds. */
export type BackendStats = Omit<Capabilities, "pools"> & {
  readonly pools: readonly Omit<PoolStats, "allocated_capacity_gb">[];
};

export class LvmIscsiDriver {
  readonly name = "LVMISCSIDriver";
  readonly version = "2.0.0";
  /** It can be used: `do_setup` has worked. */
  initialized = false;
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof volumeFlags>;
  readonly #group: VolumeGroup;
  readonly #latency: StorageLatency;
  readonly #chance: Stream;

  constructor(env: Env, group: VolumeGroup, latency: StorageLatency) {
    this.#env = env;
    this.#flags = env.flags.read(volumeFlags);
    this.#group = group;
    this.#latency = latency;
    this.#chance = env.stream("storage latency");
  }

  get backendName(): string {
    return this.#flags.volume_backend_name ?? "LVM_iSCSI";
  }

  /** `do_setup` and `check_for_setup_error`. @throws CommandFailed */
  *setup(): Op<void> {
    yield* this.#command("do_setup", "volume_setup");
  }

  /** @throws CommandFailed */
  *createVolume(volume: Volume): Op<ModelUpdate> {
    yield* this.#command("create_volume", "create_volume");
    this.#group.create({ name: volumeName(volume), size_gb: volume.size });
    return undefined;
  }

  /** @throws CommandFailed */
  *createVolumeFromSnapshot(volume: Volume, snapshot: Snapshot): Op<ModelUpdate> {
    yield* this.createVolume(volume);
    yield* this.#copy("copy_volume", snapshot.volume_size);
    return undefined;
  }

  /** Through a snapshot that is there for as long as it takes. @throws CommandFailed */
  *createClonedVolume(volume: Volume, source: Volume): Op<ModelUpdate> {
    this.#env.log("info", `Creating clone of volume: ${source.uuid}`);
    const name = `clone-snap-${volume.uuid}`;
    yield* this.#snapshot(name, volumeName(source), source.size);
    try {
      yield* this.createVolume(volume);
      yield* this.#copy("copy_volume", source.size);
    } finally {
      yield* this.#removeSnapshot(name, source.size);
    }
    return undefined;
  }

  /**
   * `image_utils.fetch_to_raw`: it looks the image up before the data and, for XenServer's sake, after.
   * @throws CommandFailed, ImageUnacceptable, what Glance answers
   */
  *copyImageToVolume(
    ctxt: RequestContext,
    volume: Volume,
    images: ImageService,
    imageId: string,
  ): Op<void> {
    yield* this.#group.attempt("copy_image_to_volume");
    yield* images.show(ctxt, imageId);
    const bytes = yield* images.download(ctxt, imageId, this.#latency.image_mb_per_s * MB);
    yield* images.show(ctxt, imageId);
    const image_size = Math.floor(bytes / GB);
    if (image_size > volume.size) {
      const fits = `doesn't fit in a volume of size ${String(volume.size)}GB.`;
      const reason = `Size is ${String(image_size)}GB and ${fits}`;
      throw new ImageUnacceptable({ image_id: imageId, reason });
    }
    yield* sleep(seconds(bytes / (this.#latency.image_mb_per_s * MB)));
  }

  /** @throws CommandFailed, what Glance answers */
  *copyVolumeToImage(
    ctxt: RequestContext,
    volume: Volume,
    images: ImageService,
    meta: ImageMeta,
  ): Op<void> {
    yield* this.#group.attempt("copy_volume_to_image");
    const rate = this.#latency.image_mb_per_s * MB;
    // What is not raw is converted first.
    if (meta["disk_format"] !== "raw") yield* sleep(seconds((volume.size * GB) / rate));
    yield* images.upload(ctxt, meta.id, volume.size * GB, rate);
  }

  /** @throws VolumeIsBusy, CommandFailed */
  *deleteVolume(volume: Volume): Op<void> {
    const name = volumeName(volume);
    if (this.#group.volume(name) === undefined) return;
    if (this.#group.hasSnapshot(name)) {
      this.#env.log("error", `Unabled to delete due to existing snapshot for volume: ${name}`);
      throw new VolumeIsBusy({ volume_name: name });
    }
    yield* this.#wipe(volume.size);
    yield* this.#command("delete_volume", "delete_volume");
    this.#group.remove(name);
  }

  /** @throws CommandFailed */
  *createSnapshot(snapshot: Snapshot, volume: Volume): Op<void> {
    yield* this.#snapshot(snapshotName(snapshot), volumeName(volume), snapshot.volume_size);
  }

  /** @throws CommandFailed */
  *deleteSnapshot(snapshot: Snapshot): Op<void> {
    const name = snapshotName(snapshot);
    if (this.#group.volume(name) === undefined) {
      this.#env.log("warning", `snapshot: ${name} not found, skipping delete operations`);
      return;
    }
    yield* this.#removeSnapshot(name, snapshot.volume_size);
  }

  /** @throws CommandFailed */
  *extendVolume(volume: Volume, size: number): Op<void> {
    yield* this.#command("extend_volume", "extend_volume");
    this.#group.extend(volumeName(volume), size);
  }

  /** A target, with a name and a password of its own. @throws CommandFailed */
  *createExport(volume: Volume): Op<Partial<VolumeRow>> {
    const { iscsi_ip_address, iscsi_port } = this.#flags;
    const [user, password] = [this.#secret(), this.#secret()];
    yield* this.#command("create_export", "export_volume");
    const iqn = this.#iqn(volume);
    const target = this.#group.export(iqn, volumeName(volume));
    const address = iscsi_ip_address ?? addressOf(this.#env.actor);
    return {
      provider_location: `${address}:${String(iscsi_port)},${String(target)} ${iqn} 1`,
      provider_auth: `CHAP ${user} ${password}`,
    };
  }

  /** At the start of the service. @throws CommandFailed */
  *ensureExport(volume: Volume): Op<void> {
    yield* this.#command("ensure_export", "export_volume");
    this.#group.export(this.#iqn(volume), volumeName(volume));
  }

  /** @throws CommandFailed */
  *removeExport(volume: Volume): Op<void> {
    const iqn = this.#iqn(volume);
    if (volume.provider_location === null || !this.#group.exports(iqn)) {
      const why = "No iscsi_target is presently exported for volume";
      this.#env.log("info", `Skipping remove_export. ${why}: ${volume.uuid}`);
      return;
    }
    yield* this.#command("remove_export", "export_volume");
    this.#group.unexport(iqn);
  }

  /** @throws VolumeBackendAPIException without an initiator; PythonTypeError for what has no members */
  validateConnector(connector: Json): void {
    if (contains(connector, "initiator")) return;
    const data = "The volume driver requires the iSCSI initiator name in the connector.";
    this.#env.log("error", data);
    throw new VolumeBackendAPIException({ data });
  }

  /** @throws InvalidVolume where there is no export */
  *initializeConnection(volume: Volume): Op<ConnectionInfo> {
    yield* this.#group.attempt("initialize_connection");
    return { driver_volume_type: "iscsi", data: this.#iscsiProperties(volume) };
  }

  *terminateConnection(): Op<void> {
    yield* this.#group.attempt("terminate_connection");
  }

  *attachVolume(): Op<void> {
    yield* this.#group.attempt("attach_volume");
  }

  *detachVolume(): Op<void> {
    yield* this.#group.attempt("detach_volume");
  }

  /** `dd` from one volume that this host has to another. @throws CommandFailed */
  *copyVolume(size_gb: number): Op<void> {
    yield* this.#copy("copy_volume", size_gb);
  }

  /** What it looks like to schedulers. */
  stats(): BackendStats {
    const { reserved_percentage, volume_group } = this.#flags;
    return {
      volume_backend_name: this.backendName,
      vendor_name: "Open Source",
      driver_version: this.version,
      storage_protocol: "iSCSI",
      pools: [
        {
          pool_name: this.backendName,
          total_capacity_gb: this.#group.size_gb,
          free_capacity_gb: this.#group.free_gb,
          reserved_percentage,
          location_info: `LVMVolumeDriver:${this.#env.host}:${volume_group}:default:0`,
          QoS_support: false,
        },
      ],
    };
  }

  *#snapshot(name: string, origin: string, size_gb: number): Op<void> {
    yield* this.#command("create_snapshot", "snapshot_volume");
    this.#group.create({ name, size_gb, origin });
  }

  *#removeSnapshot(name: string, size_gb: number): Op<void> {
    yield* this.#wipe(size_gb);
    yield* this.#command("delete_snapshot", "delete_volume");
    this.#group.remove(name);
  }

  *#wipe(size_gb: number): Op<void> {
    const { volume_clear, volume_clear_size } = this.#flags;
    if (volume_clear === "none") return;
    const whole = size_gb * KI;
    const mb = volume_clear_size === 0 ? whole : Math.min(volume_clear_size, whole);
    yield* sleep(seconds(mb / this.#latency.image_mb_per_s));
  }

  *#copy(operation: StorageOperation, size_gb: number): Op<void> {
    yield* this.#group.attempt(operation);
    yield* sleep(seconds((size_gb * KI) / this.#latency.image_mb_per_s));
  }

  /** One command: it takes its time, and then it has worked or not. */
  *#command(
    operation: StorageOperation,
    span: Exclude<keyof StorageLatency, "image_mb_per_s">,
  ): Op<void> {
    yield* sleep(this.#chance.within(this.#latency[span]));
    yield* this.#group.attempt(operation);
  }

  #iqn(volume: Volume): string {
    return `${this.#flags.iscsi_target_prefix}${volumeName(volume)}`;
  }

  /** `utils.generate_password`: 20 signs that nobody takes for each other. */
  #secret(): string {
    return this.#env.stream("chap").text(SIGNS, 20);
  }

  /** `_get_iscsi_properties`. @throws InvalidVolume */
  #iscsiProperties(volume: Volume): JsonObject {
    const { provider_location: location, provider_auth } = volume;
    if (location === null) {
      const reason = `Could not find iSCSI export for volume ${volumeName(volume)}`;
      throw new InvalidVolume({ reason });
    }
    const [portal = "", target_iqn = "", lun = ""] = location.split(" ");
    const [auth_method, auth_username, auth_password] = provider_auth?.split(" ") ?? [];
    return {
      target_discovered: false,
      target_portal: portal.split(",")[0] ?? "",
      target_iqn,
      target_lun: Number(lun),
      volume_id: volume.uuid,
      ...(auth_method !== undefined && {
        auth_method,
        auth_username: auth_username ?? "",
        auth_password: auth_password ?? "",
      }),
      encrypted: volume.encryption_key_id !== null,
    };
  }
}

/** `DEFAULT_PASSWORD_SYMBOLS`. */
const SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
