/**
 * How libvirt moves a guest that runs: whether hosts share its disk, an empty disk on the other one where
 * they do not, and the move itself, which goes on in a greenthread of its own. Upstream:
 * nova/virt/libvirt/driver.py (check_can_live_migrate_*, pre_live_migration, _live_migration, post_live_migration_at_destination) at 2014.2;
 * NOV-257, NOV-260.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { caught, seconds, sleep, type Op } from "../../../../../kernel/index.js";
import {
  formatException,
  isObject,
  loads,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import {
  DestinationDiskExists,
  InvalidLocalStorage,
  InvalidSharedStorage,
  MigrationPreCheckError,
  NoLiveMigrationForConfigDriveInLibVirt,
} from "../../../exception.js";
import { imageOfInstance } from "../../../image/instance-image.js";
import type { Instance } from "../../../objects/instance.js";
import type { ComputeNode } from "../../../objects/service/compute-node.js";
import type { DriverVolume } from "../../block-device.js";
import { bytesPerSecond, type DriverParts } from "../../driver-parts.js";
import type { ComingGuest, LiveMove, WantedMove } from "../../live-driver.js";
import { guestFlavor } from "../guests/flavor.js";
import { lookupByName } from "../guests/domain.js";
import type { ImageBackend } from "../image-backend.js";
import { diskInfo, INSTANCES_PATH } from "../instance-files.js";
import { plugVifs } from "../vif.js";
import type { LibvirtVolumes } from "../volumes.js";

const MIB = 1024 * 1024;

export class LibvirtLiveMigration {
  readonly #parts: DriverParts;
  readonly #images: ImageBackend;
  readonly #volumes: LibvirtVolumes;

  constructor(parts: DriverParts, images: ImageBackend, volumes: LibvirtVolumes) {
    this.#parts = parts;
    this.#images = images;
    this.#volumes = volumes;
  }

  /** Nothing is wrong with it; all processors here are alike. */
  checkDestination(own: ComputeNode, wanted: WantedMove): JsonObject {
    const { block_migration, disk_over_commit } = wanted;
    const available = own.disk_available_least * 1024;
    return {
      filename: "tmpfile",
      image_type: "default",
      block_migration,
      disk_over_commit,
      disk_available_mb: block_migration ? available : null,
    };
  }

  /** @throws InvalidLocalStorage, InvalidSharedStorage, MigrationPreCheckError */
  checkSource(instance: Instance, data: JsonObject): JsonObject {
    const { files, env } = this.#parts;
    const is_shared_instance_path = files.shared;
    const backed = data["is_volume_backed"] === true && this.info(instance) === "[]";
    const is_shared_block_storage = is_shared_instance_path || backed;
    const path = env.host;
    if (data["block_migration"] === true) {
      if (is_shared_block_storage) {
        const reason = "Block migration can not be used with shared storage.";
        throw new InvalidLocalStorage({ reason, path });
      }
      this.#checkRoom(instance, data);
    } else if (!is_shared_block_storage) {
      const reason = "Live migration can not be used without shared storage.";
      throw new InvalidSharedStorage({ reason, path });
    }
    const instance_relative_path = instance.uuid;
    return { ...data, is_shared_instance_path, is_shared_block_storage, instance_relative_path };
  }

  /** `_assert_dest_node_has_enough_disk`. */
  #checkRoom(instance: Instance, { disk_available_mb, disk_over_commit }: JsonObject): void {
    const available = typeof disk_available_mb === "number" ? disk_available_mb * MIB : 0;
    const disks = loads(this.info(instance));
    const size = disk_over_commit === true ? "disk_size" : "virt_disk_size";
    const necessary = (Array.isArray(disks) ? (disks as readonly Json[]) : []).reduce<number>(
      (sum, disk) => sum + (isObject(disk) ? Number(disk[size]) : 0),
      0,
    );
    if (available >= necessary) return;
    const much = `(available on destination host:${String(available)} < need:${String(necessary)})`;
    const reason = `Unable to migrate ${instance.uuid}: Disk of instance is too large${much}`;
    throw new MigrationPreCheckError({ reason });
  }

  /** `get_instance_disk_info`. @throws InstanceNotFound */
  info(instance: Instance): string {
    return diskInfo(instance, lookupByName(this.#parts.hypervisor, instance).bytes);
  }

  /** `pre_live_migration`. @throws DestinationDiskExists */
  *prepare(
    ctxt: RequestContext,
    { instance, networkInfo }: ComingGuest,
    data: JsonObject | null,
  ): Op<JsonObject> {
    if (this.#makeRoom(instance, data)) yield* this.#images.fetch(ctxt, instance.image_ref);
    // Volumes are connected as well, which is stored nowhere.
    plugVifs(this.#parts.bridge, instance, networkInfo);
    return { graphics_listen_addrs: { vnc: "127.0.0.1", spice: "127.0.0.1" } };
  }

  /** A place for its disk. @returns whether its image is needed here. @throws DestinationDiskExists */
  #makeRoom({ uuid, config_drive }: Instance, data: JsonObject | null): boolean {
    const sharesPath = data?.["is_shared_instance_path"] !== false;
    const sharesDisks = data?.["is_shared_block_storage"] !== false;
    if (!(sharesPath && sharesDisks) && config_drive !== "") {
      throw new NoLiveMigrationForConfigDriveInLibVirt();
    }
    if (sharesPath) return false;
    const { files, env } = this.#parts;
    if (files.get(env.host, uuid) !== undefined) {
      throw new DestinationDiskExists({ path: `${INSTANCES_PATH}/${uuid}` });
    }
    files.put(env.host, uuid, { bytes: 0 });
    return !sharesDisks;
  }

  /** In a greenthread: whoever asked does not wait, and what it raises eventlet prints, and nobody hears of it. */
  begin(instance: Instance, move: LiveMove): void {
    this.#parts.env.spawn("live_migration", this.#alone(instance, move));
  }

  *#alone(instance: Instance, move: LiveMove): Op<void> {
    try {
      yield* this.#move(instance, move);
    } catch (thrown) {
      const error = yield* caught(thrown);
      this.#parts.env.log("error", formatException(error, []).join(""));
    }
  }

  /** A guest that came while it ran is not defined here, so that it is described and defined now. */
  *defineHere(
    ctxt: RequestContext,
    instance: Instance,
    volumes: readonly DriverVolume[],
  ): Op<void> {
    yield* imageOfInstance(this.#parts, ctxt, instance);
    yield* guestFlavor(this.#parts, instance);
    yield* this.#volumes.describe(instance, volumes);
  }

  *#move(instance: Instance, { destination, post, recover }: LiveMove): Op<void> {
    const { hypervisor, env } = this.#parts;
    try {
      yield* this.#transfer(instance, destination);
    } catch (thrown) {
      const error = yield* caught(thrown);
      env.log("error", `Live Migration failure: ${error.message}`);
      yield* recover();
      return;
    }
    // Looked at every half second until it is not here any more.
    while (hypervisor.guest(instance.uuid) !== undefined) yield* sleep(seconds(0.5));
    yield* post();
  }

  /** `migrateToURI2`: its memory, and its disk where that is not shared. @throws LibvirtError */
  *#transfer(instance: Instance, destination: string): Op<void> {
    const { hypervisor, files, env } = this.#parts;
    const guest = lookupByName(hypervisor, instance);
    const { uuid } = guest;
    const bytes = guest.memory_mb * MIB + (files.shared ? 0 : guest.bytes);
    yield* sleep(seconds(bytes / bytesPerSecond(this.#parts)));
    yield* hypervisor.attempt("live_migration");
    const there = files.hypervisorOf(destination);
    if (there === undefined)
      throw hypervisor.failure(`unable to connect to server at '${destination}'`);
    files.put(destination, uuid, {
      bytes: guest.bytes,
      ...(guest.contents && { contents: guest.contents }),
    });
    files.remove(env.host, uuid);
    hypervisor.moveTo(there, uuid);
  }
}
