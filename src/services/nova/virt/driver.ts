/**
 * What nova-compute asks of a hypervisor, whichever it is, and how it is done where nothing takes
 * time; a driver overrides what is more than that. Upstream: nova/virt/driver.py (ComputeDriver) at
 * 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Duration, Op } from "../../../kernel/index.js";
import { nextDeviceName } from "../block-device/device-names.js";
import type { InjectedFile } from "../conductor/rpcapi.js";
import type { ImageOnWire } from "../image/image-meta.js";
import type { BlockDeviceMapping } from "../objects/block-device-mapping.js";
import type { Instance } from "../objects/instance.js";
import { NotImplementedException, type JsonObject } from "../../../python/index.js";
import type { BlockStats } from "../../../hardware/guest-disks.js";
import type { LifecycleListener } from "../../../hardware/lifecycle.js";
import type { DriverVolume, VolumeDriver } from "./block-device.js";
import { LiveMigrationDriver } from "./live-driver.js";
import type { NetworkInfo, PendingNetworkInfo, Vif } from "./network-info.js";

/** What a host has. `used` figures are left to the resource tracker. */
export interface HostResources {
  readonly vcpus: number;
  readonly memory_mb: number;
  readonly local_gb: number;
  readonly hypervisor_type: string;
  readonly hypervisor_version: number;
  readonly hypervisor_hostname: string;
  readonly cpu_info: string;
  readonly disk_available_least: number;
  /** JSON text: `[[arch, hypervisor, vm mode], ...]`. */
  readonly supported_instances: string;
}

export interface SpawnRequest {
  readonly instance: Instance;
  /** Empty for a server whose root disk is no image; null: nobody has said. */
  readonly image: ImageOnWire | null;
  readonly networkInfo: PendingNetworkInfo;
  /** Attached as far as Cinder is concerned; the guest is made with them. */
  readonly volumes: readonly DriverVolume[];
  /** What whoever asked for it wants on its disk, in base64; none where it has its disk already. */
  readonly injectedFiles?: readonly InjectedFile[];
}

/** The disks of a server that need names, by what they are. */
export interface NamedDevices {
  readonly ephemerals: readonly BlockDeviceMapping[];
  readonly swap: readonly BlockDeviceMapping[];
  /** Volumes, and what will be made into one. */
  readonly volumes: readonly BlockDeviceMapping[];
}

/** A server of this host, with those of its disks that are volumes. */
export interface GuestVolumes {
  readonly instance: Instance;
  readonly devices: readonly BlockDeviceMapping[];
}

/** What a guest has counted of a volume. */
export interface VolumeStats {
  readonly instance: Instance;
  readonly volume_id: string | null;
  readonly stats: BlockStats;
}

/** A guest that leaves a host. */
export interface DepartingGuest {
  readonly instance: Instance;
  /** Where its disks go. */
  readonly destination: { readonly host: string; readonly address: string | null };
  /** What it shall be there. */
  readonly flavor: { readonly root_gb: number; readonly ephemeral_gb: number };
  readonly volumes: readonly DriverVolume[];
  /** How long it may take to shut down. */
  readonly timeout: Duration;
}

/** A guest that comes back to a host. */
export interface ReturningGuest {
  readonly instance: Instance;
  readonly networkInfo: NetworkInfo;
  readonly volumes: readonly DriverVolume[];
  /** Whether it ran before. */
  readonly powerOn: boolean;
}

/** A guest that comes to a host: its disks are there. */
export interface ArrivingGuest extends ReturningGuest {
  /** What `migrateDiskAndPowerOff` said. */
  readonly diskInfo: string | null;
}

/** What a driver has consoles of. */
export type ConsoleType = "vnc" | "spice" | "rdp" | "serial";

/** Where a console is. */
export interface ConsolePlace {
  readonly host: string;
  readonly port: string | number;
  readonly internal_access_path: string | null;
  /** SPICE's. */
  readonly tlsPort?: string | number;
}

/** The steps of a snapshot, as the driver reports them. */
export type SnapshotStep = "image_pending_upload" | "image_uploading";

/** Store that the snapshot has got to `step`; `from` is the step it must come from. */
export type UpdateTaskState = (step: SnapshotStep, from?: SnapshotStep) => Op<void>;

export abstract class ComputeDriver extends LiveMigrationDriver implements VolumeDriver {
  /** Tell a listener of what becomes of guests (`register_event_listener`). Only libvirt has something to tell. */
  registerLifecycleListener(_listener: LifecycleListener): void {
    // nova/virt/fake.py emits no event.
  }

  abstract spawn(ctxt: RequestContext, request: SpawnRequest): Op<void>;

  /** The guest and its disks go, its taps are unplugged. No error if it is not there. */
  abstract destroy(
    ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
    destroyDisks?: boolean,
  ): Op<void>;

  /** Store the guest's disk as the image `imageId`, which exists already. */
  abstract snapshot(
    ctxt: RequestContext,
    instance: Instance,
    imageId: string,
    update: UpdateTaskState,
  ): Op<void>;
  abstract plugVifs(instance: Instance, networkInfo: NetworkInfo): Op<void>;

  abstract volumeConnector(instance: Instance): JsonObject;

  /** @throws InstanceNotFound if the guest is not there */
  abstract attachVolume(ctxt: RequestContext, instance: Instance, volume: DriverVolume): Op<void>;

  /** @throws DiskNotFound if the guest has no such disk; no error if it is not there itself */
  abstract detachVolume(instance: Instance, mountpoint: string | null): Op<void>;

  /**
   * A disk goes on as the volume that is reached by `info`.
   * @returns what is known of its connection now. @throws InstanceNotFound, DiskNotFound
   */
  abstract swapVolume(
    instance: Instance,
    mountpoint: string | null,
    info: JsonObject,
  ): Op<JsonObject>;

  /** What a guest has counted of a disk; undefined: nobody can tell. @throws NotImplementedException */
  *blockStats(_instance: Instance, _disk: string): Op<BlockStats | undefined> {
    throw new NotImplementedException("");
  }

  /** The same of every volume of `guests`. @throws NotImplementedException */
  *allVolumeUsage(_guests: readonly GuestVolumes[]): Op<VolumeStats[]> {
    throw new NotImplementedException("");
  }

  /** `get_all_bw_counters`, of which no driver here has any. @throws NotImplementedException */
  countBandwidth(): void {
    throw new NotImplementedException("");
  }

  /** Look through the images that the host keeps: `manage_image_cache`. */
  *manageImageCache(_instances: readonly Instance[]): Op<void> {
    // A driver that keeps some has a manager for them.
  }

  /** Name the disks of a server that have no name yet, and store it. */
  *defaultDeviceNames(
    ctxt: RequestContext,
    _instance: Instance,
    rootName: string,
    { ephemerals, swap, volumes }: NamedDevices,
  ): Op<void> {
    const devices = [...ephemerals, ...swap, ...volumes];
    const taken = devices.map(({ device_name }) => device_name ?? "").filter((name) => name !== "");
    if (!taken.includes(rootName)) taken.push(rootName);
    for (const device of devices) {
      if (device.device_name !== null && device.device_name !== "") continue;
      device.device_name = nextDeviceName(taken, rootName);
      taken.push(device.device_name);
      yield* device.save(ctxt);
    }
  }

  /** UUIDs of all guests. */
  listInstanceUuids(): readonly string[] {
    return this.hypervisor.guests.map(({ uuid }) => uuid);
  }

  /** Its address, to which disks are copied: `get_host_ip_addr`. */
  abstract hostIpAddress(): string;

  /**
   * Switch a guest off and bring its disks to the host that it goes to; what was here is set aside.
   * @returns what there is to know of the disks. @throws InstanceFaultRollback for a smaller disk
   */
  *migrateDiskAndPowerOff(_move: DepartingGuest): Op<string | null> {
    yield* this.hypervisor.attempt("migrate_disk_and_power_off");
    return null;
  }

  /** Make a guest of the disks that have come. */
  *finishMigration(_ctxt: RequestContext, _guest: ArrivingGuest): Op<void> {
    yield* this.hypervisor.attempt("finish_migration");
  }

  /** It stays where it went: what was set aside here goes. */
  *confirmMigration(_instance: Instance, _networkInfo: NetworkInfo): Op<void> {
    // Nothing is set aside unless a driver does so.
  }

  /** It comes back to what was set aside here. */
  *finishRevertMigration(_ctxt: RequestContext, _guest: ReturningGuest): Op<void> {
    yield* this.hypervisor.attempt("finish_revert_migration");
  }

  /** Whether the files of a guest are where this host has its own: `instance_on_disk`. */
  instanceOnDisk(_instance: Instance): boolean {
    return false;
  }

  /** What is still there of a server that is deleted goes. @returns whether nothing is left */
  *deleteInstanceFiles(_instance: Instance): Op<boolean> {
    return true;
  }

  /**
   * Make a file where those of a guest are, for another host to look for (`check_instance_shared_storage_local`).
   * @returns its name as `filename`; null: there is no place for one. @throws NotImplementedException
   */
  sharedStorageProbe(_instance: Instance): JsonObject | null {
    throw new NotImplementedException("");
  }

  /** Whether this host sees it: `check_instance_shared_storage_remote`. @throws NotImplementedException */
  seesFile(_filename: string): boolean {
    throw new NotImplementedException("");
  }

  endSharedStorageProbe(_filename: string): void {
    // There is none.
  }

  /** Whether a server can be made again here of what is left of it. */
  readonly supportsRecreate: boolean = true;

  abstract availableResource(): HostResources;

  /**
   * Where the console of that type is: a text where the driver read it in XML.
   * @throws ConsoleTypeUnavailable, InstanceNotFound, NotImplementedError
   */
  abstract consolePort(instance: Instance, consoleType: ConsoleType): string | number;

  /** The same with its host, as a proxy is told. @throws as `consolePort` */
  abstract console(instance: Instance, consoleType: ConsoleType): ConsolePlace;

  /** What the guest has written to its console. @throws InstanceNotFound */
  abstract consoleOutput(instance: Instance): Op<string>;

  /** What is counted of a guest. @throws InstanceNotFound */
  abstract diagnostics(instance: Instance): Op<JsonObject>;

  /** The same part by part, as `Diagnostics.serialize` writes it. @throws InstanceNotFound */
  abstract instanceDiagnostics(instance: Instance): Op<JsonObject>;

  /** Cinder has made a file into which a guest is to write from now on. @throws NotImplementedException */
  *volumeSnapshotCreate(
    _ctxt: RequestContext,
    _instance: Instance,
    _volumeId: string,
    _info: JsonObject,
  ): Op<void> {
    throw new NotImplementedException("");
  }

  /** Such a file goes: what is in it is merged into another. @throws NotImplementedException */
  *volumeSnapshotDelete(
    _ctxt: RequestContext,
    _instance: Instance,
    _volumeId: string,
    _snapshotId: string,
    _info: JsonObject,
  ): Op<void> {
    throw new NotImplementedException("");
  }

  /** A card more, of a guest that is there. @throws InterfaceAttachFailed, InstanceNotFound */
  abstract attachInterface(instance: Instance, vif: Vif): Op<void>;

  /** @throws InterfaceDetachFailed, InstanceNotFound */
  abstract detachInterface(instance: Instance, vif: Vif): Op<void>;

  /** MB that a guest of `memoryMb` costs beside them: `estimate_instance_overhead`. */
  memoryOverhead(_memoryMb: number): number {
    return 0;
  }

  /** Whether ports are to be freed before a build is tried elsewhere. */
  deallocateNetworksOnReschedule(_instance: Instance): boolean {
    return false;
  }
}
